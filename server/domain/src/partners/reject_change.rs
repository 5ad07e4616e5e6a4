//! The moderator's no to another name or BIN.
use super::{
    ModerationError,
    approve_change::{Change, waiting},
    jobs::MailChange,
    queries_changes, remark,
};
use crate::kernel::{Ctx, jobs};
use sapar_shared::ids::OrganisationChangeId;
use sqlx::PgConnection;

/// As `approve_change`; all stays as it is, and the owner reads the remark.
pub async fn reject_change(
    conn: &mut PgConnection,
    ctx: &Ctx,
    slug: &str,
    request: Option<OrganisationChangeId>,
    remark: &str,
) -> Result<Change, ModerationError> {
    let remark = remark::checked(remark)?;
    let (_, change) = waiting(&mut *conn, slug, request).await?;
    queries_changes::reject(&mut *conn, change.id, &remark, ctx.now()).await?;
    jobs::enqueue(conn, ctx, &MailChange { change: change.id }, ctx.now()).await?;
    Ok(change)
}
