//! Two people have changed the same field: what each wrote stands side by side, and one decides. The field itself keeps what was
//! typed in it.
use super::{
    super::{sides::Sides, words},
    fields::{self, control_id},
    state::Edit,
};
use crate::{
    browser,
    ui::{Glyph, Icon},
};
use leptos::prelude::*;
use sapar_shared::{dto::editor::Conflict, tr::listings as tr};

/// The panel's id in the document.
const PANEL: &str = "conflicts";

/// Brings the panel into sight, wherever one writes.
pub fn show() {
    browser::reveal(PANEL);
    browser::focus(PANEL);
}

/// The words of the line that is always in sight.
#[must_use]
pub fn title(edit: Edit) -> String {
    let name = edit.with.get().unwrap_or_else(|| tr::somebody(edit.lang).to_owned());
    tr::conflicts_title(edit.lang, name)
}

#[component]
pub fn Conflicts(edit: Edit) -> impl IntoView {
    let lang = edit.lang;
    let none = Memo::new(move |_| edit.conflicts.read().is_empty());
    // Somebody else wrote elsewhere: good to know, nothing to decide.
    let merged = move || {
        edit.with.get().filter(|_| none.get()).map(|name| {
            view! {
                <p class="save-line">
                    <Icon name=Glyph::People class="icon icon-small"/>
                    {tr::merged(lang, name)}
                </p>
            }
        })
    };
    let panel = move || {
        (!none.get()).then(|| {
            let items = move || edit.conflicts.get().into_iter().map(|conflict| view! { <One edit conflict/> }).collect_view();
            view! {
                <section id=PANEL class="card card-pad conflicts" tabindex="-1" aria-labelledby="conflicts-name">
                    <h2 id="conflicts-name" class="text-lg">{move || title(edit)}</h2>
                    <p class="text-muted">{tr::conflicts_text(lang)}</p>
                    <ul class="grid gap-4">{items}</ul>
                </section>
            }
        })
    };
    view! {
        <div aria-live="polite">{merged}</div>
        {panel}
    }
    .into_any()
}

#[component]
fn One(edit: Edit, conflict: Conflict) -> impl IntoView {
    let lang = edit.lang;
    let Conflict { field, mine, theirs } = conflict;
    let name = words::field(lang, &field);
    let shown = move |text: String| if text.trim().is_empty() { tr::nothing(lang).to_owned() } else { text };
    // One may write on before one decides.
    let now = field.clone();
    let mine = Signal::derive(move || {
        shown(edit.draft.with(|draft| fields::text(draft, &now).map_or_else(|| mine.clone(), str::to_owned)))
    });
    let decide = Callback::new(move |mine| {
        edit.decide(&field, mine);
        // Back to where one wrote.
        if edit.conflicts.read_untracked().is_empty() {
            let id = control_id(&field);
            request_animation_frame(move || browser::focus(&id));
        }
    });
    view! {
        <li class="grid gap-2">
            <h3 class="text-base">{name.clone()}</h3>
            <Sides lang name mine theirs=shown(theirs) decide/>
        </li>
    }
    .into_any()
}
