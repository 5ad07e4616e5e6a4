//! Placing an order: places are taken out of stock for an hour while the customer pays.
use super::{
    OrderError,
    queries::{self, NewLine, NewOrder, Offer},
};
use crate::{
    inventory::{self, Places},
    kernel::Ctx,
};
use jiff::{SignedDuration, Timestamp};
use sapar_shared::{
    Lang, Money,
    dto::order::{OrderStatus, Placed},
    forms::checkout::{CartLine, Contact, MAX_LINES, MAX_QUANTITY},
    ids::OrderId,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// How long places stay taken out for a customer who pays.
pub const HOLD: SignedDuration = SignedDuration::from_hours(1);
/// Letters of an order's number.
const NUMBER_LEN: usize = 8;

pub async fn place(
    conn: &mut PgConnection,
    ctx: &Ctx,
    lang: Lang,
    contact: Option<&Contact>,
    cart: Option<Uuid>,
    lines: &[CartLine],
) -> Result<Placed, OrderError> {
    let lines = merged(lines)?;
    let offers = queries::offers(&mut *conn, &lines).await?;
    let now = ctx.now();
    let lines = priced(ctx, &lines, offers, now)?;
    let total = total(&lines)?;
    let id = OrderId(ctx.id());
    let (number, token) = (ctx.code(NUMBER_LEN), ctx.keys.order_token(id));
    let expires_at = now + HOLD;
    let contact = contact.map(|c| (&c.name, &c.phone, &c.email));
    let order = NewOrder { id, number: &number, token: &token, cart, lang, contact, total, placed_at: now, expires_at };
    queries::insert(&mut *conn, &order).await?;
    queries::insert_lines(&mut *conn, id, &lines).await?;
    queries::announce(&mut *conn, id).await?;
    // The counters come last: whoever waits for them waits for nothing but this transaction's commit.
    let places: Vec<Places> = lines
        .iter()
        .map(|l| Places { departure: l.offer.departure, ticket_type: l.offer.ticket_type, quantity: l.quantity })
        .collect();
    inventory::hold(conn, &places).await?;
    Ok(Placed { token, number, status: OrderStatus::Held, expires_at, total, payment_url: None })
}

/// One line a departure and ticket type; bounds that keep sums far from overflowing.
fn merged(lines: &[CartLine]) -> Result<Vec<CartLine>, OrderError> {
    if lines.is_empty() || lines.len() > MAX_LINES {
        return Err(OrderError::Quantity);
    }
    let mut merged: Vec<CartLine> = Vec::with_capacity(lines.len());
    for line in lines {
        if !(1..=MAX_QUANTITY).contains(&line.quantity) {
            return Err(OrderError::Quantity);
        }
        let twin = |m: &&mut CartLine| m.departure_id == line.departure_id && m.ticket_type_id == line.ticket_type_id;
        match merged.iter_mut().find(twin) {
            Some(known) => known.quantity += line.quantity,
            None => merged.push(*line),
        }
    }
    Ok(merged)
}

fn priced(ctx: &Ctx, lines: &[CartLine], mut offers: Vec<Offer>, now: Timestamp) -> Result<Vec<NewLine>, OrderError> {
    let mut priced = Vec::with_capacity(lines.len());
    for line in lines {
        let at = offers
            .iter()
            .position(|o| o.departure == line.departure_id && o.ticket_type == line.ticket_type_id)
            .ok_or(OrderError::NotOnSale)?;
        let offer = offers.swap_remove(at);
        let closes = offer.starts_at - SignedDuration::from_mins(offer.closes_minutes_before.into());
        if now >= closes {
            return Err(OrderError::NotOnSale);
        }
        if !(offer.min..=offer.max).contains(&line.quantity) {
            return Err(OrderError::Quantity);
        }
        priced.push(NewLine { id: ctx.id(), offer, quantity: line.quantity });
    }
    Ok(priced)
}

fn total(lines: &[NewLine]) -> Result<Money, OrderError> {
    lines
        .iter()
        .try_fold(Money::ZERO, |sum, line| sum.checked_add(line.offer.price.checked_mul(line.quantity.into())?))
        .ok_or(OrderError::Quantity)
}
