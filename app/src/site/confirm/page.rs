//! `/:lang/confirm/:token`.
use super::api::{ConfirmLink, RefuseChange, look_at_link};
use crate::wire::page_data;
use crate::{
    browser,
    error::AppError,
    layout::use_lang,
    seo::PageMeta,
    site::{
        enter::{Refused, SendAgain, field_error, refusal},
        me::api::load_me,
        order::page::REFERRER,
        page_error::{PageError, set_status},
        sign_in::next,
    },
    ui::{Button, EmptyState, LinkButton, PasswordField, Skeleton, Tone},
};
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::{NavigateOptions, components::Redirect, hooks::use_params_map};
use sapar_shared::{
    Lang,
    dto::account::{Account, LinkAbout, LinkView},
    paths,
    tr::{enter as words, sign_in},
};

/// The heading of what has ended.
const ENDED: &str = "ended-title";

#[component]
pub fn ConfirmPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let token = move || params.read().get("token").unwrap_or_default();
    let link = page_data(token, look_at_link);
    view! {
        <Meta name="referrer" content=REFERRER/>
        <PageMeta lang title=words::confirm_title(lang) description=words::confirm_title(lang) path=paths::me noindex=true/>
        <div class="wrap max-w-md py-8 md:py-14">
            <Suspense fallback=|| view! { <Skeleton class="h-64 w-full"/> }>
                {move || Suspend::new(async move {
                    match link.await {
                        Ok(Ok(LinkView { about: LinkAbout::Password, .. })) => {
                            let options = NavigateOptions { replace: true, ..Default::default() };
                            set_status(302);
                            view! { <Redirect path=paths::reset_to(lang, &token()) options/> }.into_any()
                        }
                        Ok(Ok(link)) if link.about == LinkAbout::Proven => view! { <Proven lang link/> }.into_any(),
                        Ok(Ok(link)) if link.taken => view! { <Taken lang/> }.into_any(),
                        Ok(Ok(link)) => view! { <Asked lang link token=token()/> }.into_any(),
                        Ok(Err(AppError::Over)) => view! { <Ended lang/> }.into_any(),
                        Ok(Err(error)) | Err(error) => view! { <PageError error/> }.into_any(),
                    }
                })}
            </Suspense>
        </div>
    }
    .into_any()
}

