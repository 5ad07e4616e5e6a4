//! Whom we call, and whom travellers call.
use super::{PartnerError, queries};
use crate::{accounts::Actor, kernel::Ctx};
use sapar_shared::{forms::checkout::ContactForm, roles::Permission};
use sqlx::PgConnection;

pub async fn save_contact(conn: &mut PgConnection, _: &Ctx, actor: &Actor, form: &ContactForm) -> Result<(), PartnerError> {
    let organisation = actor.require(Permission::EditOrganisation)?;
    let contact = form.validate().map_err(PartnerError::Form)?;
    Ok(queries::set_contact(conn, organisation, &contact).await?)
}
