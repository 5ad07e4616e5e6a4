//! What is wrong with a file, for the file itself.
use super::{ImportError, queries};
use crate::{accounts::Actor, kernel::Ctx};
use sapar_shared::{dto::import::ImportState, ids::ImportId, roles::Permission, sheets::CellError};
use sqlx::PgConnection;

/// The file's name and all that is kept of its errors; of a faulty one only.
pub async fn errors(
    conn: &mut PgConnection,
    _: &Ctx,
    actor: &Actor,
    id: ImportId,
) -> Result<(String, Vec<CellError>), ImportError> {
    let organisation = actor.require(Permission::EditListings)?;
    let view = queries::view(conn, organisation.0, id.0).await?.ok_or(ImportError::NotFound)?;
    match view.row.state {
        ImportState::Faulty => Ok((view.row.file_name, view.errors)),
        state => Err(ImportError::State(state)),
    }
}
