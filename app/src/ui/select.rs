//! A labelled native select: on a phone nothing beats its wheel.
use super::field::FieldError;
use leptos::prelude::*;

/// `options` are values with their words, in order.
#[component]
pub fn Select(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(default = "f")] id_prefix: &'static str,
    options: Vec<(String, String)>,
    #[prop(optional, into)] selected: String,
    /// The id of the form it belongs to, when it stands outside of it.
    #[prop(optional)]
    form: Option<&'static str>,
    /// The label is for screen readers only.
    #[prop(optional)]
    bare: bool,
    #[prop(optional)] error: Option<Signal<Option<String>>>,
) -> impl IntoView {
    let id = format!("{id_prefix}-{name}");
    let error_id = format!("{id}-error");
    let described = error.map(|_| error_id.clone());
    let invalid = move || error.is_some_and(|error| error.read().is_some()).then_some("true");
    let options = options
        .into_iter()
        .map(|(value, words)| {
            let chosen = value == selected;
            view! { <option value=value selected=chosen>{words}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label class=if bare { "sr-only" } else { "field-label" } for=id.clone()>{label}</label>
            <select class="control" id=id name=name form=form aria-invalid=invalid aria-describedby=described>{options}</select>
            {error.map(|error| view! { <FieldError id=error_id error/> })}
        </div>
    }
    .into_any()
}
