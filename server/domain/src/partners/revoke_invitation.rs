//! Taking an invitation back.
use super::{PartnerError, queries_invitations};
use crate::{
    accounts::{Actor, Forbidden},
    kernel::Ctx,
};
use sapar_shared::{ids::InvitationId, roles::Permission};
use sqlx::PgConnection;

pub async fn revoke_invitation(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, id: InvitationId) -> Result<(), PartnerError> {
    let organisation = actor.require(Permission::ManageMembers)?;
    let (_, own) = actor.member()?;
    let sent = queries_invitations::lock_open(&mut *conn, organisation, id).await?.ok_or(PartnerError::NotFound)?;
    if !own.may_grant(sent.role) {
        return Err(Forbidden.into());
    }
    Ok(queries_invitations::set_revoked(conn, id, ctx.now()).await?)
}
