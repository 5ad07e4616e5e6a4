//! Who bought of a departure, for whoever must tell them that it does not run.
use super::queries;
use crate::{
    accounts::{Actor, Forbidden},
    kernel::Ctx,
};
use sapar_shared::{dto::editor::Affected, ids::DepartureId, roles::Permission};
use sqlx::PgConnection;

#[derive(Debug, thiserror::Error)]
pub enum AffectedError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Paid orders with places on the departure, by name; a bus full at the most. `None`: the organisation has no such departure.
pub async fn affected(
    conn: &mut PgConnection,
    _: &Ctx,
    actor: &Actor,
    departure: DepartureId,
) -> Result<Option<Vec<Affected>>, AffectedError> {
    let organisation = actor.require(Permission::EditListings)?;
    if !queries::has_departure(&mut *conn, organisation, departure).await? {
        return Ok(None);
    }
    Ok(Some(queries::affected(conn, organisation, departure).await?))
}
