//! Writing down that somebody is told, in the transaction of what they are told of.
use super::{
    jobs::{MailNotice, Notice},
    queries_members,
};
use crate::kernel::{Ctx, jobs};
use sapar_shared::ids::{AccountId, OrganisationId};
use sqlx::PgConnection;

pub(super) async fn tell(
    conn: &mut PgConnection,
    ctx: &Ctx,
    organisation: OrganisationId,
    to: AccountId,
    notice: Notice,
) -> sqlx::Result<()> {
    jobs::enqueue(conn, ctx, &MailNotice { id: ctx.id(), organisation, to, notice }, ctx.now()).await
}

/// Whoever owns it now; nobody where it has no owner.
pub(super) async fn tell_owner(
    conn: &mut PgConnection,
    ctx: &Ctx,
    organisation: OrganisationId,
    notice: Notice,
) -> sqlx::Result<()> {
    match queries_members::owner(&mut *conn, organisation).await? {
        Some(owner) => tell(conn, ctx, organisation, owner, notice).await,
        None => Ok(()),
    }
}
