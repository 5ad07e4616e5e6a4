//! "Send": the draft is complete, and a moderator will call.
use super::{PartnerError, queries};
use crate::{
    accounts::Actor,
    kernel::{Ctx, db::OnConstraint as _},
};
use sapar_shared::{
    dto::organisation::{OrganisationStatus, Refusal},
    ids::OrganisationId,
    roles::Permission,
};
use sqlx::PgConnection;

/// Where the organisation stands then: a draft still, as long as its owner's e-mail is not confirmed. Once it is, the database
/// moves it on (`owner_is_confirmed`). Whatever is past a draft stays as it is.
pub async fn submit(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor) -> Result<OrganisationStatus, PartnerError> {
    let organisation = actor.require(Permission::EditOrganisation)?;
    // The account first, as whoever confirms it: so one of both sees what the other did.
    let confirmed = queries::owner_confirmed(&mut *conn, organisation).await?;
    let now = queries::lock(&mut *conn, organisation).await?.ok_or(PartnerError::NotFound)?;
    if now.status != OrganisationStatus::Draft {
        return Ok(now.status);
    }
    queries::set_submitted(&mut *conn, organisation, ctx.now())
        .await
        .on_constraint("organisations_complete", || PartnerError::Refused(Refusal::Incomplete))?;
    if confirmed {
        promote(conn, organisation).await?;
        return Ok(OrganisationStatus::AwaitingCall);
    }
    if queries::bin_taken(conn, organisation).await? {
        return Err(PartnerError::Refused(Refusal::BinTaken));
    }
    Ok(OrganisationStatus::Draft)
}

/// Of a draft that was sent and whose owner is confirmed.
pub(super) async fn promote(conn: &mut PgConnection, organisation: OrganisationId) -> Result<(), PartnerError> {
    queries::promote(conn, organisation)
        .await
        .on_constraint("organisations_bin_unique", || PartnerError::Refused(Refusal::BinTaken))
}
