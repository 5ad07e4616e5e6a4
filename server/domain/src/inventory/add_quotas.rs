//! Quotas of ticket types that nobody could buy yet.
use super::queries_plan::{self as queries, NewCounter};
use crate::kernel::Ctx;
use sapar_shared::ids::{DepartureId, TicketTypeId};
use sqlx::PgConnection;

/// Counters of ticket types made in this same transaction, each on one departure.
pub async fn add_quotas(conn: &mut PgConnection, ctx: &Ctx, quotas: &[(DepartureId, TicketTypeId, i32)]) -> sqlx::Result<()> {
    let counters: Vec<NewCounter> = quotas
        .iter()
        .map(|(departure, ticket_type, quota)| NewCounter {
            id: ctx.id(),
            departure: departure.0,
            ticket_type: ticket_type.0,
            capacity: *quota,
            held: 0,
            sold: 0,
        })
        .collect();
    queries::insert(conn, &counters).await
}
