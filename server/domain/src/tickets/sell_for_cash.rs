//! A sale at the counter: the order, its tickets and its place on the bus, all at once.
use super::issue;
use crate::{
    accounts::Actor,
    inventory::{self, InventoryError, Places},
    kernel::Ctx,
    orders::{self, DeskError},
    payments,
};
use sapar_shared::{
    dto::desk::{CashSale, DeskRefusal},
    ids::OrderId,
};
use sqlx::PgConnection;

/// The order, new or of an earlier request with the same key. On an error the caller must not commit.
pub async fn sell_for_cash(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, sale: &CashSale) -> Result<OrderId, DeskError> {
    let sold = orders::place_for_cash(&mut *conn, ctx, actor, sale).await?;
    let Some(open) = sold.open else { return Ok(sold.order) };
    payments::record_cash(&mut *conn, ctx, sold.order, open.total).await?;
    issue(&mut *conn, ctx, sold.order).await?;
    // The counters come last, as everywhere.
    inventory::sell_now(conn, &open.places).await.map_err(|error| short(error, &open.places))?;
    Ok(sold.order)
}

/// Names the ticket type of which too few are left, unless it is the departure that has too few for all of them together.
fn short(error: InventoryError, places: &[Places]) -> DeskError {
    let InventoryError::SoldOut(left) = &error else { return error.into() };
    let short = left.iter().find(|left| places.iter().any(|p| p.ticket_type == left.ticket_type && p.quantity > left.places));
    match short {
        Some(left) => DeskRefusal::TypeSoldOut { ticket_type: left.ticket_type, left: left.places }.into(),
        None => error.into(),
    }
}
