//! Places that the partner sold outside of Sapar: taken out of stock without tickets.
use super::queries;
use crate::{
    accounts::{Actor, Forbidden},
    kernel::{
        Ctx,
        events::{self, Event},
    },
};
use sapar_shared::{dto::desk::ElsewhereRow, ids::DepartureId, roles::Permission};
use sqlx::PgConnection;

#[derive(Debug, thiserror::Error)]
pub enum ElsewhereError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error("no such departure")]
    NotFound,
    /// Another member was faster: so many are counted now.
    #[error("{now} are counted now")]
    Changed { now: i32 },
    #[error("{left} places are left")]
    SoldOut { left: i32 },
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Counts `becomes` places of the departure as sold elsewhere, which were `was` when they were looked at. Saying the same twice
/// changes nothing. The caller has a transaction.
pub async fn sell_elsewhere(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    departure: DepartureId,
    was: i32,
    becomes: i32,
) -> Result<i32, ElsewhereError> {
    let organisation = actor.require(Permission::SellForCash)?;
    let own = queries::lock_own(&mut *conn, organisation, departure).await?.ok_or(ElsewhereError::NotFound)?;
    if own.elsewhere == becomes {
        return Ok(becomes);
    }
    if own.elsewhere != was {
        return Err(ElsewhereError::Changed { now: own.elsewhere });
    }
    let left = own.free + own.elsewhere;
    if !(0..=left).contains(&becomes) {
        return Err(ElsewhereError::SoldOut { left: own.free.max(0) });
    }
    queries::set_elsewhere(&mut *conn, own.id, departure, (was, becomes), &actor.name, ctx.now()).await?;
    events::notify(&mut *conn, Event::Listing(own.listing)).await?;
    events::notify(conn, Event::Day(organisation)).await?;
    Ok(becomes)
}

/// The last changes, the newest first.
pub async fn elsewhere_history(
    conn: &mut PgConnection,
    _ctx: &Ctx,
    actor: &Actor,
    departure: DepartureId,
) -> Result<Vec<ElsewhereRow>, ElsewhereError> {
    let organisation = actor.require(Permission::SellForCash)?;
    Ok(queries::elsewhere_history(conn, organisation, departure).await?)
}
