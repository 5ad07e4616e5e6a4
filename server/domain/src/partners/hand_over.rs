//! Giving the organisation into other hands.
use super::{PartnerError, jobs::Notice, queries_members, tell::tell};
use crate::{
    accounts::{Actor, Forbidden, Proven},
    kernel::Ctx,
};
use sapar_shared::{
    ids::AccountId,
    roles::{Permission, Role},
};
use sqlx::PgConnection;

/// To a member; the old owner becomes a manager. Both are told: whoever did not do it shall know.
pub async fn hand_over(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    proven: &Proven,
    to: AccountId,
) -> Result<(), PartnerError> {
    let organisation = actor.require(Permission::HandOver)?;
    let own = actor.person()?;
    if !proven.is_of(actor) || own == to {
        return Err(Forbidden.into());
    }
    // Whoever handed over a moment ago in another tab owns nothing any more.
    if queries_members::lock_member(&mut *conn, organisation, own).await? != Some(Role::Owner) {
        return Err(Forbidden.into());
    }
    queries_members::lock_member(&mut *conn, organisation, to).await?.ok_or(PartnerError::NotFound)?;
    // Never two owners at a time: the old one goes first.
    queries_members::set_role(&mut *conn, organisation, own, Role::Manager).await?;
    queries_members::set_role(&mut *conn, organisation, to, Role::Owner).await?;
    tell(&mut *conn, ctx, organisation, own, Notice::HandedOver { to }).await?;
    Ok(tell(conn, ctx, organisation, to, Notice::TakenOver { from: own }).await?)
}
