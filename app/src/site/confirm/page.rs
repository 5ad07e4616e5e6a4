//! `/:lang/confirm/:token`.
use super::api::{ConfirmLink, RefuseChange, look_at_link};
use crate::wire::page_data;
use crate::{
    error::AppError,
    layout::use_lang,
    seo::PageMeta,
    site::{
        enter::{Refused, field_error, refusal},
        order::page::REFERRER,
        page_error::{PageError, set_status},
    },
    ui::{Button, EmptyState, LinkButton, PasswordField, Skeleton, Tone},
};
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::{NavigateOptions, components::Redirect, hooks::use_params_map};
use sapar_shared::{
    Lang,
    dto::account::{LinkAbout, LinkView},
    paths,
    tr::{enter as words, sign_in},
};

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

/// The link was used or its time is over.
#[component]
pub fn Ended(lang: Lang) -> impl IntoView {
    set_status(AppError::Over.status());
    view! {
        <h1 class="sr-only">{words::over_title(lang)}</h1>
        <EmptyState title=words::over_title(lang) text=words::over_text(lang)>
            <LinkButton href=paths::me(lang)>{words::over_me(lang)}</LinkButton>
            <LinkButton href=paths::reset(lang)>{words::reset_title(lang)}</LinkButton>
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
    let refuse = matches!(link.about, LinkAbout::Change { .. }).then(|| view! { <Refuse lang token=token.clone()/> });
    let (title, text, verb, asks_password) = match link.about {
        LinkAbout::Change { from, to } => {
            let text = if from.is_empty() {
                words::confirm_new_text(lang, to)
            } else {
                words::confirm_change_text(lang, link.name, from, to)
            };
            (words::confirm_change_title(lang), text, words::confirm_change_submit(lang), false)
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
        <div class="grid gap-6">
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
