//! `/invitation/{token}`: who invites into what, and the one button.
use super::api::{AcceptInvitation, load_invitation};
use crate::{
    browser,
    layout::use_lang,
    partner::{
        form::{Answer, Outcome, on_done},
        words,
    },
    seo::PageMeta,
    site::{
        page_error::PageError,
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
        <div class="wrap max-w-md py-8 md:py-14 grid gap-6">
            <Suspense fallback=|| view! { <Skeleton class="h-64 w-full"/> }>
                {move || Suspend::new(async move {
                    match invitation.await.flatten() {
                        Ok(view) => view! { <Invitation lang view token=token.get_untracked()/> }.into_any(),
                        Err(error) => view! { <PageError error/> }.into_any(),
                    }
                })}
            </Suspense>
        </div>
    }
    .into_any()
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
        (InvitationState::Ended, _) => view! { <Alert tone=AlertTone::Warn>{tr::invitation_ended(lang)}</Alert> }.into_any(),
        (InvitationState::Open, None) => view! { <Stranger lang email token/> }.into_any(),
        (InvitationState::Open, Some(own)) if own.eq_ignore_ascii_case(&email) => {
            view! { <Accept lang organisation=organisation.clone() token/> }.into_any()
        }
        (InvitationState::Open, Some(own)) => view! {
            <Alert tone=AlertTone::Warn>{tr::invitation_for(lang, email, own)}</Alert>
            <SignOut lang/>
        }
        .into_any(),
    };
    view! {
        <h1>{tr::invitation_to(lang, organisation)}</h1>
        <Card class="grid gap-4">
            <p>{lead}</p>
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
    on_done(answer, move || browser::load(&paths::partner(lang)));
    view! {
        <Outcome lang answer pending/>
        <ActionForm action>
            <input type="hidden" name="lang" value=lang.code()/>
            <input type="hidden" name="token" value=token/>
            <Button tone=Tone::Action class="w-full" disabled=pending>{tr::accept(lang, organisation)}</Button>
        </ActionForm>
    }
    .into_any()
}

/// Comes back here with an account of the invited address.
#[component]
fn Stranger(lang: Lang, email: String, token: String) -> impl IntoView {
    let here = paths::invitation(lang, &next::encode(&token));
    let sign_up = format!("{}?next={}", paths::sign_up(lang), next::encode(&here));
    view! {
        <p>{tr::invitation_stranger(lang, email)}</p>
        <div class="grid gap-2">
            <LinkButton href=sign_up tone=Tone::Action>{tr::to_sign_up(lang)}</LinkButton>
            <LinkButton href=next::sign_in(lang, &here)>{tr::to_sign_in(lang)}</LinkButton>
        </div>
    }
    .into_any()
}
