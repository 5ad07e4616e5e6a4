//! Name, phone and e-mail, as whoever buys and whoever signs up types them.
use crate::ui::{Field, PhoneField};
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
    let [name, _, email] = NAMES;
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
        <PhoneField label=words.phone.0 help=words.phone.1 value=typed.phone required=true error=phone_error/>
        <Field
            name=email
            kind="email"
            inputmode="email"
            label=words.email.0
            help=words.email.1
            placeholder="aigerim@example.kz"
            value=typed.email
            autocomplete="email"
            maxlength=254
            required=true
            error=email_error
        />
    }
    .into_any()
}
