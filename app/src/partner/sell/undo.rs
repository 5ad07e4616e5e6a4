//! Taking a sale back: why, and what to give back.
use super::api::undo;
use crate::{
    error::AppError,
    partner::desk::trouble,
    ui::{Button, Field, Select, Tone, field::FieldError},
};
use leptos::{ev::SubmitEvent, prelude::*};
use sapar_shared::{
    Lang, Money,
    dto::desk::{DeskRefusal, UndoReason},
    ids::OrderId,
    tr::sell as words,
};
use wasm_bindgen::JsCast;

/// What is typed.
fn typed(event: &SubmitEvent) -> Option<(UndoReason, String)> {
    let form = event.target()?.dyn_into::<web_sys::HtmlFormElement>().ok()?;
    let data = web_sys::FormData::new_with_form(&form).ok()?;
    Some((UndoReason::parse(&data.get("why").as_string()?)?, data.get("words").as_string().unwrap_or_default()))
}

const fn reason(why: UndoReason) -> fn(Lang) -> &'static str {
    match why {
        UndoReason::Mistake => words::undo_mistake,
        UndoReason::ChangedMind => words::undo_changed_mind,
        UndoReason::Other => words::undo_other,
    }
}

/// Folded until somebody wants it. `until` says how long it can be done; `done` hears when it is.
#[component]
pub fn Undo(lang: Lang, id: OrderId, total: Money, until: String, done: Callback<()>) -> impl IntoView {
    let pending = RwSignal::new(false);
    let (missing, failed) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some((why, text)) = typed(&event).filter(|_| !pending.get_untracked()) else { return };
        pending.set(true);
        missing.set(None);
        failed.set(None);
        leptos::task::spawn_local(async move {
            // No answer may mean that it was done: the next press finds it done.
            let answer = undo(id, why, text).await;
            let words = trouble(lang, &answer);
            match answer {
                Ok(Ok(Ok(()))) => {
                    done.try_run(());
                }
                Ok(Ok(Err(DeskRefusal::Note))) => {
                    missing.try_set(words);
                }
                Err(_) | Ok(Err(AppError::Unavailable)) => {
                    failed.try_set(Some(words::undo_lost(lang).to_owned()));
                }
                _ => {
                    failed.try_set(words);
                }
            }
            pending.try_set(false);
        });
    };
    let reasons = UndoReason::ALL.map(|why| (why.as_str().to_owned(), reason(why)(lang).to_owned())).to_vec();
    let press = move || match (pending.get(), total) {
        (true, _) => words::undoing(lang).to_owned(),
        (_, Money::ZERO) => words::undo_do_free(lang).to_owned(),
        _ => words::undo_do(lang, total),
    };
    view! {
        <details class="card card-pad cab-fold needs-script cab-no-print">
            <summary class="font-semibold">{words::undo(lang)}</summary>
            <form class="grid gap-3 pt-3" on:submit=submit>
                <p class="field-help">{until}" "{words::undo_help(lang)}</p>
                <Select name="why" id_prefix="undo" label=words::undo_why(lang) options=reasons/>
                <Field
                    name="words"
                    id_prefix="undo"
                    label=words::undo_words(lang)
                    help=words::undo_words_help(lang)
                    maxlength=500
                    autocomplete="off"
                    error=missing
                />
                <Button tone=Tone::Danger disabled=pending>
                    <span class="numbers">{press}</span>
                </Button>
                <FieldError id="undo-failed".to_owned() error=failed/>
            </form>
        </details>
    }
    .into_any()
}
