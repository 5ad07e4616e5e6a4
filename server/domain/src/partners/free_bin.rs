//! The moderator's word that a BIN is not that organisation's.
use super::{ModerationError, block::block, queries_claims, queries_moderation};
use crate::kernel::Ctx;
use sqlx::PgConnection;

/// As `block`, for good until it has asked for a BIN of its own and that was approved. The BIN is free for whoever it belongs to.
pub async fn free_bin(conn: &mut PgConnection, ctx: &Ctx, slug: &str, remark: &str) -> Result<(), ModerationError> {
    block(&mut *conn, ctx, slug, remark).await?;
    let found = queries_moderation::lock_by_slug(&mut *conn, slug).await?.ok_or(ModerationError::NotFound)?;
    Ok(queries_claims::set_lost(conn, found.id, ctx.now()).await?)
}
