//! Name, phone, e-mail, and the one apricot button.
use super::{
    api::{Checkout, PayOrder},
    draft::storage,
};
use crate::{
    error::AppError,
    site::parts::{ContactInputs, ContactWords, contact_inputs::NAMES},
    ui::{Alert, AlertTone, Glyph, Icon, Tone},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    forms::{FieldError, FieldErrors, checkout::ContactForm},
    tr::checkout as words,
    when,
};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

const PREFIX: &str = "f";

/// In words that say what to do.
fn sentence(lang: Lang, field: &str, error: FieldError) -> &'static str {
    match (field, error) {
        ("name", FieldError::Missing) => words::err_name_missing(lang),
        ("name", _) => words::err_name(lang),
        ("phone", FieldError::Missing) => words::err_phone_missing(lang),
        ("phone", _) => words::err_phone(lang),
        (_, FieldError::Missing) => words::err_email_missing(lang),
        _ => words::err_email(lang),
    }
}

fn input(name: &str) -> Option<HtmlInputElement> {
    document().get_element_by_id(&format!("{PREFIX}-{name}"))?.dyn_into().ok()
}

/// What stands in the fields now; they belong to the browser, not to us.
fn typed() -> ContactForm {
    let [name, phone, email] = NAMES.map(|name| input(name).map(|field| field.value()).unwrap_or_default());
    ContactForm { name, phone, email }
}

/// The form's own memory of what is wrong.
#[derive(Clone, Copy)]
struct Checks {
    errors: RwSignal<FieldErrors>,
}

impl Checks {
    fn refuse(self, errors: FieldErrors) {
        let first = errors.first().and_then(|(name, _)| input(name));
        self.errors.set(errors);
        if let Some(field) = first {
            let _ = field.focus();
        }
    }

    /// Drops the errors that have been put right; new ones wait for the button. While one types: a line that went when the
    /// field is left would move the button away from under the finger that is on its way to it.
    fn recheck(self) {
        if self.errors.read_untracked().is_empty() {
            return;
        }
        let wrong = typed().validate().err().unwrap_or_default();
        self.errors.update(|shown| shown.retain(|(name, _)| wrong.iter().any(|(field, _)| field == name)));
    }

    fn on_input(self) {
        storage::keep(typed());
        self.recheck();
    }
}

/// Fills the empty fields with what was typed here before the tab was closed or the hold was over.
fn restore() {
    let Some(kept) = storage::read() else { return };
    for (name, text) in NAMES.into_iter().zip([kept.name, kept.phone, kept.email]) {
        if let Some(field) = input(name)
            && field.value().is_empty()
        {
            field.set_value(&text);
        }
    }
}

#[component]
pub fn ContactFields(lang: Lang, checkout: Checkout, ended: ReadSignal<bool>, notice: bool) -> impl IntoView {
    let Checkout { order, typed: begun, errors } = checkout;
    let action = ServerAction::<PayOrder>::new();
    let checks = Checks { errors: RwSignal::new(errors) };
    follow(action, checks);
    // Checked before it is sent, by the same rules as on the server.
    let check = move |ev: leptos::ev::SubmitEvent| match typed().validate() {
        Ok(_) => checks.errors.set(FieldErrors::new()),
        Err(errors) => {
            ev.prevent_default();
            checks.refuse(errors);
        }
    };
    let until = when::clock(when::local(order.expires_at));
    let verb = if order.total.tiyn() == 0 { words::pay_free(lang).to_owned() } else { words::pay(lang, order.total) };
    view! {
        <ActionForm action attr:id="contact-form" attr:novalidate=true on:submit:capture=check>
            <input type="hidden" name="lang" value=lang.code()/>
            <input type="hidden" name="token" value=order.token/>
            <div class="flex flex-col gap-4" on:input=move |_| checks.on_input()>
                <ErrorSummary lang errors=checks.errors/>
                <Inputs lang begun errors=checks.errors/>
                <Trouble lang action until notice/>
                <PayButton lang action verb ended/>
                <p class="order-fact">
                    <Icon name=Glyph::Shield/>
                    <span class="min-w-0">{words::secure(lang)}</span>
                </p>
            </div>
        </ActionForm>
    }
    .into_any()
}

/// What happens around the form: the draft comes back, the server's refusal is shown, the way back from the bank is open.
fn follow(action: ServerAction<PayOrder>, checks: Checks) {
    Effect::new(move |_| restore());
    Effect::new(move |_| {
        if let Some(Ok(Err(AppError::Fields(errors)))) = action.value().get() {
            checks.refuse(errors);
        }
    });
    Effect::new(move |_| {
        let back = window_event_listener_untyped("pageshow", move |_| action.value().set(None));
        on_cleanup(move || back.remove());
    });
}

#[component]
fn ErrorSummary(lang: Lang, errors: RwSignal<FieldErrors>) -> impl IntoView {
    move || {
        let wrong = !errors.read().is_empty();
        wrong.then(|| view! { <Alert tone=AlertTone::Bad>{words::err_summary(lang)}</Alert> })
    }
}

#[component]
fn Inputs(lang: Lang, begun: ContactForm, errors: RwSignal<FieldErrors>) -> impl IntoView {
    let error_of = move |name: &'static str| {
        Signal::derive(move || {
            let errors = errors.read();
            let found = errors.iter().find(|(field, _)| field == name);
            found.map(|(_, error)| sentence(lang, name, *error).to_owned())
        })
    };
    let words = ContactWords {
        name: (words::name(lang), words::name_help(lang)),
        phone: (words::phone(lang), words::phone_help(lang)),
        email: (words::email(lang), words::email_help(lang)),
    };
    view! { <ContactInputs words typed=begun errors=NAMES.map(error_of)/> }.into_any()
}

/// What happened, what is safe, what next. `notice`: a form without a script has just met it.
#[component]
fn Trouble(lang: Lang, action: ServerAction<PayOrder>, until: String, notice: bool) -> impl IntoView {
    move || {
        let text = match action.value().get() {
            Some(Ok(Err(AppError::Unavailable))) => Some(words::no_answer(lang, &until)),
            Some(Ok(Err(AppError::Fields(_)) | Ok(()))) => None,
            Some(_) => Some(words::unavailable(lang).to_owned()),
            None => notice.then(|| words::no_answer(lang, &until)),
        };
        text.map(|text| {
            view! {
                <div id="pay-trouble">
                    <Alert tone=AlertTone::Bad>{text}</Alert>
                </div>
            }
        })
    }
}

#[component]
fn PayButton(lang: Lang, action: ServerAction<PayOrder>, verb: String, ended: ReadSignal<bool>) -> impl IntoView {
    // After the answer the browser is still on its way to the bank.
    let busy = move || action.pending().get() || matches!(action.value().get(), Some(Ok(Ok(()))));
    view! {
        <button class=format!("{} w-full", Tone::Action.class()) disabled=move || ended.get() aria-disabled=move || busy().then_some("true")>
            <Icon name=Glyph::Card/>
            <span aria-live="polite">{move || if busy() { words::paying(lang).to_owned() } else { verb.clone() }}</span>
        </button>
    }
    .into_any()
}
