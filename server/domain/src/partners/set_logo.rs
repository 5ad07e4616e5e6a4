//! The organisation's logo.
use super::{PartnerError, queries};
use crate::{
    accounts::Actor,
    kernel::{Ctx, db::OnConstraint as _},
};
use sapar_shared::{ids::UploadId, roles::Permission};
use sqlx::PgConnection;

/// One of the organisation's own uploads that was sent as a logo, or none. It shows once its sizes are made, and on the public
/// page only as long as the organisation is active.
pub async fn set_logo(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, logo: Option<UploadId>) -> Result<(), PartnerError> {
    let organisation = actor.require(Permission::EditOrganisation)?;
    let now = queries::lock(&mut *conn, organisation).await?.ok_or(PartnerError::NotFound)?;
    if now.logo == logo {
        return Ok(());
    }
    // Another's upload, or a tour's picture.
    let set: Result<(), PartnerError> = queries::set_logo(conn, organisation, now.logo, logo, ctx.now())
        .await
        .on_constraint("organisations_logo_is_logo", || PartnerError::NotFound);
    match set {
        Err(PartnerError::Database(error)) => Err(error).on_constraint("organisations_logo", || PartnerError::NotFound),
        other => other,
    }
}
