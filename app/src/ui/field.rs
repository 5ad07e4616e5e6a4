//! A labelled input: label above, help below, the error beside the field in words that say what to do.
use super::{Glyph, Icon};
use leptos::prelude::*;

/// `name` is the field's name in the form and, with `id_prefix`, its id.
#[component]
pub fn Field(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(default = "f")] id_prefix: &'static str,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional, into)] min: Option<String>,
    #[prop(optional, into)] max: Option<String>,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] help: Option<String>,
    /// The sentence to show, if something is wrong.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let id = format!("{id_prefix}-{name}");
    let help_id = format!("{id}-help");
    let error_id = format!("{id}-error");
    let described = {
        let (help_id, error_id, has_help) = (help_id.clone(), error_id.clone(), help.is_some());
        move || match (error.read().is_some(), has_help) {
            (true, _) => Some(error_id.clone()),
            (false, true) => Some(help_id.clone()),
            (false, false) => None,
        }
    };
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{label}</label>
            <input
                class="control"
                id=id
                name=name
                type=kind
                value=value
                placeholder=placeholder
                inputmode=inputmode
                autocomplete=autocomplete
                min=min
                max=max
                maxlength=maxlength
                required=required
                aria-invalid=move || error.read().is_some().then_some("true")
                aria-describedby=described
            />
            {help.map(|help| view! { <p class="field-help" id=help_id>{help}</p> })}
            <FieldError id=error_id error/>
        </div>
    }
    .into_any()
}

/// The line under a control; empty while there is nothing to say, so that it is announced when there is.
#[component]
pub fn FieldError(id: String, #[prop(into)] error: Signal<Option<String>>) -> impl IntoView {
    view! {
        <div id=id aria-live="polite">
            {move || {
                error
                    .get()
                    .map(|text| {
                        view! {
                            <p class="field-error">
                                <Icon name=Glyph::Warning class="icon icon-small"/>
                                <span>{text}</span>
                            </p>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}
