//! Asking for another name or BIN, once contracts and tickets name the old ones.
use super::{PartnerError, queries, queries_changes};
use crate::{
    accounts::{Actor, Proven},
    kernel::{Ctx, db::OnConstraint as _},
};
use sapar_shared::{
    dto::organisation::{OrganisationStatus, Refusal},
    forms::organisation::ChangeForm,
    ids::OrganisationChangeId,
    roles::Permission,
};
use sqlx::PgConnection;

/// Waits for a moderator; what was asked before and waits still is withdrawn. A blocked organisation may ask, too: a wrong BIN may
/// be why it is blocked. The password is wanted as for the money's account: a stranger at an open browser must not rename it. A BIN
/// that is free now is not kept free: whoever is approved first has it.
pub async fn request_change(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    proven: Option<&Proven>,
    form: &ChangeForm,
) -> Result<(), PartnerError> {
    let organisation = actor.require(Permission::RequestChange)?;
    let account = actor.person()?;
    let change = form.validate().map_err(PartnerError::Form)?;
    let now = queries::lock(&mut *conn, organisation).await?.ok_or(PartnerError::NotFound)?;
    if !proven.is_some_and(|proven| proven.is_of(actor)) {
        return Err(PartnerError::ProofWanted);
    }
    // Before activation both are simply saved.
    if !matches!(now.status, OrganisationStatus::Active | OrganisationStatus::Blocked) {
        return Err(PartnerError::NotFound);
    }
    let name = (change.company.name != now.name).then_some(change.company.name.as_str());
    let bin = Some(change.company.bin.as_str()).filter(|bin| now.bin.as_deref() != Some(*bin));
    if name.is_none() && bin.is_none() {
        return Err(PartnerError::Refused(Refusal::NothingNew));
    }
    if let Some(bin) = bin
        && queries_changes::bin_taken(&mut *conn, organisation, bin).await?
    {
        return Err(PartnerError::Refused(Refusal::BinTaken));
    }
    queries_changes::withdraw(&mut *conn, organisation, ctx.now()).await?;
    let new = queries_changes::NewChange {
        id: OrganisationChangeId(ctx.id()),
        organisation,
        account,
        name,
        bin,
        name_was: &now.name,
        bin_was: now.bin.as_deref(),
        reason: &change.reason,
        now: ctx.now(),
    };
    queries_changes::insert(conn, &new).await.on_constraint("organisation_changes_after_activation", || PartnerError::NotFound)
}
