//! Giving an order up, or back.
use super::{Locked, OrderError, popularity::count_sales_later, queries, states::may_follow};
use crate::{inventory, kernel::Ctx};
use sapar_shared::dto::{desk::Happening, order::OrderStatus};
use sqlx::PgConnection;

/// Why an open order ends without money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    Failed,
    Expired,
    Cancelled,
}

/// Ends an open, locked order and sets its places free.
pub async fn close(conn: &mut PgConnection, ctx: &Ctx, order: &Locked, closing: Closing) -> Result<(), OrderError> {
    let (status, what) = match closing {
        Closing::Failed => (OrderStatus::Failed, Happening::Failed),
        Closing::Expired => (OrderStatus::Expired, Happening::Expired),
        Closing::Cancelled => (OrderStatus::Cancelled, Happening::Cancelled),
    };
    // Money that came late finds an order that was given up, but giving up is only for open ones.
    if !order.status.holds_places() || !may_follow(order.status, status) {
        return Err(OrderError::NotOpen(order.status));
    }
    let places = queries::places_of(&mut *conn, order.id).await?;
    queries::set_status(&mut *conn, order.id, status, None, Some(ctx.now()), &what).await?;
    queries::announce(&mut *conn, order.id).await?;
    inventory::release(conn, &places).await?;
    Ok(())
}

/// The customer changed their mind before paying.
pub async fn cancel_open(conn: &mut PgConnection, ctx: &Ctx, order: &Locked) -> Result<(), OrderError> {
    close(conn, ctx, order, Closing::Cancelled).await
}

/// Gives a paid, locked order back: tickets become void, places free. Sending the money is the caller's part.
pub async fn refund(conn: &mut PgConnection, ctx: &Ctx, order: &Locked) -> Result<(), OrderError> {
    if order.status != OrderStatus::Paid {
        return Err(OrderError::NotOpen(order.status));
    }
    let facts = queries::cancel_facts(&mut *conn, order.id).await?;
    // Money that the partner has taken only the partner can give back.
    if facts.cash {
        return Err(OrderError::NotOpen(order.status));
    }
    if facts.activated || ctx.now() > facts.free_until {
        return Err(OrderError::TooLate);
    }
    let places = queries::places_of(&mut *conn, order.id).await?;
    queries::void_tickets(&mut *conn, order.id).await?;
    queries::set_status(&mut *conn, order.id, OrderStatus::Refunded, None, Some(ctx.now()), &Happening::Refunded).await?;
    inventory::give_back(&mut *conn, &places).await?;
    count_sales_later(&mut *conn, ctx, order.id).await?;
    queries::announce(conn, order.id).await?;
    Ok(())
}
