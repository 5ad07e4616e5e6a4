//! Taking an organisation out of the public.
use super::{ModerationError, jobs::Notice, queries_moderation, remark, tell::tell_owner};
use crate::kernel::Ctx;
use sapar_shared::dto::organisation::OrganisationStatus;
use sqlx::PgConnection;

/// As `activate`, for the operator only. Its listings are hidden and sell nothing; tickets that were sold stay good. Whoever may
/// edit it reads the remark, and so does the owner by mail; of one that is blocked already, the new remark. Returns whether it was
/// blocked by this.
pub async fn block(conn: &mut PgConnection, ctx: &Ctx, slug: &str, remark: &str) -> Result<bool, ModerationError> {
    let remark = remark::checked(remark)?;
    let found = queries_moderation::lock_by_slug(&mut *conn, slug).await?.ok_or(ModerationError::NotFound)?;
    if found.status == OrganisationStatus::Blocked {
        if queries_moderation::set_block_remark(&mut *conn, found.id, &remark).await? {
            tell_owner(conn, ctx, found.id, Notice::Blocked { remark }).await?;
        }
        return Ok(false);
    }
    if !found.status.may_become(OrganisationStatus::Blocked) {
        return Err(ModerationError::NotBlockable(found.status));
    }
    // Told before they are hidden, heard after the commit.
    queries_moderation::tell_of_published(&mut *conn, found.id).await?;
    queries_moderation::set_blocked(&mut *conn, found.id, &remark, ctx.now()).await?;
    tell_owner(conn, ctx, found.id, Notice::Blocked { remark }).await?;
    Ok(true)
}
