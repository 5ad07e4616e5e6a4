//! Where the organisation is and what it says of itself.
use super::{PartnerError, queries};
use crate::{
    accounts::Actor,
    kernel::{Ctx, db::OnConstraint as _},
};
use sapar_shared::{
    dto::organisation::Refusal,
    forms::{FieldError, organisation::ProfileForm},
    roles::Permission,
};
use sqlx::PgConnection;

/// Languages that the form does not name keep their text.
pub async fn save_profile(conn: &mut PgConnection, _: &Ctx, actor: &Actor, form: &ProfileForm) -> Result<(), PartnerError> {
    let organisation = actor.require(Permission::EditOrganisation)?;
    let profile = form.validate().map_err(PartnerError::Form)?;
    let city = queries::city(&mut *conn, &profile.city).await?;
    let city = city.ok_or_else(|| PartnerError::Form(vec![("city".to_owned(), FieldError::Choice)]))?;
    queries::set_profile(conn, organisation, city, &profile)
        .await
        .on_constraint("organisations_complete", || PartnerError::Refused(Refusal::Incomplete))
}
