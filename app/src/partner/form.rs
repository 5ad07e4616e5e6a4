//! What the cabinet's forms have in common: the same checks here as on the server, errors beside their fields, and one line that
//! says what came of it.
use super::words;
use crate::{
    browser,
    error::{AppError, Tried},
    ui::{Alert, AlertTone, Field},
};
use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn};
use sapar_shared::{Lang, forms::FieldErrors};
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlElement, HtmlFormElement};

/// A form's answer, as its action has it.
pub type Answer = Signal<Option<Tried<()>>>;

/// What is wrong with a form's fields.
#[derive(Clone, Copy)]
pub struct Errors {
    lang: Lang,
    /// Before the names of the fields in their ids.
    prefix: &'static str,
    list: RwSignal<FieldErrors>,
    /// Forgets what came of the last sending.
    forget: StoredValue<Option<Callback<()>>>,
}

impl Errors {
    #[must_use]
    pub fn new(lang: Lang, prefix: &'static str) -> Self {
        Self { lang, prefix, list: RwSignal::new(FieldErrors::new()), forget: StoredValue::new(None) }
    }

    /// What was said of the last sending does not stand beside what is wrong now.
    pub fn clear<S>(self, action: ServerAction<S>)
    where
        S: ServerFn + Clone + Send + Sync + 'static,
        S::Output: Send + Sync + 'static,
        S::Error: Send + Sync + 'static,
    {
        self.forget.set_value(Some(Callback::new(move |()| action.clear())));
    }

    /// The sentence beside a field.
    #[must_use]
    pub fn of(self, name: &'static str) -> Signal<Option<String>> {
        self.of_as(name, name)
    }

    /// The same in the words of another field: several forms have a `name`, and each means its own.
    #[must_use]
    pub fn of_as(self, name: &'static str, meant: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            let list = self.list.read();
            list.iter().find(|(field, _)| field == name).map(|(_, error)| words::field(self.lang, meant, *error).to_owned())
        })
    }

    fn show(self, errors: FieldErrors) {
        let first = errors.first().and_then(|(name, _)| document().get_element_by_id(&format!("{}-{name}", self.prefix)));
        self.list.set(errors);
        if let Some(field) = first.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            let _ = field.focus();
        }
    }

    /// Before a form is sent: `validate` gets each field's text by its name.
    pub fn check(self, ev: &SubmitEvent, validate: impl FnOnce(&dyn Fn(&str) -> String) -> Result<(), FieldErrors>) {
        let form = ev.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let Some(data) = form.and_then(|form| FormData::new_with_form(&form).ok()) else { return };
        let typed = |name: &str| data.get(name).as_string().unwrap_or_default();
        match validate(&typed) {
            Ok(()) => self.list.set(FieldErrors::new()),
            Err(errors) => {
                ev.prevent_default();
                if let Some(forget) = self.forget.try_get_value().flatten() {
                    forget.run(());
                }
                self.show(errors);
            }
        }
    }

    /// What the server says is wrong is shown as if it had been found here. Once it was taken, no password stays in its field.
    pub fn follow(self, answer: Answer) {
        Effect::new(move |_| match answer.get() {
            Some(Ok(Err(AppError::Fields(errors)))) => self.show(errors),
            Some(Ok(Ok(()))) => browser::empty(&format!("{}-password", self.prefix)),
            _ => {}
        });
    }
}

/// Calls `then` whenever the form was taken.
pub fn on_done(answer: Answer, then: impl Fn() + 'static) {
    Effect::new(move |_| {
        if matches!(answer.get(), Some(Ok(Ok(())))) {
            then();
        }
    });
}

/// What came of it; nothing while it is under way. `saved` is said of what was taken.
#[component]
pub fn Outcome(
    lang: Lang,
    answer: Answer,
    #[prop(into)] pending: Signal<bool>,
    #[prop(optional)] saved: Option<&'static str>,
) -> impl IntoView {
    view! {
        <div class="empty:hidden" aria-live="polite">
            {move || {
                if pending.get() {
                    return None;
                }
                match answer.get()? {
                    Ok(Ok(())) => saved.map(|text| view! { <Alert tone=AlertTone::Good>{text}</Alert> }.into_any()),
                    Ok(Err(error)) | Err(error) => {
                        Some(view! { <Alert tone=AlertTone::Bad>{words::error(lang, &error)}</Alert> }.into_any())
                    }
                }
            }}
        </div>
    }
    .into_any()
}

/// The password once more: a stranger at an open browser must not lead money elsewhere.
#[component]
pub fn PasswordAgain(label: &'static str, help: &'static str, errors: Errors) -> impl IntoView {
    view! {
        <Field
            name="password"
            id_prefix=errors.prefix
            kind="password"
            label=label
            help=help
            autocomplete="current-password"
            maxlength=1000
            required=true
            error=errors.of("password")
        />
    }
    .into_any()
}
