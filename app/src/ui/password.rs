//! A password, with a button that shows it: on a phone nobody types blind.
use super::field::FieldError;
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
    let id = format!("{id_prefix}-{name}");
    let (help_id, error_id) = (format!("{id}-help"), format!("{id}-error"));
    let described = {
        let (help_id, error_id) = (help_id.clone(), error_id.clone());
        move || match (error.read().is_some(), help.is_some()) {
            (true, _) => Some(error_id.clone()),
            (false, true) => Some(help_id.clone()),
            (false, false) => None,
        }
    };
    view! {
        <div class="field">
            <div class="flex items-center justify-between gap-2">
                <label class="field-label" for=id.clone()>{label}</label>
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
            <input
                class="control"
                id=id
                name=name
                type=move || if shown.get() { "text" } else { "password" }
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                required=true
                aria-invalid=move || error.read().is_some().then_some("true")
                aria-describedby=described
            />
            {help.map(|help| view! { <p class="field-help" id=help_id>{help}</p> })}
            <FieldError id=error_id error/>
        </div>
    }
    .into_any()
}
