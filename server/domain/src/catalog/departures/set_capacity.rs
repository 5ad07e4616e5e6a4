//! More places, or fewer.
use super::{coming, lock};
use crate::{
    accounts::Actor,
    catalog::{
        editing::{EditError, none_of, wrong},
        refresh_listings,
    },
    inventory::{self, CapacityError},
    kernel::Ctx,
};
use sapar_shared::{
    dto::editor::{MAX_CAPACITY, MAX_DEPARTURES, ProblemKind, StockRefusal},
    ids::{DepartureId, ListingId},
};
use sqlx::PgConnection;

/// Of several departures at once: all get so many places, or none does.
pub async fn set_capacity(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    ids: &[DepartureId],
    capacity: i32,
) -> Result<(), EditError> {
    let rows = lock(&mut *conn, actor, ids).await?;
    let mut refused = Vec::new();
    if !(1..=MAX_CAPACITY).contains(&capacity) {
        refused.push(wrong("capacity", ProblemKind::Malformed));
    }
    if rows.is_empty() {
        refused.push(wrong("departures", ProblemKind::Missing));
    }
    if rows.len() > MAX_DEPARTURES {
        refused.push(wrong("departures", ProblemKind::TooMany));
    }
    none_of(refused)?;
    rows.iter().try_for_each(|row| coming(ctx, row))?;
    let departures: Vec<DepartureId> = rows.iter().map(|row| row.id.into()).collect();
    inventory::set_capacity(&mut *conn, &departures, capacity).await.map_err(|error| match error {
        CapacityError::BelowTaken { departure, taken } => {
            let starts_at = rows.iter().find(|row| row.id == departure.0).map(|row| row.starts_at.to_jiff());
            EditError::Stock(match starts_at.filter(|_| rows.len() > 1) {
                Some(starts_at) => StockRefusal::BelowTakenOn { starts_at, taken },
                None => StockRefusal::BelowTaken { taken },
            })
        }
        CapacityError::Database(error) => error.into(),
    })?;
    let mut listings: Vec<ListingId> = rows.iter().map(|row| row.listing_id.into()).collect();
    listings.sort_unstable();
    listings.dedup();
    refresh_listings(conn, ctx, &listings).await?;
    Ok(())
}
