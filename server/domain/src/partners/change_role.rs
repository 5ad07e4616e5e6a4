//! Giving a member another role.
use super::{PartnerError, queries_members};
use crate::{
    accounts::{Actor, Forbidden},
    kernel::Ctx,
};
use sapar_shared::{
    ids::AccountId,
    roles::{Permission, Role},
};
use sqlx::PgConnection;

/// Both the role that is taken and the one that is given must be the actor's to grant.
pub async fn change_role(
    conn: &mut PgConnection,
    _: &Ctx,
    actor: &Actor,
    account: AccountId,
    role: Role,
) -> Result<(), PartnerError> {
    let organisation = actor.require(Permission::ManageMembers)?;
    let (_, own) = actor.member()?;
    let now = queries_members::lock_member(&mut *conn, organisation, account).await?.ok_or(PartnerError::NotFound)?;
    if !own.may_grant(now) || !own.may_grant(role) {
        return Err(Forbidden.into());
    }
    Ok(queries_members::set_role(conn, organisation, account, role).await?)
}
