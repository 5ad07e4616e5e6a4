//! One member, and what may be done with them.
use super::{
    page::Actions,
    said::{Place, Said},
};
use crate::{
    partner::words,
    ui::{Badge, Tint, Tone},
};
use leptos::{
    ev::{Event, SubmitEvent},
    prelude::*,
};
use sapar_shared::{Lang, dto::organisation::MemberRow, ids::AccountId, roles::Role, tr::organisation as tr};

#[component]
pub(super) fn Member(lang: Lang, own: Role, member: MemberRow, actions: Actions) -> impl IntoView {
    let MemberRow { account, name, email, role, me } = member;
    let shown = name.clone();
    // Whoever tells no name is called by the e-mail.
    let email = (email != name).then(|| view! { <p class="text-sm text-muted wrap-anywhere">{email}</p> });
    let changes = (own.may_grant(role) && !me).then(|| {
        view! {
            <details>
                <summary class="btn btn-quiet">{tr::change_member(lang)}</summary>
                <div class="grid gap-4 mt-3">
                    <Change lang own account role name=name.clone() actions/>
                    <Remove lang account name actions/>
                </div>
            </details>
        }
    });
    view! {
        <li class="card card-pad grid grid-cols-1 gap-2">
            <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span class="font-semibold wrap-anywhere min-w-0">{shown}</span>
                <Badge tint=if role == Role::Owner { Tint::Apricot } else { Tint::Sky }>{words::role(lang, role)}</Badge>
                {me.then(|| view! { <Badge>{tr::you(lang)}</Badge> })}
            </div>
            {email}
            <Said doings=actions.doings place=Place::Member(account)/>
            {changes}
        </li>
    }
    .into_any()
}

#[component]
fn Change(lang: Lang, own: Role, account: AccountId, role: Role, name: String, actions: Actions) -> impl IntoView {
    let doings = actions.doings;
    let chosen = RwSignal::new(role);
    let place = Place::Member(account);
    let begin = move |_: SubmitEvent| {
        doings.begin(place, place, tr::role_changed(lang, &name, words::role(lang, chosen.try_get_untracked().unwrap_or(role))));
    };
    view! {
        <ActionForm action=actions.role on:submit:capture=begin>
            <div class="grid gap-3">
                <input type="hidden" name="lang" value=lang.code()/>
                <input type="hidden" name="account" value=account.to_string()/>
                <RoleSelect lang own id=format!("role-{account}") chosen/>
                <button class="btn" disabled=move || doings.busy.get()>{tr::change_role(lang)}</button>
            </div>
        </ActionForm>
    }
    .into_any()
}

/// Behind a second tap, which falls on another place than the first.
#[component]
fn Remove(lang: Lang, account: AccountId, name: String, actions: Actions) -> impl IntoView {
    let doings = actions.doings;
    let title = tr::remove(lang, &name);
    let begin = move |_: SubmitEvent| doings.begin(Place::Member(account), Place::Members, tr::removed(lang, &name));
    view! {
        <details>
            <summary class="btn btn-quiet wrap-anywhere">{title}</summary>
            <ActionForm action=actions.remove on:submit:capture=begin>
                <div class="grid gap-2 mt-3">
                    <input type="hidden" name="lang" value=lang.code()/>
                    <input type="hidden" name="account" value=account.to_string()/>
                    <p>
                        <span class="font-semibold">{tr::sure(lang)}</span>
                        " "
                        {tr::remove_text(lang)}
                    </p>
                    <button class=Tone::Danger.class() disabled=move || doings.busy.get()>{tr::remove_yes(lang)}</button>
                </div>
            </ActionForm>
        </details>
    }
    .into_any()
}

/// The roles that `own` may give. What the chosen one is for stands below: a phone cuts long options.
#[component]
pub(super) fn RoleSelect(lang: Lang, own: Role, id: String, chosen: RwSignal<Role>) -> impl IntoView {
    let help = format!("{id}-help");
    let first = chosen.get_untracked();
    let options = Role::ALL
        .into_iter()
        .filter(|role| own.may_grant(*role))
        .map(|role| {
            let selected = role == first;
            view! { <option value=role.as_str() selected=selected>{words::role(lang, role)}</option> }
        })
        .collect_view();
    let choose = move |ev: Event| {
        if let Some(role) = Role::parse(&event_target_value(&ev)) {
            chosen.set(role);
        }
    };
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{tr::role(lang)}</label>
            <select class="control" id=id name="role" aria-describedby=help.clone() on:change=choose>{options}</select>
            <p class="field-help" id=help aria-live="polite">{move || words::role_help(lang, chosen.get())}</p>
        </div>
    }
    .into_any()
}
