//! Makes a paid order's tickets.
use super::{
    jobs::MakeDocuments,
    queries::{self, NewTicket},
};
use crate::{
    kernel::{Ctx, events, jobs},
    orders,
};
use sapar_shared::{code::TICKET_CODE_LEN, ids::OrderId};
use sqlx::PgConnection;

/// Idempotent: an order that has its tickets, or was given back meanwhile, gets none.
pub async fn issue(conn: &mut PgConnection, ctx: &Ctx, order: OrderId) -> sqlx::Result<()> {
    // Locked before it is looked at: a second run that waited for the first would else not see the tickets of the first.
    orders::lock_by_id(&mut *conn, order).await?;
    let lines = queries::lines_to_issue(&mut *conn, order).await?;
    if lines.is_empty() {
        return Ok(());
    }
    let tickets: Vec<NewTicket> = lines
        .iter()
        .flat_map(|line| (0..line.quantity).map(|_| NewTicket { id: ctx.id(), line: line.id, code: ctx.code(TICKET_CODE_LEN) }))
        .collect();
    queries::insert(&mut *conn, order, &tickets, ctx.now()).await?;
    jobs::enqueue(&mut *conn, ctx, &MakeDocuments { order }, ctx.now()).await?;
    orders::count_sales_later(&mut *conn, ctx, order).await?;
    // Its passengers are on a list now.
    events::notify_order(conn, order).await
}
