//! The counter: what a day has to sell, and the sale of it for cash.
use super::{
    DeskError,
    queries::announce,
    queries_counter::{self as queries, CashLine, CashOffer, CashOrder},
    record,
};
use crate::{accounts::Actor, inventory::Places, kernel::Ctx};
use jiff::{Timestamp, civil::Date};
use sapar_shared::{
    Lang, Money,
    dto::desk::{CashSale, Counter, DeskRefusal, Happening},
    forms::checkout::{MAX_LINES, MAX_QUANTITY},
    ids::{DepartureId, OrderId, OrganisationId, TicketTypeId},
    roles::Permission,
    when,
};
use sqlx::PgConnection;

/// Letters of an order's number.
const NUMBER_LEN: usize = 8;

/// A day's departures; today's (Almaty) when no date is given, and the day of the departure that is named.
pub async fn counter(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    day: Option<Date>,
    departure: Option<DepartureId>,
    lang: Lang,
) -> Result<Counter, DeskError> {
    let organisation = actor.require(Permission::SellForCash)?;
    let today = ctx.today();
    let from = |day: Date| when::moment(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::UNIX_EPOCH);
    let named = match departure {
        Some(id) => queries::start_of(&mut *conn, organisation, id).await?.map(|at| when::local(at).date()),
        None => None,
    };
    let day = named.or(day).unwrap_or(today);
    let begin = from(day).max(ctx.now());
    let end = from(day.tomorrow().unwrap_or(day));
    let departures = queries::for_sale(conn, organisation, begin, end, lang.code()).await?;
    Ok(Counter { day, today, departures })
}

/// A sale as it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sold {
    pub order: OrderId,
    /// What is still to be done for it; `None` when an earlier request with the same key did it.
    pub open: Option<Open>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    pub total: Money,
    pub places: Vec<Places>,
}

/// Writes the paid order; tickets, payment and, last, stock are the caller's part. Whoever repeats the key, which the page makes,
/// gets the first sale, whatever else is said.
///
/// What binds the public binds the counter: stock, quotas, how many of a ticket type one order may hold. Only the sale does not
/// close before the departure leaves, for whoever stands at the counter is there in time. Nothing is posted to the ledger, for it tells what the platform holds and owes, and this money is the partner's
/// from the first moment.
pub async fn place_for_cash(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, sale: &CashSale) -> Result<Sold, DeskError> {
    let organisation = actor.require(Permission::SellForCash)?;
    if let Some(first) = queries::by_key(&mut *conn, sale.key).await? {
        return repeat(first, organisation);
    }
    let contact = sale.contact.validate().map_err(DeskError::Form)?;
    let wanted = checked(&sale.lines)?;
    let offers = queries::offers(&mut *conn, organisation, sale.departure, &wanted).await?;
    let lines = priced(ctx, &wanted, offers)?;
    let sum = |sum: Money, line: &CashLine| sum.checked_add(line.offer.price.checked_mul(line.quantity.into())?);
    let total = lines.iter().try_fold(Money::ZERO, sum).ok_or(DeskRefusal::Quantity)?;
    let id = OrderId(ctx.id());
    let (number, token) = (ctx.code(NUMBER_LEN), ctx.keys.order_token(id));
    let order = CashOrder {
        id,
        number: &number,
        token: &token,
        key: sale.key,
        lang: sale.lang,
        contact: &contact,
        total,
        now: ctx.now(),
        sold_by: actor.account,
    };
    // The second of two taps waits here for the first one's end.
    if !queries::insert(&mut *conn, &order).await? {
        let first = queries::by_key(&mut *conn, sale.key).await?.ok_or(DeskError::NotFound)?;
        return repeat(first, organisation);
    }
    queries::insert_lines(&mut *conn, id, organisation, sale.departure, &lines).await?;
    record(&mut *conn, ctx, id, Some(organisation), Some(&actor.name), &Happening::SoldForCash).await?;
    announce(&mut *conn, id).await?;
    let places =
        |line: &CashLine| Places { departure: sale.departure, ticket_type: line.offer.ticket_type, quantity: line.quantity };
    Ok(Sold { order: id, open: Some(Open { total, places: lines.iter().map(places).collect() }) })
}

/// A key that another organisation has used tells nothing of its sale.
fn repeat((order, of): (OrderId, OrganisationId), organisation: OrganisationId) -> Result<Sold, DeskError> {
    if of == organisation { Ok(Sold { order, open: None }) } else { Err(DeskError::NotFound) }
}

/// One line a ticket type, without those of which none is wanted.
fn checked(lines: &[(TicketTypeId, i32)]) -> Result<Vec<(TicketTypeId, i32)>, DeskRefusal> {
    let wanted: Vec<_> = lines.iter().copied().filter(|(_, quantity)| *quantity != 0).collect();
    let bounds = wanted.iter().all(|(_, quantity)| (1..=MAX_QUANTITY).contains(quantity));
    let twice = wanted.iter().enumerate().any(|(at, (id, _))| wanted[..at].iter().any(|(known, _)| known == id));
    if wanted.is_empty() || wanted.len() > MAX_LINES || !bounds || twice {
        return Err(DeskRefusal::Quantity);
    }
    Ok(wanted)
}

fn priced(ctx: &Ctx, wanted: &[(TicketTypeId, i32)], mut offers: Vec<CashOffer>) -> Result<Vec<CashLine>, DeskRefusal> {
    let line = |(ticket_type, quantity): &(TicketTypeId, i32)| {
        let at = offers.iter().position(|offer| offer.ticket_type == *ticket_type).ok_or(DeskRefusal::NoDeparture)?;
        let offer = offers.swap_remove(at);
        let CashOffer { ticket_type, min, max, .. } = offer;
        if offer.called_off {
            return Err(DeskRefusal::CalledOff);
        }
        if ctx.now() > offer.starts_at {
            return Err(DeskRefusal::Left);
        }
        if !(min..=max).contains(quantity) {
            return Err(DeskRefusal::Bounds { ticket_type, min, max });
        }
        Ok(CashLine { id: ctx.id(), offer, quantity: *quantity })
    };
    wanted.iter().map(line).collect()
}
