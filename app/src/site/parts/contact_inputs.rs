//! Name, phone and e-mail, as whoever buys and whoever signs up types them.
use crate::ui::Field;
use leptos::prelude::*;
use sapar_shared::forms::checkout::ContactForm;

/// What is said beside each field: what it is called, and what it is for, if that wants to be said.
#[derive(Clone, Copy, Debug)]
pub struct ContactWords {
    pub name: (&'static str, &'static str),
    pub phone: (&'static str, &'static str),
    pub email: (&'static str, &'static str),
}

/// The names of the fields, in their order.
pub const NAMES: [&str; 3] = ["name", "phone", "email"];

/// `errors` in the order of `NAMES`.
#[component]
pub fn ContactInputs(words: ContactWords, typed: ContactForm, errors: [Signal<Option<String>>; 3]) -> impl IntoView {
    let [name, phone, email] = NAMES;
    let [name_error, phone_error, email_error] = errors;
    view! {
        <Field
            name=name
            label=words.name.0
            help=words.name.1
            value=typed.name
            autocomplete="name"
            maxlength=100
            required=true
            error=name_error
        />
        {reach(phone, "tel", words.phone, "+7 701 123 45 67", typed.phone, 40, phone_error)}
        {reach(email, "email", words.email, "aigerim@example.kz", typed.email, 254, email_error)}
    }
    .into_any()
}

/// By which a person is reached. Its kind is also what keyboard it wants and what a browser fills in.
fn reach(
    name: &'static str,
    kind: &'static str,
    (label, help): (&'static str, &'static str),
    placeholder: &'static str,
    value: String,
    maxlength: u32,
    error: Signal<Option<String>>,
) -> AnyView {
    view! {
        <Field
            name=name
            kind=kind
            inputmode=kind
            label=label
            help=help
            placeholder=placeholder
            value=value
            autocomplete=kind
            maxlength=maxlength
            required=true
            error=error
        />
    }
    .into_any()
}
