//! A refusal in words that say what to do; as a word in a query for forms sent without a script.
use crate::{
    browser,
    error::{AppError, Tried},
    ui::{Alert, AlertTone},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;
use sapar_shared::{Lang, forms::FieldError, tr::enter as words};

const FIELD_ERRORS: [(&str, FieldError); 13] = [
    ("missing", FieldError::Missing),
    ("name", FieldError::Name),
    ("phone", FieldError::Phone),
    ("email", FieldError::Email),
    ("quantity", FieldError::Quantity),
    ("short", FieldError::Short),
    ("common", FieldError::Common),
    ("date", FieldError::Date),
    ("choice", FieldError::Choice),
    ("long", FieldError::TooLong),
    ("same", FieldError::Same),
    ("consent", FieldError::Consent),
    ("code", FieldError::Code),
];

/// `wrong`, `wait-60`, `fields.email-missing.password-short` …
#[must_use]
pub fn word(error: &AppError) -> String {
    match error {
        AppError::WrongSignIn => "wrong".to_owned(),
        AppError::TooMany { seconds } => format!("wait-{seconds}"),
        AppError::Over => "over".to_owned(),
        AppError::Taken => "taken".to_owned(),
        AppError::SignInFirst => "sign-in".to_owned(),
        AppError::Fields(errors) => errors.iter().fold("fields".to_owned(), |word, (field, error)| {
            let name = FIELD_ERRORS.iter().find(|(_, known)| known == error).map_or("missing", |(name, _)| *name);
            format!("{word}.{field}-{name}")
        }),
        _ => "unavailable".to_owned(),
    }
}

/// The other way round; anybody may have written it, so it only chooses among our own words.
#[must_use]
pub fn of_word(word: &str) -> AppError {
    if let Some(Ok(seconds)) = word.strip_prefix("wait-").map(str::parse) {
        return AppError::TooMany { seconds };
    }
    if let Some(fields) = word.strip_prefix("fields.") {
        let errors = fields.split('.').filter_map(|pair| {
            let (field, name) = pair.split_once('-')?;
            FIELD_ERRORS.iter().find(|(known, _)| *known == name).map(|(_, error)| (field.to_owned(), *error))
        });
        return AppError::Fields(errors.collect());
    }
    match word {
        "wrong" => AppError::WrongSignIn,
        "over" => AppError::Over,
        "taken" => AppError::Taken,
        "sign-in" => AppError::SignInFirst,
        _ => AppError::Unavailable,
    }
}

/// What the form's last sending met with; without a script what stands in the query for the form of that name.
#[must_use]
pub fn refusal<S, T>(action: ServerAction<S>, form: &'static str) -> Signal<Option<AppError>>
where
    S: ServerFn<Output = Result<T, AppError>, Error = AppError> + Clone + Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
{
    let query = use_query_map().read_untracked();
    let meant = query.get("form").is_none_or(|named| named == form);
    let left = query.get("error").filter(|_| meant).map(|word| of_word(&word));
    Signal::derive(move || match action.value().get() {
        _ if action.pending().get() => None,
        Some(answer) => refused(answer),
        None => left.clone(),
    })
}

fn refused<T>(answer: Tried<T>) -> Option<AppError> {
    match answer {
        Ok(Ok(_)) => None,
        Ok(Err(error)) | Err(error) => Some(error),
    }
}

/// The form's last sending went well; without a script the query says so by that word.
#[must_use]
pub fn done<S, T>(action: ServerAction<S>, word: &'static str) -> Signal<bool>
where
    S: ServerFn<Output = Result<T, AppError>, Error = AppError> + Clone + Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
{
    let before = use_query_map().read_untracked().get("done").is_some_and(|done| done == word);
    Signal::derive(move || match action.value().get() {
        _ if action.pending().get() => false,
        Some(answer) => matches!(answer, Ok(Ok(_))),
        None => before,
    })
}

/// How often the form was sent well since the page was opened: what it changed is then read anew. A refused form is not, so
/// that what was typed stays.
#[must_use]
pub fn successes<S, T>(action: ServerAction<S>) -> Signal<usize>
where
    S: ServerFn<Output = Result<T, AppError>, Error = AppError> + Clone + Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
{
    let count = RwSignal::new(0);
    on_success(action, move || count.update(|count| *count += 1));
    count.into()
}

fn on_success<S, T>(action: ServerAction<S>, then: impl Fn() + 'static)
where
    S: ServerFn<Output = Result<T, AppError>, Error = AppError> + Clone + Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
{
    Effect::new(move |_| {
        if matches!(action.value().get(), Some(Ok(Ok(_)))) {
            then();
        }
    });
}

/// Whatever was typed into the form of that id goes once it was sent well: a password stays on no page.
pub fn reset_after<S, T>(action: ServerAction<S>, form: &'static str)
where
    S: ServerFn<Output = Result<T, AppError>, Error = AppError> + Clone + Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
{
    on_success(action, move || browser::reset_form(form));
}

/// The first field that is wrong gets the focus and so comes into sight. `id` is the control's, by the field and its error.
pub fn focus_first(error: Signal<Option<AppError>>, id: impl Fn(&str, FieldError) -> String + 'static) {
    Effect::new(move |_| {
        if let Some(AppError::Fields(errors)) = error.get()
            && let Some((field, wrong)) = errors.first()
        {
            let control = id(field, *wrong);
            // Once the errors stand on the page: they move what is below them.
            request_animation_frame(move || browser::focus(&control));
        }
    });
}

/// What is said when it went well.
#[component]
pub fn Done(done: Signal<bool>, text: &'static str) -> impl IntoView {
    view! {
        <div class="empty:hidden" aria-live="polite">
            {move || done.get().then(|| view! { <Alert tone=AlertTone::Good>{text}</Alert> })}
        </div>
    }
    .into_any()
}

/// The error of one field, in words.
#[must_use]
pub fn field_error(lang: Lang, error: Signal<Option<AppError>>, field: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || error.read().as_ref()?.field(field).map(|wrong| sentence(lang, field, wrong).to_owned()))
}

/// The same for a password that there is already: none is made up here.
#[must_use]
pub fn own_password_error(lang: Lang, error: Signal<Option<AppError>>) -> Signal<Option<String>> {
    Signal::derive(move || error.read().as_ref()?.field("password").map(|_| words::err_own_password(lang).to_owned()))
}

/// A refusal brings the caret to the field: the button that was pressed lost it while the form was on its way. One that stood
/// there before the form was drawn does not.
pub fn caret(error: Signal<Option<AppError>>, id: &'static str) {
    Effect::new(move |before: Option<bool>| {
        let refused = error.read().is_some();
        if refused && before == Some(false) {
            request_animation_frame(move || browser::focus(id));
        }
        refused
    });
}

/// The page is there for one field: the caret waits in it. A page that is gone to comes some frames after its effects, and has
/// the focus itself at first.
pub fn arrive(id: &'static str) {
    Effect::new(move |_| wait_for(id, 300));
}

fn wait_for(id: &'static str, frames: u32) {
    request_animation_frame(move || {
        if document().get_element_by_id(id).is_some() {
            request_animation_frame(move || browser::focus(id));
        } else if frames > 0 {
            wait_for(id, frames - 1);
        }
    });
}

fn sentence(lang: Lang, field: &str, error: FieldError) -> &'static str {
    match (field, error) {
        (_, FieldError::Short) => words::err_password_short(lang),
        (_, FieldError::Common) => words::err_password_common(lang),
        (_, FieldError::Date) => words::err_date(lang),
        (_, FieldError::Consent) => words::err_consent(lang),
        (_, FieldError::Choice) => words::err_choice(lang),
        (_, FieldError::Code) => words::code_wrong(lang),
        ("email", FieldError::Same) => words::err_email_same(lang),
        ("phone", FieldError::Same) => words::err_phone_same(lang),
        (_, FieldError::Same) => words::err_password_same(lang),
        ("city", _) => words::err_city(lang),
        ("name", FieldError::Missing) => words::err_name_missing(lang),
        ("name", _) => words::err_name(lang),
        ("phone", FieldError::Missing) => words::err_phone_missing(lang),
        ("phone", _) => words::err_phone(lang),
        ("email", FieldError::Missing) => words::err_email_missing(lang),
        ("email", _) => words::err_email(lang),
        _ => words::err_password_missing(lang),
    }
}

/// The refusal above the form. `wrong` and `over` are the form's own words for a secret that does not fit, and for what has
/// ended meanwhile.
#[component]
pub fn Refused(
    lang: Lang,
    error: Signal<Option<AppError>>,
    wrong: &'static str,
    #[prop(optional)] over: Option<&'static str>,
) -> impl IntoView {
    let text = move |error: AppError| match error {
        AppError::WrongSignIn => wrong.to_owned(),
        AppError::TooMany { seconds } => words::wait(lang, i64::from(seconds.div_ceil(60))),
        AppError::Over => over.unwrap_or(words::over_title(lang)).to_owned(),
        AppError::Taken => words::err_taken(lang).to_owned(),
        AppError::SignInFirst => words::err_sign_in(lang).to_owned(),
        AppError::Fields(_) => words::err_fields(lang).to_owned(),
        _ => words::err_unavailable(lang).to_owned(),
    };
    view! {
        <div class="empty:hidden">
            {move || error.get().map(|error| view! { <Alert tone=AlertTone::Bad>{text(error)}</Alert> })}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_survives_the_query() {
        let fields = vec![("email".to_owned(), FieldError::Missing), ("password".to_owned(), FieldError::Short)];
        for error in [
            AppError::WrongSignIn,
            AppError::TooMany { seconds: 42 },
            AppError::Unavailable,
            AppError::Over,
            AppError::Taken,
            AppError::SignInFirst,
            AppError::Fields(fields),
        ] {
            assert_eq!(of_word(&word(&error)), error);
        }
        for (_, error) in FIELD_ERRORS {
            let fields = AppError::Fields(vec![("birth_date".to_owned(), error)]);
            assert_eq!(of_word(&word(&fields)), fields);
        }
        assert_eq!(of_word("fields.<script>-short.x-nothing.y"), AppError::Fields(vec![("<script>".into(), FieldError::Short)]));
    }
}
