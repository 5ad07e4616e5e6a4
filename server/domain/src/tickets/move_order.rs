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

/// Moves the order's places on `from`, all of them, and says what they cost more (or, negative, less) there. Dearer places want
/// `paid_in_cash`: the partner has been given the difference. A lower price is only written down; what was paid stays what was
/// paid, for money goes back by the books.
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
    paid_in_cash: bool,
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
    if difference > Money::ZERO && !paid_in_cash {
        return Err(DeskRefusal::CostsMore { difference }.into());
    }
    queries::move_lines(&mut *conn, organisation, order, from, to).await?;
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

/// At today's prices, less what was paid.
fn difference(lines: &[ToMove]) -> Result<Money, DeskRefusal> {
    let each = |line: &ToMove| {
        Money::from_tiyn(line.price.tiyn() - line.unit_price.tiyn())
            .checked_mul(line.quantity.into())
            .ok_or(DeskRefusal::Quantity)
    };
    lines.iter().try_fold(Money::ZERO, |sum, line| sum.checked_add(each(line)?).ok_or(DeskRefusal::Quantity))
}
