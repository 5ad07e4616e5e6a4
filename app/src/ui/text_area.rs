//! A labelled text of several lines; as `Field` in everything else.
use super::labelled::{Ids, labelled, plain_label};
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
        <textarea
            class="control"
            id=ids.control.clone()
            name=name
            lang=lang
            rows=rows.to_string()
            maxlength=maxlength
            aria-invalid=move || error.read().is_some().then_some("true")
            aria-describedby=ids.described(help.is_some(), error)
        >
            {value}
        </textarea>
    };
    let label = plain_label(&ids, label);
    labelled(ids, label, control.into_any(), help, error)
}
