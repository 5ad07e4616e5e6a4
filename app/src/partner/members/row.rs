//! One member, and what may be done with them.
use super::page::Actions;
use crate::{
    partner::words,
    ui::{Badge, Select, Tint, Tone},
};
use leptos::prelude::*;
use sapar_shared::{Lang, dto::organisation::MemberRow, roles::Role, tr::organisation as tr};

/// The roles that `own` may give, with their words.
pub(super) fn choices(lang: Lang, own: Role) -> Vec<(String, String)> {
    let may = Role::ALL.into_iter().filter(|role| own.may_grant(*role));
    may.map(|role| (role.as_str().to_owned(), format!("{}: {}", words::role(lang, role), words::role_help(lang, role)))).collect()
}

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
                <div class="grid gap-3 mt-3">
                    <ActionForm action=actions.role>
                        <div class="grid gap-3">
                            <input type="hidden" name="lang" value=lang.code()/>
                            <input type="hidden" name="account" value=account.to_string()/>
                            <label class="field">
                                <span class="field-label">{tr::role(lang)}</span>
                                <RoleSelect lang own selected=role/>
                            </label>
                            <button class="btn">{tr::change_role(lang)}</button>
                        </div>
                    </ActionForm>
                    <ActionForm action=actions.remove>
                        <div class="grid gap-2">
                            <input type="hidden" name="lang" value=lang.code()/>
                            <input type="hidden" name="account" value=account.to_string()/>
                            <p class="text-sm text-muted">{tr::remove_text(lang)}</p>
                            <button class=Tone::Danger.class()>{tr::remove(lang, &name)}</button>
                        </div>
                    </ActionForm>
                </div>
            </details>
        }
    });
    view! {
        <li class="card card-pad grid gap-2">
            <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span class="font-semibold wrap-anywhere min-w-0">{shown}</span>
                <Badge tint=if role == Role::Owner { Tint::Apricot } else { Tint::Sky }>{words::role(lang, role)}</Badge>
                {me.then(|| view! { <Badge>{tr::you(lang)}</Badge> })}
            </div>
            {email}
            {changes}
        </li>
    }
    .into_any()
}

/// Without an id of its own, for there is one in each row; the label stands around it.
#[component]
fn RoleSelect(lang: Lang, own: Role, selected: Role) -> impl IntoView {
    let options = choices(lang, own)
        .into_iter()
        .map(|(value, words)| {
            let chosen = value == selected.as_str();
            view! { <option value=value selected=chosen>{words}</option> }
        })
        .collect_view();
    view! { <select class="control" name="role">{options}</select> }
}

/// The choice of the role that somebody is invited to.
#[component]
pub(super) fn InvitedRole(lang: Lang, own: Role) -> impl IntoView {
    view! { <Select name="role" id_prefix="invite" label=tr::role(lang) options=choices(lang, own) selected=Role::Gate.as_str()/> }
}
