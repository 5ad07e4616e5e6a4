//! The way back from an import.
use super::{
    api::{UndoImport as Undoing, load_import},
    refused::{Refusal, Refused},
    words,
};
use crate::{
    browser,
    ui::{Alert, AlertTone, Button, Tone},
};
use leptos::{prelude::*, task::spawn_local};
use sapar_shared::{
    Lang,
    dto::import::{ImportView, Obstacle, Undone},
    tr::imports as tr,
    when,
};

/// What tells that all of it is gone.
pub const UNDONE: &str = "import-undone";
const ASK: &str = "import-undo";
const KEEP: &str = "import-keep";
const OBSTACLES: &str = "import-obstacles";
const REFUSED: &str = "import-refused";

/// Moves the focus to what takes the place of what had it.
fn focus_on(id: &'static str) {
    request_animation_frame(move || browser::focus(id));
}

/// Asks once more before it deletes.
#[component]
pub fn UndoImport(lang: Lang, import: RwSignal<ImportView>) -> impl IntoView {
    let undo = ServerAction::<Undoing>::new();
    let pending = undo.pending();
    let asked = RwSignal::new(false);
    let kept = RwSignal::new(Vec::<Obstacle>::new());
    let refused = RwSignal::new(None::<Refusal>);
    let id = import.get_untracked().row.id;
    Effect::new(move |_| match undo.value().get() {
        Some(Ok(Ok(Undone::Gone))) => spawn_local(async move {
            if let Ok(Ok(fresh)) = load_import(id.to_string()).await {
                import.try_set(fresh);
                focus_on(UNDONE);
            }
        }),
        Some(Ok(Ok(Undone::Kept(obstacles)))) => {
            asked.set(false);
            kept.set(obstacles);
            focus_on(OBSTACLES);
        }
        Some(Ok(Err(error)) | Err(error)) => {
            refused.set(Some(words::refusal(lang, &error)));
            focus_on(REFUSED);
        }
        None => {}
    });
    let ask = move |now: bool| {
        asked.set(now);
        kept.set(Vec::new());
        refused.set(None);
        focus_on(if now { KEEP } else { ASK });
    };
    let question = move || {
        if !asked.get() {
            return view! {
                <div>
                    <button type="button" class="btn btn-quiet" id=ASK on:click=move |_| ask(true)>{tr::undo(lang)}</button>
                </div>
            }
            .into_any();
        }
        view! {
            <ActionForm action=undo>
                <input type="hidden" name="lang" value=lang.code()/>
                <input type="hidden" name="id" value=id.to_string()/>
                <div class="grid gap-3" role="group" aria-label=tr::undo(lang)>
                    <p>{tr::undo_confirm(lang)}</p>
                    <div class="flex flex-wrap gap-2">
                        <Button tone=Tone::Danger disabled=pending>
                            {move || if pending.get() { tr::undoing(lang) } else { tr::undo_yes(lang) }}
                        </Button>
                        <button type="button" class="btn" id=KEEP on:click=move |_| ask(false)>{tr::undo_no(lang)}</button>
                    </div>
                </div>
            </ActionForm>
        }
        .into_any()
    };
    view! {
        {question}
        {move || refused.get().map(|refusal| view! { <Refused lang refusal id=REFUSED/> })}
        {move || {
            let obstacles = kept.get();
            (!obstacles.is_empty()).then(|| view! { <Kept lang obstacles/> })
        }}
    }
    .into_any()
}

#[component]
fn Kept(lang: Lang, obstacles: Vec<Obstacle>) -> impl IntoView {
    let lines = obstacles
        .into_iter()
        .map(|obstacle| match obstacle {
            Obstacle::Departure { title, starts_at } => tr::obstacle_departure(lang, title, when::moment_text(lang, starts_at)),
            Obstacle::TicketType { title, name } => tr::obstacle_ticket_type(lang, name, title),
            Obstacle::Submitted { title } => tr::obstacle_submitted(lang, title),
        })
        .map(|line| view! { <li>{line}</li> })
        .collect_view();
    view! {
        <Alert tone=AlertTone::Warn>
            <p class="font-semibold" id=OBSTACLES tabindex="-1">{tr::undo_kept(lang)}</p>
            <ul class="grid gap-1 mt-2">{lines}</ul>
        </Alert>
    }
    .into_any()
}
