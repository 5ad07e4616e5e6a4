//! More places on departures, or fewer.
use super::{CapacityError, queries_plan as queries};
use sapar_shared::ids::DepartureId;
use sqlx::PgConnection;
use uuid::Uuid;

/// Each of the departures gets so many places; none does if one of them has more held or sold.
pub async fn set_capacity(conn: &mut PgConnection, departures: &[DepartureId], capacity: i32) -> Result<(), CapacityError> {
    let ids: Vec<Uuid> = departures.iter().map(|id| id.0).collect();
    let counters = queries::lock_all(&mut *conn, &ids).await?;
    let own: Vec<_> = counters.iter().filter(|counter| counter.ticket_type_id.is_none()).collect();
    for departure in departures {
        let taken = own.iter().find(|counter| counter.departure_id == departure.0).map_or(0, |counter| counter.taken);
        if taken > capacity {
            return Err(CapacityError::BelowTaken { departure: *departure, taken });
        }
    }
    let counters: Vec<Uuid> = own.iter().map(|counter| counter.id).collect();
    queries::set_capacities(conn, &counters, &vec![capacity; counters.len()]).await?;
    Ok(())
}
