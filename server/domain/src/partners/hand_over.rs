//! Giving the organisation into other hands.
use super::{PartnerError, queries_members};
use crate::{
    accounts::{Actor, Forbidden, Proven},
    kernel::Ctx,
};
use sapar_shared::{
    ids::AccountId,
    roles::{Permission, Role},
};
use sqlx::PgConnection;

/// To a member; the old owner becomes a manager.
pub async fn hand_over(
    conn: &mut PgConnection,
    _: &Ctx,
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
    Ok(queries_members::set_role(conn, organisation, to, Role::Owner).await?)
}
