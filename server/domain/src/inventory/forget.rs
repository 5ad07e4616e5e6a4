//! The end of counters whose departures or ticket types go.
use super::queries_plan as queries;
use sapar_shared::ids::{DepartureId, TicketTypeId};
use sqlx::PgConnection;
use uuid::Uuid;

/// Locks all counters of the departures and of the ticket types: whoever is about to take places waits from here on, so that
/// the caller can look whether anybody has.
pub async fn lock_for_good(
    conn: &mut PgConnection,
    departures: &[DepartureId],
    ticket_types: &[TicketTypeId],
) -> sqlx::Result<()> {
    queries::lock_for_good(conn, &ids(departures), &ids(ticket_types)).await
}

/// Deletes them. The caller has seen that nobody took any of their places.
pub async fn forget(conn: &mut PgConnection, departures: &[DepartureId], ticket_types: &[TicketTypeId]) -> sqlx::Result<()> {
    queries::forget(conn, &ids(departures), &ids(ticket_types)).await
}

fn ids<T: Copy + Into<Uuid>>(of: &[T]) -> Vec<Uuid> {
    of.iter().map(|id| (*id).into()).collect()
}
