//! A labelled input: label above, help below, the error beside the field in words that say what to do.
use super::{
    Glyph, Icon,
    labelled::{Ids, labelled, plain_label},
};
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
    /// An empty one is none.
    #[prop(optional, into)]
    help: Option<String>,
    /// The sentence to show, if something is wrong.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let ids = Ids::new(id_prefix, name);
    let help = help.filter(|text| !text.is_empty());
    let control = view! {
        <input
            class="control"
            id=ids.control.clone()
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
            aria-describedby=ids.described(help.is_some(), error)
        />
    };
    let label = plain_label(&ids, label);
    labelled(ids, label, control.into_any(), help, error)
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
