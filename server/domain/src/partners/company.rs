//! Name and BIN once they are locked, and why an organisation is blocked.
use super::{PartnerError, queries_changes, queries_moderation};
use crate::{accounts::Actor, kernel::Ctx};
use jiff::SignedDuration;
use sapar_shared::{
    dto::organisation::{CompanyState, OrganisationStatus},
    roles::Permission,
};
use sqlx::PgConnection;

/// For so long the page shows that a request was rejected.
const REFUSAL_SHOWN: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Whoever may edit the organisation sees what was asked; whoever may ask is told so.
pub async fn company(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor) -> Result<CompanyState, PartnerError> {
    let organisation = actor.require(Permission::EditOrganisation)?;
    let (_, role) = actor.member()?;
    let (name, bin, status) = queries_changes::company(&mut *conn, organisation).await?.ok_or(PartnerError::NotFound)?;
    let locked = matches!(status, OrganisationStatus::Active | OrganisationStatus::Blocked);
    let asked = queries_changes::latest(conn, organisation, ctx.now() - REFUSAL_SHOWN).await?;
    Ok(CompanyState { name, bin: bin.unwrap_or_default(), asked, may_ask: locked && role.may(Permission::RequestChange) })
}

/// `None` where it is not blocked, and for those who could do nothing about it.
pub async fn block_remark(conn: &mut PgConnection, _: &Ctx, actor: &Actor) -> Result<Option<String>, PartnerError> {
    if actor.organisation_status != Some(OrganisationStatus::Blocked) {
        return Ok(None);
    }
    let Ok(organisation) = actor.require(Permission::EditOrganisation) else { return Ok(None) };
    Ok(queries_moderation::block_remark(conn, organisation).await?)
}
