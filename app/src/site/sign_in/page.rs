//! The door to the cabinet.
use super::{api::SignIn, next};
use crate::wire::page_data;
use crate::{
    error::AppError,
    layout::use_lang,
    partner::api::{WhoError, who_am_i},
    seo::PageMeta,
    site::page_error::set_status,
    ui::{Alert, AlertTone, Button, Field, LinkButton, Tone},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::Redirect, hooks::use_query_map};
use sapar_shared::{Lang, paths, tr};

/// The word that stands for a refusal in the query, for those without a script.
#[must_use]
pub fn why(error: &AppError) -> String {
    match error {
        AppError::WrongSignIn => "wrong".to_owned(),
        AppError::TooMany { seconds } => format!("wait-{seconds}"),
        _ => "unavailable".to_owned(),
    }
}

fn of_word(word: &str) -> AppError {
    match word.strip_prefix("wait-").map(str::parse) {
        Some(Ok(seconds)) => AppError::TooMany { seconds },
        _ if word == "wrong" => AppError::WrongSignIn,
        _ => AppError::Unavailable,
    }
}

fn words(lang: Lang, error: &AppError) -> String {
    match error {
        AppError::WrongSignIn => tr::sign_in::wrong(lang).to_owned(),
        AppError::TooMany { seconds } => tr::sign_in::wait(lang, i64::from(seconds.div_ceil(60))),
        _ => tr::sign_in::unavailable(lang).to_owned(),
    }
}

#[component]
pub fn SignInPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let target = Signal::derive(move || next::safe(lang, &query.read().get("next").unwrap_or_default()));
    // Whoever is signed in already goes straight through.
    let me = page_data(|| (), |()| who_am_i());
    view! {
        <PageMeta lang title=tr::sign_in::title(lang) description=tr::sign_in::lead(lang) path=paths::sign_in noindex=true/>
        <Suspense>
            {move || Suspend::new(async move {
                matches!(me.await, Ok(Ok(_)) | Ok(Err(WhoError::NoOrganisation)))
                    .then(|| {
                        set_status(302);
                        let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
                        view! { <Redirect path=target.get_untracked() options/> }
                    })
            })}
        </Suspense>
        <div class="wrap max-w-md py-8 md:py-14 grid gap-6">
            <div class="grid gap-2">
                <h1>{tr::sign_in::title(lang)}</h1>
                <p class="text-muted">{tr::sign_in::lead(lang)}</p>
            </div>
            <SignInForm lang target/>
            <aside class="card card-pad grid gap-2 justify-items-start">
                <h2 class="text-lg">{tr::sign_in::buyer_title(lang)}</h2>
                <p class="text-muted">{tr::sign_in::buyer_text(lang)}</p>
                <LinkButton href=paths::tickets(lang)>{tr::sign_in::to_tickets(lang)}</LinkButton>
            </aside>
        </div>
    }
    .into_any()
}

#[component]
fn SignInForm(lang: Lang, target: Signal<String>) -> impl IntoView {
    let action = ServerAction::<SignIn>::new();
    let from_query = use_query_map().read_untracked().get("error").map(|word| of_word(&word));
    let error = move || match action.value().get() {
        Some(Ok(Ok(_))) => None,
        Some(Ok(Err(error)) | Err(error)) => Some(error),
        None => from_query.clone(),
    };
    let pending = action.pending();
    view! {
        <ActionForm action>
            <div class="card card-pad grid gap-4">
                <div class="empty:hidden">
                    {move || {
                        error().filter(|_| !pending.get()).map(|error| view! { <Alert tone=AlertTone::Bad>{words(lang, &error)}</Alert> })
                    }}
                </div>
                <input type="hidden" name="lang" value=lang.code()/>
                <input type="hidden" name="next" value=move || target.get()/>
                <Field
                    name="email"
                    label=tr::sign_in::email(lang)
                    kind="email"
                    inputmode="email"
                    autocomplete="username"
                    maxlength=254
                    required=true
                />
                <Field name="password" label=tr::sign_in::password(lang) kind="password" autocomplete="current-password" required=true/>
                <Button tone=Tone::Action class="w-full" disabled=pending>
                    {move || if pending.get() { tr::sign_in::sending(lang) } else { tr::sign_in::submit(lang) }}
                </Button>
            </div>
        </ActionForm>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_survives_the_query() {
        for error in [AppError::WrongSignIn, AppError::TooMany { seconds: 42 }, AppError::Unavailable] {
            assert_eq!(of_word(&why(&error)), error);
        }
    }
}
