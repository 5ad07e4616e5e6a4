//! The four forms of an organisation. Its sign-up walks through them, its page shows them all; only what is around the fields
//! differs. Once name and BIN are locked, the request for others takes the place of theirs.
use super::{
    super::start::api::Start,
    api::{SaveCompany, SaveContact, SavePayout, SaveProfile},
    change_api::RequestChange,
    fields::{CompanyFields, ContactFields, PayoutFields, ProfileFields},
};
use crate::{
    partner::form::{Answer, Errors, PasswordAgain},
    ui::TextArea,
};
use leptos::{ev::SubmitEvent, prelude::*};
use sapar_shared::{
    Lang,
    dto::{catalog::Named, organisation::OrganisationView},
    forms::{
        FieldError, FieldErrors,
        checkout::ContactForm,
        organisation::{ChangeForm, CompanyForm, LONGEST_REASON, PayoutForm, ProfileForm, about_field},
    },
    tr::organisation as tr,
};

/// What is put around the fields: the button, and what came of the last sending.
pub type Around = Box<dyn FnOnce(AnyView, Answer, Signal<bool>) -> AnyView>;

/// Checked here as on the server before it is sent. A macro, for `ActionForm` wants to know whose arguments it holds.
macro_rules! form {
    ($action:ty, $errors:ident, $check:expr, $around:ident, $fields:expr) => {{
        let action = ServerAction::<$action>::new();
        let answer = Answer::derive(move || action.value().get());
        let pending = Signal::from(action.pending());
        $errors.follow(answer);
        $errors.clear(action);
        let check = move |ev: SubmitEvent| $errors.check(&ev, $check);
        let content = $around($fields, answer, pending);
        view! {
            <ActionForm action attr:novalidate=true on:submit:capture=check>
                {content}
            </ActionForm>
        }
        .into_any()
    }};
}

/// Name and BIN. `begins`: there may be no draft yet.
#[component]
pub fn CompanyEntry(
    lang: Lang,
    prefix: &'static str,
    name: String,
    bin: String,
    #[prop(optional)] begins: bool,
    around: Around,
) -> impl IntoView {
    let errors = Errors::new(lang, prefix);
    let check = |typed: &dyn Fn(&str) -> String| CompanyForm { name: typed("name"), bin: typed("bin") }.validate().map(drop);
    let fields = view! { <CompanyFields lang prefix name bin errors/> }.into_any();
    if begins { form!(Start, errors, check, around, fields) } else { form!(SaveCompany, errors, check, around, fields) }
}

/// What is wrong with a form, and with the password beside it where one is wanted.
fn checked(form: Result<(), FieldErrors>, with_password: bool, typed: &dyn Fn(&str) -> String) -> Result<(), FieldErrors> {
    let mut wrong = form.err().unwrap_or_default();
    if with_password && typed("password").is_empty() {
        wrong.push(("password".to_owned(), FieldError::Missing));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// Another name or BIN, for a moderator. `company` is name, BIN and reason as they stand in the fields at first.
#[component]
pub fn ChangeEntry(lang: Lang, prefix: &'static str, company: (String, String, String), around: Around) -> impl IntoView {
    let (name, bin, reason) = company;
    let errors = Errors::new(lang, prefix);
    let check = |typed: &dyn Fn(&str) -> String| {
        let form = ChangeForm { name: typed("name"), bin: typed("bin"), reason: typed("reason") };
        checked(form.validate().map(drop), true, typed)
    };
    let fields = view! {
        <CompanyFields lang prefix name bin errors/>
        <TextArea
            name="reason"
            id_prefix=prefix
            label=tr::change_reason(lang)
            help=tr::change_reason_help(lang)
            value=reason
            rows=3
            maxlength=u32::try_from(LONGEST_REASON).unwrap_or(u32::MAX)
            error=errors.of("reason")
        />
        <PasswordAgain label=tr::password(lang) help=tr::change_password_help(lang) errors/>
    };
    form!(RequestChange, errors, check, around, fields.into_any())
}

/// `contact` is name, phone (E.164), e-mail.
#[component]
pub fn ContactEntry(lang: Lang, prefix: &'static str, contact: (String, String, String), around: Around) -> impl IntoView {
    let errors = Errors::new(lang, prefix);
    let check = |typed: &dyn Fn(&str) -> String| {
        ContactForm { name: typed("name"), phone: typed("phone"), email: typed("email") }.validate().map(drop)
    };
    let fields = view! { <ContactFields lang prefix contact errors/> }.into_any();
    form!(SaveContact, errors, check, around, fields)
}

/// `languages`: those that the organisation is told about in here, the page's own first.
#[component]
pub fn ProfileEntry(
    lang: Lang,
    prefix: &'static str,
    cities: Vec<Named>,
    organisation: OrganisationView,
    languages: Vec<Lang>,
    around: Around,
) -> impl IntoView {
    let errors = Errors::new(lang, prefix);
    let told = StoredValue::new(languages.clone());
    let check = move |typed: &dyn Fn(&str) -> String| {
        let about = told.get_value().into_iter().map(|of| (of, typed(about_field(of)))).collect();
        ProfileForm { city: typed("city"), address: typed("address"), about }.validate().map(drop)
    };
    let fields = view! { <ProfileFields lang prefix cities organisation languages errors/> }.into_any();
    form!(SaveProfile, errors, check, around, fields)
}

/// `with_password`: the organisation was sent, and a stranger at an open browser must not lead its money elsewhere.
#[component]
pub fn PayoutEntry(
    lang: Lang,
    prefix: &'static str,
    iban: String,
    #[prop(optional)] with_password: bool,
    around: Around,
) -> impl IntoView {
    let errors = Errors::new(lang, prefix);
    let check = move |typed: &dyn Fn(&str) -> String| {
        checked(PayoutForm { iban: typed("iban") }.validate().map(drop), with_password, typed)
    };
    let password = with_password.then(|| {
        view! { <PasswordAgain label=tr::password(lang) help=tr::payout_password_help(lang) errors/> }
    });
    let fields = view! {
        <PayoutFields lang prefix iban errors/>
        {password}
    };
    form!(SavePayout, errors, check, around, fields.into_any())
}
