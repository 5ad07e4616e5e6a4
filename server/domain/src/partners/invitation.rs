//! What stands behind an invitation's link.
use super::{PartnerError, queries_invitations};
use crate::{
    accounts::Actor,
    kernel::{Ctx, keys::digest},
};
use sapar_shared::dto::organisation::{InvitationState, InvitationView};
use sqlx::PgConnection;

/// Whoever has the token may look: it was sent to the invited address only.
pub async fn invitation(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: Option<&Actor>,
    token: &str,
) -> Result<InvitationView, PartnerError> {
    let found = queries_invitations::find(conn, None, Some(&digest(token))).await?.ok_or(PartnerError::NotFound)?;
    let own = actor.and_then(|actor| actor.account);
    let state = match found.end(ctx.now()) {
        None => InvitationState::Open,
        Some(_) if own.is_some() && found.accepted_by == own => InvitationState::Accepted,
        Some(end) => InvitationState::Ended(end),
    };
    Ok(InvitationView {
        organisation: found.organisation_name,
        role: found.role,
        invited_by: found.invited_by,
        email: found.email,
        state,
        signed_in: actor.filter(|actor| actor.account.is_some()).map(|actor| actor.email.clone()),
    })
}
