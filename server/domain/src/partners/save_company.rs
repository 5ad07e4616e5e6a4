//! Name and BIN, as long as nobody relies on them.
use super::{PartnerError, queries, start::free_slug, submit::promote};
use crate::{
    accounts::Actor,
    kernel::{Ctx, db::OnConstraint as _},
};
use sapar_shared::{
    dto::organisation::{OrganisationStatus, Refusal},
    forms::organisation::CompanyForm,
    roles::Permission,
};
use sqlx::PgConnection;

/// Until activation; then contracts and tickets name them, and one asks for another (`request_change`).
pub async fn save_company(conn: &mut PgConnection, _: &Ctx, actor: &Actor, form: &CompanyForm) -> Result<(), PartnerError> {
    let organisation = actor.require(Permission::EditOrganisation)?;
    let company = form.validate().map_err(PartnerError::Form)?;
    let confirmed = queries::owner_confirmed(&mut *conn, organisation).await?;
    let now = queries::lock(&mut *conn, organisation).await?.ok_or(PartnerError::NotFound)?;
    let renamed = now.name != company.name;
    if !matches!(now.status, OrganisationStatus::Draft | OrganisationStatus::AwaitingCall) {
        let same = !renamed && now.bin.as_deref() == Some(company.bin.as_str());
        return if same { Ok(()) } else { Err(PartnerError::Refused(Refusal::Locked)) };
    }
    let slug = if renamed { free_slug(&mut *conn, organisation, &company.name).await? } else { now.slug };
    queries::set_company(&mut *conn, organisation, &slug, &company)
        .await
        .on_constraint("organisations_bin_unique", || PartnerError::Refused(Refusal::BinTaken))?;
    // A draft that was sent may have waited for the right BIN only.
    if now.submitted && confirmed {
        promote(conn, organisation).await?;
    }
    Ok(())
}
