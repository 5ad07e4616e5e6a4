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
    ids::DepartureId,
    tr::sell as words,
    when,
};

/// The count while it is changed, small enough to be handed around.
#[derive(Clone, Copy)]
struct Counting {
    lang: Lang,
    id: DepartureId,
    /// As the server has it.
    saved: RwSignal<i32>,
    count: RwSignal<i32>,
    most: RwSignal<i32>,
    pending: RwSignal<bool>,
    said: RwSignal<Option<(AlertTone, String)>>,
    history: RwSignal<Vec<ElsewhereRow>>,
}

impl Counting {
    fn new(lang: Lang, departure: &DepartureRow) -> Self {
        let free = (departure.capacity - departure.sold - departure.held - departure.elsewhere).max(0);
        Self {
            lang,
            id: departure.id,
            saved: RwSignal::new(departure.elsewhere),
            count: RwSignal::new(departure.elsewhere),
            most: RwSignal::new(departure.elsewhere + free),
            pending: RwSignal::new(false),
            said: RwSignal::new(None),
            history: RwSignal::new(Vec::new()),
        }
    }

    /// Asks who has counted what.
    fn look(self) {
        leptos::task::spawn_local(async move {
            if let Ok(rows) = load_elsewhere(self.id).await.flatten() {
                self.history.try_set(rows);
            }
        });
    }

    fn save(self) {
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        let (was, becomes) = (self.saved.get_untracked(), self.count.get_untracked());
        leptos::task::spawn_local(async move {
            let answer = set_elsewhere(self.id, was, becomes).await;
            match &answer {
                Ok(Ok(Ok(now))) => {
                    self.saved.try_set(*now);
                    self.said.try_set(Some((AlertTone::Good, words::elsewhere_saved(self.lang).to_owned())));
                    self.look();
                }
                other => {
                    if let Ok(Ok(Err(DeskRefusal::Changed { now }))) = other {
                        self.saved.try_set(*now);
                        self.count.try_set(*now);
                    }
                    if let Ok(Ok(Err(DeskRefusal::SoldOut { left }))) = other {
                        self.most.try_set(was + left);
                        self.count.try_update(|count| *count = (*count).min(was + left));
                    }
                    self.said.try_set(trouble(self.lang, other).map(|text| (AlertTone::Warn, text)));
                }
            }
            self.pending.try_set(false);
        });
    }
}

#[component]
pub fn Elsewhere(lang: Lang, departure: DepartureRow) -> impl IntoView {
    let counting = Counting::new(lang, &departure);
    let Counting { saved, count, most, pending, said, history, .. } = counting;
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        counting.save();
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
        <details class="card card-pad cab-fold needs-script" on:toggle=move |_| counting.look()>
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
