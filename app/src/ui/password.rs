//! A password, with a button that shows it: on a phone nobody types blind.
use super::labelled::{Ids, labelled, plain_label};
use leptos::prelude::*;

/// `show` and `hide` are the button's words, `show_label` says what is shown.
#[component]
pub fn PasswordField(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(default = "f")] id_prefix: &'static str,
    show: &'static str,
    hide: &'static str,
    show_label: &'static str,
    #[prop(default = "current-password")] autocomplete: &'static str,
    #[prop(optional)] help: Option<&'static str>,
    #[prop(optional, into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    let ids = Ids::new(id_prefix, name);
    let label = view! {
        <div class="flex items-center justify-between gap-2">
            {plain_label(&ids, label)}
            <button
                type="button"
                class="needs-script link min-h-11 text-sm"
                aria-label=show_label
                aria-pressed=move || if shown.get() { "true" } else { "false" }
                on:click=move |_| shown.update(|shown| *shown = !*shown)
            >
                {move || if shown.get() { hide } else { show }}
            </button>
        </div>
    };
    let control = view! {
        <input
            class="control"
            id=ids.control.clone()
            name=name
            type=move || if shown.get() { "text" } else { "password" }
            autocomplete=autocomplete
            autocapitalize="none"
            spellcheck="false"
            required=true
            aria-invalid=move || error.read().is_some().then_some("true")
            aria-describedby=ids.described(help.is_some(), error)
        />
    };
    labelled(ids, label.into_any(), control.into_any(), help.map(str::to_owned), error)
}
