//! The moderator has called: the organisation may publish and sell.
use super::{
    ModerationError,
    jobs::{MailActivation, Notice},
    queries_moderation,
    tell::tell_owner,
};
use crate::kernel::{Ctx, jobs};
use sapar_shared::dto::organisation::OrganisationStatus;
use sqlx::PgConnection;

/// For the operator at the server, who is nobody's `Actor`; no page calls it. Ends a block, too, and shows again what that hid.
/// Returns whether anything changed; the owner is told.
pub async fn activate(conn: &mut PgConnection, ctx: &Ctx, slug: &str) -> Result<bool, ModerationError> {
    let found = queries_moderation::lock_by_slug(&mut *conn, slug).await?.ok_or(ModerationError::NotFound)?;
    if found.status == OrganisationStatus::Active {
        return Ok(false);
    }
    if !found.status.may_become(OrganisationStatus::Active) {
        return Err(if found.submitted { ModerationError::NotConfirmed } else { ModerationError::NotSent });
    }
    if found.bin_lost {
        return Err(ModerationError::BinLost);
    }
    queries_moderation::set_active(&mut *conn, found.id, ctx.now()).await?;
    queries_moderation::tell_of_published(&mut *conn, found.id).await?;
    if found.status == OrganisationStatus::AwaitingCall {
        jobs::enqueue(conn, ctx, &MailActivation { organisation: found.id }, ctx.now()).await?;
    } else {
        tell_owner(conn, ctx, found.id, Notice::ActiveAgain).await?;
    }
    Ok(true)
}
