//! Handing an order's places to another departure of the same listing.
use super::{
    queries_desk::{self as queries, ToMove},
    resend,
};
use crate::{
    accounts::Actor,
    inventory::{self, Places},
    kernel::{
        Ctx,
        events::{self, Event},
    },
    orders::{self, DeskError},
};
use sapar_shared::{
    Money,
    dto::desk::{DeskRefusal, Happening, MoveTarget},
    ids::{DepartureId, OrderId, OrganisationId},
    roles::Permission,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// Where the order's places on `from` may go, the soonest first.
pub async fn move_targets(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    order: OrderId,
    from: DepartureId,
) -> Result<Vec<MoveTarget>, DeskError> {
    let organisation = actor.require(Permission::ServeCustomers)?;
    let lines = lines(&mut *conn, organisation, order, from).await?;
    let difference = difference(&lines)?;
    let departures = queries::targets(conn, organisation, order, from, ctx.now()).await?;
    Ok(departures
        .into_iter()
        .map(|(departure_id, starts_at, free)| MoveTarget { departure_id, starts_at, free, difference })
        .collect())
}

/// Moves the order's places on `from`, all of them, and says what they cost more (or, negative, less) there than was paid for
/// them up to now. `paid` is what the partner says it has been given in cash: of dearer places the difference, else nothing. Another
/// amount was asked of the customer before the price, or the order's departure, changed. A lower price is only written down; what
/// was paid stays what was paid, for money goes back by the books.
///
/// Tickets keep their codes; their QR codes are signed with the departure, so the documents are made anew and sent, by mail and
/// by SMS: whoever is not told stands at the bus on the wrong day.
pub async fn move_order(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    order: OrderId,
    from: DepartureId,
    to: DepartureId,
    paid: Money,
) -> Result<Money, DeskError> {
    let organisation = actor.require(Permission::ServeCustomers)?;
    let locked = orders::lock_by_id(&mut *conn, order).await?.ok_or(DeskError::NotFound)?;
    let lines = lines(&mut *conn, organisation, order, from).await?;
    if !locked.status.has_tickets() {
        return Err(DeskRefusal::NotPaid.into());
    }
    if lines.iter().any(|line| line.open != line.quantity) {
        return Err(DeskRefusal::Used.into());
    }
    let found = queries::target(&mut *conn, organisation, order, from, to, ctx.now()).await?.ok_or(DeskRefusal::NoDeparture)?;
    if found.taken {
        return Err(DeskRefusal::AlreadyThere.into());
    }
    let difference = difference(&lines)?;
    let asked = difference.max(Money::ZERO);
    if paid != asked {
        let why = if asked > Money::ZERO { DeskRefusal::CostsMore { difference } } else { DeskRefusal::NothingToPay };
        return Err(why.into());
    }
    queries::move_lines(&mut *conn, organisation, order, from, to, &extras(&lines, difference)?).await?;
    queries::new_papers(&mut *conn, order).await?;
    let what = Happening::Moved { from: found.leaves, to: found.starts_at, difference };
    orders::record(&mut *conn, ctx, order, Some(organisation), Some(&actor.name), &what).await?;
    let ways = (locked.contact_email.is_some(), locked.contact_phone.is_some());
    resend::send(&mut *conn, ctx, order, ways, Some((found.leaves, found.starts_at))).await?;
    events::notify_order(&mut *conn, order).await?;
    events::notify(&mut *conn, Event::Listing(found.listing)).await?;
    let places = |departure: DepartureId| -> Vec<Places> {
        lines.iter().map(|l| Places { departure, ticket_type: l.ticket_type, quantity: l.quantity }).collect()
    };
    // Both departures' counters at once, for two that move between them in opposite directions.
    let (old, new) = (places(from), places(to));
    inventory::lock(&mut *conn, &[old.clone(), new.clone()].concat()).await?;
    inventory::sell_now(&mut *conn, &new).await?;
    inventory::give_back(conn, &old).await?;
    Ok(difference)
}

async fn lines(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    order: OrderId,
    from: DepartureId,
) -> Result<Vec<ToMove>, DeskError> {
    let lines = queries::lines_to_move(conn, organisation, order, from).await?;
    if lines.is_empty() { Err(DeskError::NotFound) } else { Ok(lines) }
}

/// At today's prices, less what was paid: what the places were sold for, and what was handed over as they moved.
fn difference(lines: &[ToMove]) -> Result<Money, DeskRefusal> {
    lines.iter().try_fold(Money::ZERO, |sum, line| {
        let less = Money::from_tiyn(-line.extra.tiyn());
        let missing = beyond_sale(line)?.checked_add(less).ok_or(DeskRefusal::Quantity)?;
        sum.checked_add(missing).ok_or(DeskRefusal::Quantity)
    })
}

/// What each line has brought in beside its sale once the move is done. Where the places together are not dearer nothing comes
/// in, and nothing goes out either.
fn extras(lines: &[ToMove], difference: Money) -> Result<Vec<(Uuid, Money)>, DeskRefusal> {
    let extra = |line: &ToMove| if difference > Money::ZERO { beyond_sale(line) } else { Ok(line.extra) };
    lines.iter().map(|line| Ok((line.line, extra(line)?))).collect()
}

/// What the line's places cost today, less what they were sold for.
fn beyond_sale(line: &ToMove) -> Result<Money, DeskRefusal> {
    Money::from_tiyn(line.price.tiyn() - line.unit_price.tiyn()).checked_mul(line.quantity.into()).ok_or(DeskRefusal::Quantity)
}
