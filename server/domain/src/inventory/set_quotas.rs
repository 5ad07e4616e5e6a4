//! Quotas of ticket types: counters of their own on each departure.
use super::{CapacityError, queries_plan as queries};
use crate::kernel::Ctx;
use queries::NewCounter;
use sapar_shared::ids::{DepartureId, TicketTypeId};
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// Each of the ticket types gets this quota on each of the departures, or loses its counters there (`None`). Nothing changes
/// if more is held or sold anywhere.
///
/// Whoever sells locks the departure's own counter, so while it is locked here what is taken of a type that was not counted
/// yet can be counted from the orders.
pub async fn set_quotas(
    conn: &mut PgConnection,
    ctx: &Ctx,
    departures: &[DepartureId],
    quotas: &[(TicketTypeId, Option<i32>)],
) -> Result<(), CapacityError> {
    let ids: Vec<Uuid> = departures.iter().map(|id| id.0).collect();
    let counters = queries::lock_all(&mut *conn, &ids).await?;
    let counted: HashMap<(Uuid, Uuid), (Uuid, i32)> = counters
        .iter()
        .filter_map(|counter| Some(((counter.departure_id, counter.ticket_type_id?), (counter.id, counter.taken))))
        .collect();
    let limited: Vec<(Uuid, i32)> = quotas.iter().filter_map(|(id, quota)| Some((id.0, (*quota)?))).collect();
    let sold = queries::sold_uncounted(&mut *conn, &ids, &limited.iter().map(|(id, _)| *id).collect::<Vec<_>>()).await?;

    let (mut changed, mut capacities, mut new) = (Vec::new(), Vec::new(), Vec::new());
    for departure in departures {
        for (ticket_type, quota) in &limited {
            let key = (departure.0, *ticket_type);
            let taken = match counted.get(&key) {
                Some((counter, taken)) => {
                    changed.push(*counter);
                    capacities.push(*quota);
                    *taken
                }
                None => {
                    let (held, sold) = sold.get(&key).copied().unwrap_or_default();
                    new.push(NewCounter {
                        id: ctx.id(),
                        departure: departure.0,
                        ticket_type: *ticket_type,
                        capacity: *quota,
                        held,
                        sold,
                    });
                    held + sold
                }
            };
            if taken > *quota {
                return Err(CapacityError::BelowTaken { departure: *departure, taken });
            }
        }
    }
    queries::set_capacities(&mut *conn, &changed, &capacities).await?;
    queries::insert(&mut *conn, &new).await?;
    let unlimited: Vec<Uuid> = quotas.iter().filter(|(_, quota)| quota.is_none()).map(|(id, _)| id.0).collect();
    queries::delete(conn, &ids, &unlimited).await?;
    Ok(())
}
