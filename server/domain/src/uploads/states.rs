//! How far pictures are.
use super::{UploadError, queries};
use crate::{
    accounts::{Actor, Forbidden},
    kernel::Ctx,
};
use sapar_shared::{
    dto::editor::UploadView,
    ids::{OrganisationId, UploadId},
    roles::Permission,
};
use sqlx::PgConnection;

/// The organisation whose pictures the actor may edit, of whatever purpose.
pub(super) fn organisation(actor: &Actor) -> Result<OrganisationId, Forbidden> {
    actor.require(Permission::EditListings).or_else(|_| actor.require(Permission::EditOrganisation))
}

/// Those of `ids` that are the organisation's.
pub async fn states(
    conn: &mut PgConnection,
    _ctx: &Ctx,
    actor: &Actor,
    ids: &[UploadId],
) -> Result<Vec<UploadView>, UploadError> {
    Ok(queries::views(conn, organisation(actor)?, ids).await?)
}
