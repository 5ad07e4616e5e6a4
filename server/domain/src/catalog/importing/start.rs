//! The word that a checked file waits for.
use super::{ImportError, jobs::ImportTours, queries};
use crate::{
    accounts::Actor,
    kernel::{Ctx, jobs},
};
use sapar_shared::{dto::import::ImportState, ids::ImportId, roles::Permission};
use sqlx::PgConnection;

/// Hands it to a worker. Said twice, it is one import.
pub async fn start(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, id: ImportId) -> Result<(), ImportError> {
    let organisation = actor.require(Permission::EditListings)?;
    match queries::lock(&mut *conn, organisation.0, id.0).await?.ok_or(ImportError::NotFound)? {
        ImportState::Ready => {}
        ImportState::Queued | ImportState::Running => return Ok(()),
        state => return Err(ImportError::State(state)),
    }
    queries::queue(&mut *conn, id.0).await?;
    Ok(jobs::enqueue(conn, ctx, &ImportTours { import: id }, ctx.now()).await?)
}
