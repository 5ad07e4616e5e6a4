//! Inviting, and invitations that are open.
use super::{
    api::{ChangeInvitation, InviteMember},
    page::Actions,
    row::InvitedRole,
};
use crate::{
    partner::{
        form::{Answer, Errors, Outcome},
        words,
    },
    ui::{Badge, Button, Card, Field, Tint, Tone},
};
use leptos::{ev::SubmitEvent, prelude::*};
use sapar_shared::{
    Lang, dto::organisation::InvitationRow, forms::organisation::InviteForm, roles::Role, tr::organisation as tr, when,
};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;

/// Whoever was invited need not be taken out of the field before the next one.
pub(super) fn clear() {
    let field = document().get_element_by_id("invite-email").and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    if let Some(field) = field {
        field.set_value("");
    }
}

#[component]
pub(super) fn Invite(lang: Lang, own: Role, action: ServerAction<InviteMember>) -> impl IntoView {
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    let errors = Errors::new(lang, "invite");
    errors.follow(answer);
    let check = move |ev: SubmitEvent| {
        errors.check(&ev, |typed| InviteForm { email: typed("email"), role: typed("role") }.validate().map(drop));
    };
    view! {
        <Card>
            <h2 class="mb-1">{tr::invite_title(lang)}</h2>
            <p class="text-muted mb-4">{tr::invite_text(lang)}</p>
            <ActionForm action attr:novalidate=true on:submit:capture=check>
                <div class="grid gap-4">
                    <input type="hidden" name="lang" value=lang.code()/>
                    <Field
                        name="email"
                        id_prefix="invite"
                        kind="email"
                        inputmode="email"
                        label=tr::invite_email(lang)
                        autocomplete="off"
                        maxlength=254
                        required=true
                        error=errors.of("email")
                    />
                    <InvitedRole lang own/>
                    <Outcome lang answer pending saved=tr::invited(lang)/>
                    <Button tone=Tone::Action disabled=pending>
                        {move || if pending.get() { tr::sending(lang) } else { tr::invite(lang) }}
                    </Button>
                </div>
            </ActionForm>
        </Card>
    }
    .into_any()
}

#[component]
pub(super) fn Invitations(lang: Lang, own: Role, invitations: Vec<InvitationRow>, actions: Actions) -> impl IntoView {
    if invitations.is_empty() {
        return ().into_any();
    }
    let resent = Answer::derive(move || actions.resend.value().get());
    let revoked = Answer::derive(move || actions.revoke.value().get());
    let rows = invitations.into_iter().map(|row| view! { <Invitation lang own row actions/> }).collect_view();
    view! {
        <section class="grid gap-3" aria-labelledby="invitations">
            <h2 id="invitations">{tr::invitations(lang)}</h2>
            <Outcome lang answer=resent pending=false saved=tr::invited(lang)/>
            <Outcome lang answer=revoked pending=false/>
            <ul class="grid gap-3">{rows}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Invitation(lang: Lang, own: Role, row: InvitationRow, actions: Actions) -> impl IntoView {
    let until = when::day_month(lang, when::local(row.expires_at).date());
    let state = if row.ended { tr::invitation_over(lang).to_owned() } else { tr::invitation_until(lang, until) };
    let ways = own.may_grant(row.role).then(|| {
        let way = |action: ServerAction<ChangeInvitation>, again: bool, words: &'static str, class: &'static str| {
            view! {
                <ActionForm action>
                    <input type="hidden" name="lang" value=lang.code()/>
                    <input type="hidden" name="invitation" value=row.id.to_string()/>
                    <input type="hidden" name="again" value=again.to_string()/>
                    <button class=class>{words}</button>
                </ActionForm>
            }
        };
        view! {
            <div class="flex flex-wrap gap-2">
                {way(actions.resend, true, tr::send_again(lang), "btn")}
                {way(actions.revoke, false, tr::revoke(lang), Tone::Danger.class())}
            </div>
        }
    });
    view! {
        <li class="card card-pad grid gap-2">
            <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span class="font-semibold break-words min-w-0">{row.email}</span>
                <Badge tint=Tint::Sky>{words::role(lang, row.role)}</Badge>
            </div>
            <p class="text-sm text-muted">{state}</p>
            {ways}
        </li>
    }
    .into_any()
}
