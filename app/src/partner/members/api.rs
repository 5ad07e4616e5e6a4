//! Members and invitations. Whom one may invite, change and remove is the domain's to say.
use crate::error::Tried;
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::{Lang, dto::organisation::MembersPage};

/// `after` is a page's `next`, or empty.
#[server(prefix = "/fn", endpoint = "cabinet-members", output = Wire)]
pub async fn load_members(after: String) -> Tried<MembersPage> {
    Ok(server::load(&after).await)
}

/// `role` is a role's word.
#[server(prefix = "/fn", endpoint = "cabinet-members-invite", output = Wire)]
pub async fn invite_member(lang: Lang, email: String, role: String) -> Tried<()> {
    crate::partner::api::done(server::invite(lang, email, role).await, &sapar_shared::paths::partner_members(lang))
}

/// `again`: send it once more, else take it back.
#[server(prefix = "/fn", endpoint = "cabinet-members-invitation", output = Wire)]
pub async fn change_invitation(lang: Lang, invitation: String, again: bool) -> Tried<()> {
    crate::partner::api::done(server::invitation(&invitation, again).await, &sapar_shared::paths::partner_members(lang))
}

#[server(prefix = "/fn", endpoint = "cabinet-members-role", output = Wire)]
pub async fn change_member_role(lang: Lang, account: String, role: String) -> Tried<()> {
    crate::partner::api::done(server::role(&account, &role).await, &sapar_shared::paths::partner_members(lang))
}

#[server(prefix = "/fn", endpoint = "cabinet-members-remove", output = Wire)]
pub async fn remove_member(lang: Lang, account: String) -> Tried<()> {
    crate::partner::api::done(server::remove(&account).await, &sapar_shared::paths::partner_members(lang))
}

#[server(prefix = "/fn", endpoint = "cabinet-members-leave", output = Wire)]
pub async fn leave_organisation(lang: Lang) -> Tried<()> {
    crate::partner::api::done(server::leave().await, &sapar_shared::paths::partner(lang))
}

/// The organisation gets another owner; asks for the password.
#[server(prefix = "/fn", endpoint = "cabinet-members-hand-over", output = Wire)]
pub async fn hand_over(lang: Lang, account: String, password: String) -> Tried<()> {
    crate::partner::api::done(server::hand_over(&account, &password).await, &sapar_shared::paths::partner_members(lang))
}

#[cfg(feature = "ssr")]
mod server {
    use crate::{
        error::AppError,
        partner::api::{door, look, partner, partner_error, prove, within},
        request::unavailable,
    };
    use sapar_domain::partners;
    use sapar_shared::{
        Lang,
        dto::organisation::MembersPage,
        forms::{FieldError, organisation::InviteForm},
        ids::AccountId,
        roles::{Permission, Role},
    };

    fn account_of(text: &str) -> Result<AccountId, AppError> {
        text.parse().map_err(|_| AppError::NotFound)
    }

    pub(super) async fn load(after: &str) -> Result<MembersPage, AppError> {
        let after = Some(after).filter(|after| !after.is_empty());
        look!(partner, |conn, ctx, actor| partners::members(conn, ctx, actor, after))
    }

    pub(super) async fn invite(lang: Lang, email: String, role: String) -> Result<(), AppError> {
        within!(partner, |conn, ctx, actor| partners::invite(conn, ctx, actor, lang, &InviteForm { email, role })).map(drop)
    }

    pub(super) async fn invitation(id: &str, again: bool) -> Result<(), AppError> {
        let id = id.parse().map_err(|_| AppError::NotFound)?;
        within!(partner, |conn, ctx, actor| async {
            if again {
                partners::resend_invitation(conn, ctx, actor, id).await
            } else {
                partners::revoke_invitation(conn, ctx, actor, id).await
            }
        })
    }

    pub(super) async fn role(account: &str, role: &str) -> Result<(), AppError> {
        let role = Role::parse(role).ok_or_else(|| AppError::Fields(vec![("role".to_owned(), FieldError::Choice)]))?;
        let account = account_of(account)?;
        within!(partner, |conn, ctx, actor| partners::change_role(conn, ctx, actor, account, role))
    }

    pub(super) async fn remove(account: &str) -> Result<(), AppError> {
        let account = account_of(account)?;
        within!(partner, |conn, ctx, actor| partners::remove_member(conn, ctx, actor, account))
    }

    pub(super) async fn leave() -> Result<(), AppError> {
        within!(partner, |conn, ctx, actor| partners::leave(conn, ctx, actor))
    }

    pub(super) async fn hand_over(account: &str, password: &str) -> Result<(), AppError> {
        let (actor, services) = door().await?;
        let account = account_of(account)?;
        let proven = prove(&services, &actor, Permission::HandOver, password).await?;
        let mut tx = services.begin().await.map_err(unavailable)?;
        partners::hand_over(&mut tx, &services.ctx, &actor, &proven, account).await.map_err(partner_error)?;
        tx.commit().await.map_err(unavailable)
    }
}
