//! Ending somebody's membership.
use super::{PartnerError, jobs::Notice, queries_members, tell::tell};
use crate::{
    accounts::{Actor, Forbidden},
    kernel::Ctx,
};
use sapar_shared::{ids::AccountId, roles::Permission};
use sqlx::PgConnection;

/// At once: with the membership goes the organisation of each of their sessions. Whoever is no member is removed already;
/// whoever was one is told.
pub async fn remove_member(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, account: AccountId) -> Result<(), PartnerError> {
    let organisation = actor.require(Permission::ManageMembers)?;
    let (_, own) = actor.member()?;
    let Some(role) = queries_members::lock_member(&mut *conn, organisation, account).await? else { return Ok(()) };
    if !own.may_grant(role) {
        return Err(Forbidden.into());
    }
    queries_members::delete_member(&mut *conn, organisation, account).await?;
    Ok(tell(conn, ctx, organisation, account, Notice::Removed).await?)
}
