//! Money arrived: the order is paid, whatever its state was, if its places are still to be had.
use super::{Locked, OrderError, jobs::IssueTickets, queries, states::may_follow};
use crate::{
    inventory::{self, InventoryError},
    kernel::{Ctx, jobs},
};
use sapar_shared::dto::{desk::Happening, order::OrderStatus};
use sqlx::{Connection as _, PgConnection};

/// What came of the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkPaid {
    Paid,
    /// The hold had ended and the places are gone: the money must go back.
    PlacesGone,
    /// Paid before, by another payment, or given back: this money must go back.
    NotWanted,
}

/// `order` is locked by the caller's transaction.
pub async fn mark_paid(conn: &mut PgConnection, ctx: &Ctx, order: &Locked) -> Result<MarkPaid, OrderError> {
    if !may_follow(order.status, OrderStatus::Paid) {
        return Ok(MarkPaid::NotWanted);
    }
    let places = queries::places_of(&mut *conn, order.id).await?;
    let holds = order.status.holds_places();
    if !holds {
        // A savepoint, for the caller goes on with the transaction to send the money back.
        let mut attempt = conn.begin().await?;
        match inventory::sell_now(&mut attempt, &places).await {
            Ok(()) => attempt.commit().await?,
            Err(InventoryError::SoldOut(_) | InventoryError::NoStock) => {
                attempt.rollback().await?;
                queries::set_late_money(&mut *conn, order.id).await?;
                queries::announce(conn, order.id).await?;
                return Ok(MarkPaid::PlacesGone);
            }
            Err(error) => return Err(error.into()),
        }
    }
    let now = ctx.now();
    queries::set_status(&mut *conn, order.id, OrderStatus::Paid, Some(now), None, &Happening::Paid).await?;
    jobs::enqueue(&mut *conn, ctx, &IssueTickets { order: order.id }, now).await?;
    queries::announce(&mut *conn, order.id).await?;
    // The counters come last, as in `place`.
    if holds {
        inventory::sell_held(conn, &places).await?;
    }
    Ok(MarkPaid::Paid)
}
