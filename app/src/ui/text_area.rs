//! A labelled text of several lines; as `Field` in everything else.
use super::field::FieldError;
use leptos::prelude::*;

/// `name` is the field's name in the form and, with `id_prefix`, its id.
#[component]
pub fn TextArea(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(default = "f")] id_prefix: &'static str,
    #[prop(optional, into)] value: String,
    /// The language that is written here, where it is not the page's.
    #[prop(optional)]
    lang: Option<&'static str>,
    #[prop(default = 5)] rows: u32,
    #[prop(optional)] maxlength: Option<u32>,
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
            <textarea
                class="control"
                id=id
                name=name
                lang=lang
                rows=rows.to_string()
                maxlength=maxlength
                aria-invalid=move || error.read().is_some().then_some("true")
                aria-describedby=described
            >
                {value}
            </textarea>
            {help.map(|help| view! { <p class="field-help" id=help_id>{help}</p> })}
            <FieldError id=error_id error/>
        </div>
    }
    .into_any()
}
