//! Places that were sold by phone, at a kiosk, by a partner: counted on the departure's page.
use super::api::{load_elsewhere, set_elsewhere};
use crate::{
    partner::desk::trouble,
    ui::{Alert, AlertTone, Button, Stepper},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::{
        desk::{DeskRefusal, ElsewhereRow},
        partner::DepartureRow,
    },
    tr::sell as words,
    when,
};

#[component]
pub fn Elsewhere(lang: Lang, departure: DepartureRow) -> impl IntoView {
    let id = departure.id;
    let free = (departure.capacity - departure.sold - departure.held - departure.elsewhere).max(0);
    let saved = RwSignal::new(departure.elsewhere);
    let count = RwSignal::new(departure.elsewhere);
    let most = RwSignal::new(departure.elsewhere + free);
    let pending = RwSignal::new(false);
    let said = RwSignal::new(None::<(AlertTone, String)>);
    let history = RwSignal::new(Vec::<ElsewhereRow>::new());
    let look = move || {
        leptos::task::spawn_local(async move {
            if let Ok(rows) = load_elsewhere(id).await.flatten() {
                history.try_set(rows);
            }
        });
    };
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        let (was, becomes) = (saved.get_untracked(), count.get_untracked());
        leptos::task::spawn_local(async move {
            let answer = set_elsewhere(id, was, becomes).await;
            match &answer {
                Ok(Ok(Ok(now))) => {
                    saved.try_set(*now);
                    said.try_set(Some((AlertTone::Good, words::elsewhere_saved(lang).to_owned())));
                    look();
                }
                other => {
                    if let Ok(Ok(Err(DeskRefusal::Changed { now }))) = other {
                        saved.try_set(*now);
                        count.try_set(*now);
                    }
                    if let Ok(Ok(Err(DeskRefusal::SoldOut { left }))) = other {
                        most.try_set(was + left);
                        count.try_update(|count| *count = (*count).min(was + left));
                    }
                    said.try_set(trouble(lang, other).map(|text| (AlertTone::Warn, text)));
                }
            }
            pending.try_set(false);
        });
    };
    let changed = Memo::new(move |_| count.get() != saved.get());
    let rows = move || {
        let row = |row: ElsewhereRow| {
            let text = words::elsewhere_row(lang, when::moment_text(lang, row.at), row.by, row.was, row.became);
            view! { <li class="text-sm text-muted numbers">{text}</li> }
        };
        history.get().into_iter().map(row).collect_view()
    };
    view! {
        <details class="card card-pad cab-fold needs-script" on:toggle=move |_| look()>
            <summary class="font-semibold numbers">{move || format!("{}: {}", words::elsewhere(lang), saved.get())}</summary>
            <form class="grid gap-3 pt-3" on:submit=save>
                <p class="field-help">{words::elsewhere_help(lang)}</p>
                <div class="flex flex-wrap items-center gap-3">
                    <Stepper
                        name="elsewhere"
                        id="elsewhere"
                        label=words::elsewhere(lang)
                        fewer=words::elsewhere_less(lang)
                        more=words::elsewhere_more(lang)
                        value=count
                        max=most
                    />
                    <Button disabled=Signal::derive(move || pending.get() || !changed.get())>{words::elsewhere_save(lang)}</Button>
                </div>
                <div aria-live="polite" class="empty:hidden">
                    {move || said.get().map(|(tone, text)| view! { <Alert tone>{text}</Alert> })}
                </div>
                <ul class="grid gap-1 empty:hidden">{rows}</ul>
            </form>
        </details>
    }
    .into_any()
}
