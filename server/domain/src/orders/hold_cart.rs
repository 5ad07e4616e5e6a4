//! Step 1 in the browser: a cart holds one set of places at a time.
use super::{Closing, OrderError, close, place, queries};
use crate::{
    inventory::{self, Places},
    kernel::Ctx,
};
use sapar_shared::{
    Lang,
    dto::order::{OrderStatus, Placed, REPLACED},
    forms::checkout::CartLine,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// The same cart asking for the same places gets its hold back, so a double click, a reload, the back button or a
/// second tab take nothing twice; asking for others lets the old hold go first, and the page that still shows it can say why.
pub async fn hold_cart(
    conn: &mut PgConnection,
    ctx: &Ctx,
    cart: Uuid,
    lang: Lang,
    lines: &[CartLine],
) -> Result<Placed, OrderError> {
    queries::lock_cart(&mut *conn, cart).await?;
    if let Some(order) = queries::lock_held_cart(&mut *conn, cart).await? {
        let (expires_at, running) = (order.expires_at, order.expires_at > ctx.now());
        let held = queries::places_of(&mut *conn, order.id).await?;
        if same(&held, lines) && running {
            let token = ctx.keys.order_token(order.id);
            let status = OrderStatus::Held;
            return Ok(Placed { token, number: order.number, status, expires_at, total: order.total, payment_url: None });
        }
        let wanted =
            lines.iter().map(|l| Places { departure: l.departure_id, ticket_type: l.ticket_type_id, quantity: l.quantity });
        inventory::lock(&mut *conn, &held.into_iter().chain(wanted).collect::<Vec<_>>()).await?;
        if running {
            queries::set_failure(&mut *conn, order.id, REPLACED).await?;
        }
        close(&mut *conn, ctx, &order, if running { Closing::Cancelled } else { Closing::Expired }).await?;
    }
    place(conn, ctx, lang, None, Some(cart), lines).await
}

/// The token of what the cart holds now, for whoever comes with the cart itself.
pub async fn held_by_cart(conn: &mut PgConnection, ctx: &Ctx, cart: Uuid) -> sqlx::Result<Option<String>> {
    let held = queries::held_cart(conn, cart).await?.filter(|order| order.expires_at > ctx.now());
    Ok(held.map(|order| ctx.keys.order_token(order.id)))
}

fn same(held: &[Places], lines: &[CartLine]) -> bool {
    let matches = |p: &Places| {
        let wanted: i32 =
            lines.iter().filter(|l| l.departure_id == p.departure && l.ticket_type_id == p.ticket_type).map(|l| l.quantity).sum();
        wanted == p.quantity
    };
    let known = |l: &CartLine| held.iter().any(|p| p.departure == l.departure_id && p.ticket_type == l.ticket_type_id);
    held.iter().all(matches) && lines.iter().all(known)
}
