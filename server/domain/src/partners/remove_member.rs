//! Ending somebody's membership.
use super::{PartnerError, queries_members};
use crate::{
    accounts::{Actor, Forbidden},
    kernel::Ctx,
};
use sapar_shared::{ids::AccountId, roles::Permission};
use sqlx::PgConnection;

/// At once: with the membership goes the organisation of each of their sessions. Whoever is no member is removed already.
pub async fn remove_member(conn: &mut PgConnection, _: &Ctx, actor: &Actor, account: AccountId) -> Result<(), PartnerError> {
    let organisation = actor.require(Permission::ManageMembers)?;
    let (_, own) = actor.member()?;
    let Some(role) = queries_members::lock_member(&mut *conn, organisation, account).await? else { return Ok(()) };
    if !own.may_grant(role) {
        return Err(Forbidden.into());
    }
    Ok(queries_members::delete_member(conn, organisation, account).await?)
}
