//! The door: for travellers with an account and for organisers alike.
use super::{api::SignIn, next};
use crate::site::passkeys::PasskeyDoor;
use crate::wire::page_data;
use crate::{
    layout::use_lang,
    partner::api::{WhoError, who_am_i},
    seo::PageMeta,
    site::{
        enter::{Refused, refusal},
        page_error::set_status,
    },
    ui::{Button, Field, LinkButton, PasswordField, Tone},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::Redirect, hooks::use_query_map};
use sapar_shared::{
    Lang, paths,
    tr::{self, enter},
};

/// The `next` of the address, if it is a page of ours; else empty.
#[must_use]
pub fn use_next(lang: Lang) -> Signal<String> {
    let query = use_query_map();
    Signal::derive(move || next::own(lang, &query.read().get("next").unwrap_or_default()).unwrap_or_default())
}

/// The e-mail that whoever led here knows already; else empty.
#[must_use]
pub fn use_email() -> String {
    use_query_map().read_untracked().get("email").filter(|email| email.len() <= 254).unwrap_or_default()
}

#[component]
pub fn SignInPage() -> impl IntoView {
    let lang = use_lang();
    let target = use_next(lang);
    let email = StoredValue::new(use_email());
    let sign_up = move || next::with_email(&paths::sign_up(lang), &target.get(), &email.get_value());
    view! {
        <PageMeta lang title=tr::sign_in::title(lang) description=tr::sign_in::lead(lang) path=paths::sign_in noindex=true/>
        <Inside lang target/>
        <div class="wrap max-w-md py-8 md:py-14 grid gap-6">
            <div class="grid gap-2">
                <h1>{tr::sign_in::title(lang)}</h1>
                <p class="text-muted">{tr::sign_in::lead(lang)}</p>
            </div>
            <SignInForm lang target email=email.get_value()/>
            <PasskeyDoor lang target/>
            <div class="grid gap-2">
                <LinkButton href=next::with(&paths::sign_in_code(lang), &target.get_untracked())>
                    {tr::sign_in::by_code(lang)}
                </LinkButton>
                <p class="text-center">
                    {tr::sign_in::no_account(lang)} " "
                    <a class="link inline-flex items-center min-h-11" href=sign_up>
                        {tr::sign_in::to_sign_up(lang)}
                    </a>
                </p>
            </div>
            <aside class="card card-pad grid gap-2 justify-items-start">
                <h2 class="text-lg">{tr::sign_in::buyer_title(lang)}</h2>
                <p class="text-muted">{tr::sign_in::buyer_text(lang)}</p>
                <LinkButton href=paths::tickets(lang)>{tr::sign_in::to_tickets(lang)}</LinkButton>
            </aside>
        </div>
    }
    .into_any()
}

/// Whoever is signed in already goes straight through.
#[component]
pub fn Inside(lang: Lang, target: Signal<String>) -> impl IntoView {
    let me = page_data(|| (), |()| who_am_i());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let home = match me.await {
                    Ok(Ok(_)) => paths::partner(lang),
                    Ok(Err(WhoError::NoOrganisation)) => paths::me(lang),
                    _ => return None,
                };
                set_status(302);
                let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
                let path = Some(target.get_untracked()).filter(|next| !next.is_empty()).unwrap_or(home);
                Some(view! { <Redirect path options/> })
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn SignInForm(lang: Lang, target: Signal<String>, email: String) -> impl IntoView {
    let action = ServerAction::<SignIn>::new();
    let error = refusal(action, "sign-in");
    let pending = action.pending();
    view! {
        <ActionForm action attr:id="sign-in">
            <div class="card card-pad grid gap-4">
                <Refused lang error wrong=tr::sign_in::wrong(lang)/>
                <input type="hidden" name="lang" value=lang.code()/>
                <input type="hidden" name="next" value=move || target.get()/>
                <Field
                    name="email"
                    label=tr::sign_in::email(lang)
                    value=email
                    kind="email"
                    inputmode="email"
                    autocomplete="username"
                    maxlength=254
                    required=true
                />
                <PasswordField
                    name="password"
                    label=tr::sign_in::password(lang)
                    show=enter::show(lang)
                    hide=enter::hide(lang)
                    show_label=enter::show_password(lang)
                />
                <Button tone=Tone::Action class="w-full" disabled=pending>
                    {move || if pending.get() { tr::sign_in::sending(lang) } else { tr::sign_in::submit(lang) }}
                </Button>
                <a class="link inline-flex items-center min-h-11 justify-self-center" href=paths::reset(lang)>
                    {tr::sign_in::forgot(lang)}
                </a>
            </div>
        </ActionForm>
    }
    .into_any()
}
