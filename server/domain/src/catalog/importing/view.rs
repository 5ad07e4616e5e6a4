//! One import, for its page.
use super::{ImportError, queries};
use crate::{accounts::Actor, kernel::Ctx};
use sapar_shared::{
    dto::import::{ImportView, SHOWN_ERRORS},
    ids::ImportId,
    roles::Permission,
};
use sqlx::PgConnection;

/// With the first of its errors.
pub async fn view(conn: &mut PgConnection, _: &Ctx, actor: &Actor, id: ImportId) -> Result<ImportView, ImportError> {
    let organisation = actor.require(Permission::EditListings)?;
    let mut view = queries::view(conn, organisation.0, id.0).await?.ok_or(ImportError::NotFound)?;
    view.errors.truncate(SHOWN_ERRORS);
    Ok(view)
}
