//! Taking an organisation out of the public.
use super::{ModerationError, queries, remark};
use crate::kernel::Ctx;
use sapar_shared::dto::organisation::OrganisationStatus;
use sqlx::PgConnection;

/// As `activate`, for the operator only. Its listings are hidden and sell nothing; tickets that were sold stay good. Whoever may
/// edit it reads the remark; of one that is blocked already, the new remark. Returns whether it was blocked by this.
pub async fn block(conn: &mut PgConnection, ctx: &Ctx, slug: &str, remark: &str) -> Result<bool, ModerationError> {
    let remark = remark::checked(remark)?;
    let found = queries::lock_by_slug(&mut *conn, slug).await?.ok_or(ModerationError::NotFound)?;
    if found.status == OrganisationStatus::Blocked {
        queries::set_block_remark(conn, found.id, &remark).await?;
        return Ok(false);
    }
    if !found.status.may_become(OrganisationStatus::Blocked) {
        return Err(ModerationError::NotBlockable(found.status));
    }
    // Told before they are hidden, heard after the commit.
    queries::tell_of_published(&mut *conn, found.id).await?;
    queries::set_blocked(conn, found.id, &remark, ctx.now()).await?;
    Ok(true)
}
