//! Taking an organisation out of the public.
use super::{ModerationError, queries};
use crate::kernel::Ctx;
use sapar_shared::dto::organisation::OrganisationStatus;
use sqlx::PgConnection;

/// As `activate`, for the operator only. Its listings are hidden and sell nothing; tickets that were sold stay good. Returns
/// whether anything changed.
pub async fn block(conn: &mut PgConnection, ctx: &Ctx, slug: &str) -> Result<bool, ModerationError> {
    let found = queries::lock_by_slug(&mut *conn, slug).await?.ok_or(ModerationError::NotFound)?;
    if found.status == OrganisationStatus::Blocked {
        return Ok(false);
    }
    if !found.status.may_become(OrganisationStatus::Blocked) {
        return Err(ModerationError::NotBlockable(found.status));
    }
    // Told before they are hidden, heard after the commit.
    queries::tell_of_published(&mut *conn, found.id).await?;
    queries::set_blocked(conn, found.id, ctx.now()).await?;
    Ok(true)
}
