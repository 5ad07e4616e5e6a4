//! `/invitation/{token}`: who invites into what, and the one button.
use super::api::{AcceptInvitation, load_invitation};
use crate::{
    browser,
    error::AppError,
    layout::use_lang,
    partner::{
        bound::move_on,
        form::{Answer, Outcome, on_done},
        words,
    },
    seo::PageMeta,
    site::{
        page_error::{PageError, set_status, whole_page},
        sign_in::{SignOut, next},
    },
    ui::{Alert, AlertTone, Button, Card, LinkButton, Skeleton, Tone},
    wire::page_data,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use sapar_shared::{
    Lang,
    dto::organisation::{InvitationState, InvitationView},
    paths,
    tr::organisation as tr,
};

#[component]
pub fn InvitationPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let token = Memo::new(move |_| params.read().get("token").unwrap_or_default());
    let invitation = page_data(move || token.get(), load_invitation);
    view! {
        <PageMeta lang title=tr::invitation_title(lang) description=tr::invitation_title(lang) path=paths::home noindex=true/>
        <div class="wrap max-w-md py-8 md:py-14 grid grid-cols-1 gap-6">
            <Suspense fallback=|| view! { <Skeleton class="h-64 w-full"/> }>
                {move || Suspend::new(async move {
                    match invitation.await.flatten() {
                        Ok(view) => view! { <Invitation lang view token=token.get_untracked()/> }.into_any(),
                        Err(AppError::NotFound) => unknown(lang),
                        Err(error) => view! { <PageError error/> }.into_any(),
                    }
                })}
            </Suspense>
        </div>
    }
    .into_any()
}

/// A link that was cut short, or never was one.
fn unknown(lang: Lang) -> AnyView {
    set_status(AppError::NotFound.status());
    let way = view! { <LinkButton href=paths::home(lang)>{tr::to_home(lang)}</LinkButton> }.into_any();
    whole_page(tr::invitation_unknown_title(lang), tr::invitation_unknown(lang), way)
}

#[component]
fn Invitation(lang: Lang, view: InvitationView, token: String) -> impl IntoView {
    let InvitationView { organisation, role, invited_by, email, state, signed_in } = view;
    let lead = if invited_by.is_empty() {
        tr::invitation_lead(lang, &organisation)
    } else {
        tr::invitation_lead_by(lang, invited_by, &organisation)
    };
    let way = match (state, signed_in) {
        (InvitationState::Accepted, _) => view! {
            <Alert tone=AlertTone::Good>{tr::invitation_accepted(lang)}</Alert>
            <LinkButton href=paths::partner(lang) tone=Tone::Action>{tr::to_cabinet(lang)}</LinkButton>
        }
        .into_any(),
        (InvitationState::Ended(end), _) => {
            view! { <Alert tone=AlertTone::Warn>{words::invitation_end(lang, end)}</Alert> }.into_any()
        }
        (InvitationState::Open, None) => view! { <Stranger lang email token/> }.into_any(),
        (InvitationState::Open, Some(own)) if own.eq_ignore_ascii_case(&email) => {
            view! { <Accept lang organisation=organisation.clone() token/> }.into_any()
        }
        (InvitationState::Open, Some(own)) => view! {
            <Alert tone=AlertTone::Warn>
                <span class="wrap-anywhere">{tr::invitation_for(lang, email, own)}</span>
            </Alert>
            <SignOut lang back=paths::invitation(lang, &next::encode(&token))/>
        }
        .into_any(),
    };
    view! {
        <h1 class="wrap-anywhere">{tr::invitation_to(lang, organisation)}</h1>
        <Card class="grid grid-cols-1 gap-4">
            <p class="wrap-anywhere">{lead}</p>
            <p>
                <span class="text-muted">{tr::role(lang)}": "</span>
                <span class="font-semibold">{words::role(lang, role)}</span>
            </p>
            <p class="text-sm text-muted">{words::role_help(lang, role)}</p>
            {way}
        </Card>
    }
    .into_any()
}

#[component]
fn Accept(lang: Lang, organisation: String, token: String) -> impl IntoView {
    let action = ServerAction::<AcceptInvitation>::new();
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    on_done(answer, move || {
        move_on();
        browser::load(&paths::partner(lang));
    });
    // What cannot be done any more is not offered again.
    let over = Memo::new(move |_| matches!(answer.get(), Some(Ok(Err(AppError::Refused(_) | AppError::NotFound)))));
    let stopped = Signal::derive(move || pending.get() || matches!(answer.get(), Some(Ok(Ok(())))));
    view! {
        <Outcome lang answer pending/>
        <div hidden=move || over.get()>
            <ActionForm action>
                <input type="hidden" name="lang" value=lang.code()/>
                <input type="hidden" name="token" value=token/>
                <Button tone=Tone::Action class="w-full wrap-anywhere" disabled=stopped>{tr::accept(lang, organisation)}</Button>
            </ActionForm>
        </div>
    }
    .into_any()
}

/// Comes back here with an account of the invited address.
#[component]
fn Stranger(lang: Lang, email: String, token: String) -> impl IntoView {
    let here = paths::invitation(lang, &next::encode(&token));
    let sign_up = next::with_email(&paths::sign_up(lang), &here, &email);
    let sign_in = next::with_email(&paths::sign_in(lang), &here, &email);
    view! {
        <p class="wrap-anywhere">{tr::invitation_stranger(lang, email)}</p>
        <div class="grid gap-2">
            <LinkButton href=sign_up tone=Tone::Action>{tr::to_sign_up(lang)}</LinkButton>
            <LinkButton href=sign_in>{tr::to_sign_in(lang)}</LinkButton>
        </div>
    }
    .into_any()
}
