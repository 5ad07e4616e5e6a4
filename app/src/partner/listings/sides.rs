//! What one has and what somebody else has made of the same thing, side by side, for one to decide.
use leptos::prelude::*;
use sapar_shared::{Lang, tr::listings as tr};

/// `name` is what both are about, for whoever does not see it above. `decide` hears whether one's own is taken.
#[component]
pub fn Sides(
    lang: Lang,
    name: String,
    #[prop(into)] mine: Signal<String>,
    theirs: String,
    decide: Callback<bool>,
    #[prop(default = "conflict-text")] class: &'static str,
) -> impl IntoView {
    view! {
        <div class="conflict">
            <div class="conflict-side">
                <p class="field-label">{tr::mine(lang)}</p>
                <p class=class>{mine}</p>
                <button type="button" class="btn" on:click=move |_| decide.run(true)>
                    {tr::take_mine(lang)}
                    <span class="sr-only">{name.clone()}</span>
                </button>
            </div>
            <div class="conflict-side">
                <p class="field-label">{tr::theirs(lang)}</p>
                <p class=class>{theirs}</p>
                <button type="button" class="btn" on:click=move |_| decide.run(false)>
                    {tr::keep_theirs(lang)}
                    <span class="sr-only">{name}</span>
                </button>
            </div>
        </div>
    }
    .into_any()
}
