//! A labelled native select: on a phone nothing beats its wheel.
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
) -> impl IntoView {
    let id = format!("{id_prefix}-{name}");
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
            <select class="control" id=id name=name form=form>{options}</select>
        </div>
    }
    .into_any()
}