/// The link was used or its time is over. What comes next hangs on who looks: another link for whoever waits for one.
#[component]
pub fn Ended(lang: Lang) -> impl IntoView {
    set_status(AppError::Over.status());
    let me = page_data(|| (), |()| load_me());
    view! {
        <h1 class="sr-only" id=ENDED tabindex="-1">{words::over_title(lang)}</h1>
        <Suspense fallback=|| view! { <Skeleton class="h-64 w-full"/> }>
            {move || Suspend::new(async move {
                let account = me.await.ok().flatten();
                let text = if account.is_some() { words::over_text(lang) } else { words::over_guest(lang) };
                view! {
                    <EmptyState title=words::over_title(lang) text>
                        <WayOn lang account/>
                        <LinkButton href=paths::reset(lang)>{words::reset_title(lang)}</LinkButton>
                    </EmptyState>
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn WayOn(lang: Lang, account: Option<Account>) -> impl IntoView {
    match account {
        Some(account) if !account.email_confirmed && account.email_change.is_none() => view! {
            <p class="wrap-anywhere">{words::banner_title(lang)}": "{account.email}</p>
            <SendAgain lang/>
            <LinkButton href=paths::me(lang)>{words::over_me(lang)}</LinkButton>
        }
        .into_any(),
        Some(_) => view! { <LinkButton href=paths::me(lang)>{words::over_me(lang)}</LinkButton> }.into_any(),
        None => {
            view! { <LinkButton href=next::with(&paths::sign_in(lang), &paths::me(lang))>{sign_in::submit(lang)}</LinkButton> }
                .into_any()
        }
    }
}

/// The link has done what it was for.
#[component]
fn Proven(lang: Lang, link: LinkView) -> impl IntoView {
    set_status(AppError::Over.status());
    let way = if link.own {
        view! { <LinkButton href=paths::me(lang)>{words::over_me(lang)}</LinkButton> }.into_any()
    } else {
        view! { <WayOn lang account=None/> }.into_any()
    };
    view! {
        <h1 class="sr-only">{words::proven_title(lang)}</h1>
        <EmptyState title=words::proven_title(lang) text=words::proven_text(lang, link.email)>
            {way}
        </EmptyState>
    }
    .into_any()
}

/// The e-mail has found its owner.
#[component]
pub fn Taken(lang: Lang) -> impl IntoView {
    view! {
        <h1 class="sr-only">{words::taken_title(lang)}</h1>
        <EmptyState title=words::taken_title(lang) text=words::taken_text(lang)>
            <LinkButton href=paths::sign_in(lang)>{sign_in::submit(lang)}</LinkButton>
            <LinkButton href=paths::reset(lang)>{words::reset_title(lang)}</LinkButton>
        </EmptyState>
    }
    .into_any()
}

#[component]
fn Asked(lang: Lang, link: LinkView, token: String) -> impl IntoView {
    let action = ServerAction::<ConfirmLink>::new();
    let error = refusal(action, "confirm");
    let pending = action.pending();
    // Another press, another letter or the clock was first: then there is nothing to press here any more.
    let ended = Memo::new(move |_| error.with(|error| matches!(error, Some(AppError::Over))));
    tell(ended);
    let refuse = matches!(link.about, LinkAbout::Change { .. }).then(|| view! { <Refuse lang token=token.clone()/> });
    let (title, text, verb, asks_password) = match link.about {
        LinkAbout::Change { from, to, both } => {
            let text = match (from.is_empty(), both) {
                (true, true) => words::confirm_new_text(lang, to),
                (true, false) => words::confirm_new_alone(lang, to),
                (false, true) => words::confirm_change_text(lang, link.name, from, to),
                (false, false) => words::confirm_change_alone(lang, link.name, from, to),
            };
            let verb = if both { words::confirm_change_submit(lang) } else { words::confirm_submit(lang) };
            (words::confirm_change_title(lang), text, verb, false)
        }
        _ => {
            let text = words::confirm_text(lang, link.name, link.email);
            (words::confirm_title(lang), text, words::confirm_submit(lang), !link.own)
        }
    };
    let password = asks_password.then(|| {
        view! {
            <PasswordField
                name="password"
                label=words::confirm_password(lang)
                help=words::confirm_password_help(lang)
                show=words::show(lang)
                hide=words::hide(lang)
                show_label=words::show_password(lang)
                error=field_error(lang, error, "password")
            />
        }
    });
    view! {
        {move || ended.get().then(|| view! { <Ended lang/> })}
        <div class="grid gap-6" hidden=move || ended.get()>
            <h1>{title}</h1>
            <ActionForm action attr:id="confirm">
                <div class="card card-pad grid gap-4">
                    <Refused lang error wrong=words::err_fields(lang)/>
                    <input type="hidden" name="lang" value=lang.code()/>
                    <input type="hidden" name="token" value=token/>
                    <p class="break-words">{text}</p>
                    {password}
                    <Button tone=Tone::Action class="w-full" disabled=pending>
                        {move || if pending.get() { words::confirm_sending(lang) } else { verb }}
                    </Button>
                </div>
            </ActionForm>
            {refuse}
        </div>
    }
    .into_any()
}

/// What has ended takes the place of the button that was pressed, and its focus.
fn tell(ended: Memo<bool>) {
    Effect::new(move |before: Option<bool>| {
        let ended = ended.get();
        if ended && before == Some(false) {
            request_animation_frame(|| browser::focus(ENDED));
        }
        ended
    });
}

/// The way out for whoever wants no such change.
#[component]
fn Refuse(lang: Lang, token: String) -> impl IntoView {
    let action = ServerAction::<RefuseChange>::new();
    let error = refusal(action, "refuse");
    view! {
        <ActionForm action attr:id="refuse">
            <div class="grid gap-4">
                <Refused lang error wrong=words::err_unavailable(lang)/>
                <input type="hidden" name="lang" value=lang.code()/>
                <input type="hidden" name="token" value=token/>
                <button class="btn w-full" disabled=move || action.pending().get()>{words::confirm_refuse(lang)}</button>
            </div>
        </ActionForm>
    }
    .into_any()
}
