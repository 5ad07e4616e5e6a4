//! Two people have changed the same field: what each wrote stands side by side, and one decides.
use super::{super::words, state::Edit};
use crate::ui::{Glyph, Icon};
use leptos::prelude::*;
use sapar_shared::{dto::editor::Conflict, tr::listings as tr};

#[component]
pub fn Conflicts(edit: Edit) -> impl IntoView {
    let lang = edit.lang;
    let list = move || {
        let conflicts = edit.conflicts.get();
        if conflicts.is_empty() {
            // Somebody else wrote elsewhere: good to know, nothing to decide.
            return edit
                .with
                .get()
                .map(|name| {
                    view! {
                        <p class="save-line">
                            <Icon name=Glyph::People class="icon icon-small"/>
                            {tr::merged(lang, name)}
                        </p>
                    }
                })
                .into_any();
        }
        let name = edit.with.get().unwrap_or_else(|| tr::somebody(lang).to_owned());
        let items = conflicts.into_iter().map(|conflict| view! { <One edit conflict/> }).collect_view();
        view! {
            <section class="card card-pad grid gap-3" aria-labelledby="conflicts">
                <h2 id="conflicts" class="text-lg">{tr::conflicts_title(lang, name)}</h2>
                <p class="text-muted">{tr::conflicts_text(lang)}</p>
                <ul class="grid gap-4">{items}</ul>
            </section>
        }
        .into_any()
    };
    view! { <div aria-live="polite">{list}</div> }.into_any()
}

#[component]
fn One(edit: Edit, conflict: Conflict) -> impl IntoView {
    let lang = edit.lang;
    let Conflict { field, mine, theirs } = conflict;
    let name = words::field(lang, &field);
    let (for_mine, for_theirs) = (field.clone(), field);
    let shown = |text: String| if text.trim().is_empty() { tr::nothing(lang).to_owned() } else { text };
    view! {
        <li class="grid gap-2">
            <h3 class="text-base">{name.clone()}</h3>
            <div class="conflict">
                <div class="conflict-side">
                    <p class="field-label">{tr::mine(lang)}</p>
                    <p class="conflict-text">{shown(mine)}</p>
                    <button type="button" class="btn" on:click=move |_| edit.decide(&for_mine, true)>
                        {tr::take_mine(lang)}
                        <span class="sr-only">{name.clone()}</span>
                    </button>
                </div>
                <div class="conflict-side">
                    <p class="field-label">{tr::theirs(lang)}</p>
                    <p class="conflict-text">{shown(theirs)}</p>
                    <button type="button" class="btn" on:click=move |_| edit.decide(&for_theirs, false)>
                        {tr::keep_theirs(lang)}
                        <span class="sr-only">{name.clone()}</span>
                    </button>
                </div>
            </div>
        </li>
    }
    .into_any()
}
