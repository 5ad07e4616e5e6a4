//! What every control has around it: label above, help below, the error beside it.
use super::field::FieldError;
use leptos::prelude::*;

/// The ids that a control and the texts around it know each other by.
#[derive(Clone)]
pub(super) struct Ids {
    pub(super) control: String,
    help: String,
    error: String,
}

impl Ids {
    pub(super) fn new(prefix: &str, name: &str) -> Self {
        let control = format!("{prefix}-{name}");
        Self { help: format!("{control}-help"), error: format!("{control}-error"), control }
    }

    /// What describes the control: the error, while there is one, else the help.
    pub(super) fn described(&self, has_help: bool, error: Signal<Option<String>>) -> impl Fn() -> Option<String> + 'static {
        let Self { help, error: error_id, .. } = self.clone();
        move || if error.read().is_some() { Some(error_id.clone()) } else { has_help.then(|| help.clone()) }
    }
}

/// `label` is the line above, `control` the field itself.
pub(super) fn labelled(
    ids: Ids,
    label: AnyView,
    control: AnyView,
    help: Option<String>,
    error: Signal<Option<String>>,
) -> AnyView {
    view! {
        <div class="field">
            {label}
            {control}
            {help.map(|help| view! { <p class="field-help" id=ids.help>{help}</p> })}
            <FieldError id=ids.error error/>
        </div>
    }
    .into_any()
}

pub(super) fn plain_label(ids: &Ids, label: String) -> AnyView {
    view! { <label class="field-label" for=ids.control.clone()>{label}</label> }.into_any()
}
