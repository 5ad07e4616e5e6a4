//! Inviting, and invitations that are open.
use super::{
    page::Actions,
    row::RoleSelect,
    said::{Place, Said},
};
use crate::{
    partner::{
        form::{Answer, Errors},
        words,
    },
    ui::{Badge, Button, Card, Field, Tint, Tone},
};
use leptos::{ev::SubmitEvent, prelude::*};
use sapar_shared::{
    Lang, dto::organisation::InvitationRow, forms::organisation::InviteForm, ids::InvitationId, roles::Role,
    tr::organisation as tr, when,
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
pub(super) fn Invite(lang: Lang, own: Role, actions: Actions) -> impl IntoView {
    let (action, doings) = (actions.invite, actions.doings);
    let answer = Answer::derive(move || action.value().get());
    let pending = Signal::from(action.pending());
    let errors = Errors::new(lang, "invite");
    errors.follow(answer);
    let check = move |ev: SubmitEvent| {
        errors.check(&ev, |typed| InviteForm { email: typed("email"), role: typed("role") }.validate().map(drop));
        if !ev.default_prevented() {
            doings.begin(Place::Invite, Place::Invite, tr::invited(lang).to_owned());
        }
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
                    <RoleSelect lang own id="invite-role".to_owned() chosen=actions.invited_role/>
                    <Said doings place=Place::Invite/>
                    <Button tone=Tone::Action disabled=doings.busy>
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
    let rows = move || invitations.clone();
    view! {
        <section class="grid grid-cols-1 gap-3" aria-labelledby="invitations">
            <h2 id="invitations">{tr::invitations(lang)}</h2>
            <ul class="grid grid-cols-1 gap-3">
                <For each=rows key=|row| row.id let:row>
                    <Invitation lang own row actions/>
                </For>
            </ul>
        </section>
    }
    .into_any()
}

#[component]
fn Invitation(lang: Lang, own: Role, row: InvitationRow, actions: Actions) -> impl IntoView {
    let InvitationRow { id, email, role, expires_at, ended } = row;
    let until = when::day_month(lang, when::local(expires_at).date());
    let state = if ended { tr::invitation_over(lang).to_owned() } else { tr::invitation_until(lang, until) };
    let shown = email.clone();
    let ways = own.may_grant(role).then(|| view! { <Ways lang id email actions/> });
    view! {
        <li class="card card-pad grid grid-cols-1 gap-2">
            <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span class="font-semibold wrap-anywhere min-w-0">{shown}</span>
                <Badge tint=Tint::Sky>{words::role(lang, role)}</Badge>
            </div>
            <p class="text-sm text-muted">{state}</p>
            <Said doings=actions.doings place=Place::Invitation(id)/>
            {ways}
        </li>
    }
    .into_any()
}

/// Sending it again; and, behind a second tap, taking it back.
#[component]
fn Ways(lang: Lang, id: InvitationId, email: String, actions: Actions) -> impl IntoView {
    let doings = actions.doings;
    let here = Place::Invitation(id);
    let send = move |_: SubmitEvent| doings.begin(here, here, tr::invited(lang).to_owned());
    let revoke = move |_: SubmitEvent| doings.begin(here, Place::Invitations, tr::revoked(lang, &email));
    view! {
        <div class="grid gap-2 justify-items-start">
            <ActionForm action=actions.resend on:submit:capture=send>
                <Sent lang id again=true/>
                <button class="btn" disabled=move || doings.busy.get()>{tr::send_again(lang)}</button>
            </ActionForm>
            <details>
                <summary class="btn btn-quiet">{tr::revoke(lang)}</summary>
                <ActionForm action=actions.revoke on:submit:capture=revoke>
                    <Sent lang id again=false/>
                    <div class="grid gap-2 mt-3">
                        <p>
                            <span class="font-semibold">{tr::sure(lang)}</span>
                            " "
                            {tr::revoke_text(lang)}
                        </p>
                        <button class=Tone::Danger.class() disabled=move || doings.busy.get()>{tr::revoke_yes(lang)}</button>
                    </div>
                </ActionForm>
            </details>
        </div>
    }
    .into_any()
}

/// What both forms send: what `change_invitation` takes.
#[component]
fn Sent(lang: Lang, id: InvitationId, again: bool) -> impl IntoView {
    view! {
        <input type="hidden" name="lang" value=lang.code()/>
        <input type="hidden" name="invitation" value=id.to_string()/>
        <input type="hidden" name="again" value=again.to_string()/>
    }
}
