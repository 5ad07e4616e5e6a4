//! The five ways in which places move between free, held and sold.
use super::{InventoryError, Left, Places, queries};
use queries::Counter;
use sqlx::PgConnection;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Free → held.
pub async fn hold(conn: &mut PgConnection, places: &[Places]) -> Result<(), InventoryError> {
    shift(conn, places, 1, 0).await
}

/// Held → free.
pub async fn release(conn: &mut PgConnection, places: &[Places]) -> Result<(), InventoryError> {
    shift(conn, places, -1, 0).await
}

/// Held → sold.
pub async fn sell_held(conn: &mut PgConnection, places: &[Places]) -> Result<(), InventoryError> {
    shift(conn, places, -1, 1).await
}

/// Free → sold: for money that came after its hold had ended.
pub async fn sell_now(conn: &mut PgConnection, places: &[Places]) -> Result<(), InventoryError> {
    shift(conn, places, 0, 1).await
}

/// Sold → free.
pub async fn give_back(conn: &mut PgConnection, places: &[Places]) -> Result<(), InventoryError> {
    shift(conn, places, 0, -1).await
}

/// For a transaction that moves places more than once: without it, two that meet on the same counters in opposite order
/// would wait for each other.
pub async fn lock(conn: &mut PgConnection, places: &[Places]) -> Result<(), InventoryError> {
    counters(conn, places).await.map(drop)
}

async fn counters(conn: &mut PgConnection, places: &[Places]) -> Result<Vec<Counter>, InventoryError> {
    let departures: Vec<Uuid> = places.iter().map(|p| p.departure.0).collect();
    let ticket_types: Vec<Uuid> = places.iter().map(|p| p.ticket_type.0).collect();
    Ok(queries::lock(conn, &departures, &ticket_types).await?)
}

async fn shift(conn: &mut PgConnection, places: &[Places], held: i32, sold: i32) -> Result<(), InventoryError> {
    let counters = counters(&mut *conn, places).await?;
    let every_departure_counted =
        places.iter().all(|p| counters.iter().any(|c| c.departure_id == p.departure.0 && c.ticket_type_id.is_none()));
    if !every_departure_counted {
        return Err(InventoryError::NoStock);
    }
    if held + sold > 0 {
        check_free(&counters, places)?;
    }
    let wanted = wanted(places);
    let departures: Vec<Uuid> = wanted.iter().map(|((departure, _), _)| *departure).collect();
    let ticket_types: Vec<Option<Uuid>> = wanted.iter().map(|((_, ticket_type), _)| *ticket_type).collect();
    let helds: Vec<i32> = wanted.values().map(|n| n * held).collect();
    let solds: Vec<i32> = wanted.values().map(|n| n * sold).collect();
    queries::add(conn, &departures, &ticket_types, &helds, &solds).await?;
    Ok(())
}

/// How many places of each departure, and of each ticket type on it.
fn wanted(places: &[Places]) -> BTreeMap<(Uuid, Option<Uuid>), i32> {
    let mut wanted = BTreeMap::new();
    for place in places {
        for counted in [None, Some(place.ticket_type.0)] {
            *wanted.entry((place.departure.0, counted)).or_insert(0) += place.quantity;
        }
    }
    wanted
}

/// How many of the places this counter counts.
fn wanted_of(counter: &Counter, places: &[Places]) -> i32 {
    places
        .iter()
        .filter(|p| p.departure.0 == counter.departure_id && counter.ticket_type_id.is_none_or(|id| id == p.ticket_type.0))
        .map(|p| p.quantity)
        .sum()
}

fn check_free(counters: &[Counter], places: &[Places]) -> Result<(), InventoryError> {
    if counters.iter().all(|counter| wanted_of(counter, places) <= counter.free) {
        return Ok(());
    }
    let left = |p: &Places| {
        let counts = |c: &&Counter| c.departure_id == p.departure.0 && c.ticket_type_id.is_none_or(|id| id == p.ticket_type.0);
        counters.iter().filter(counts).map(|c| c.free).min().unwrap_or(0).max(0)
    };
    Err(InventoryError::SoldOut(places.iter().map(|p| Left { ticket_type: p.ticket_type, places: left(p) }).collect()))
}
