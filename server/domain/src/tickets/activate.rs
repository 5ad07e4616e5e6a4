//! Letting people on: once a ticket, whoever scans it first.
use super::{
    GateError,
    look::{Seen, find},
    queries,
};
use crate::{accounts::Actor, kernel::Ctx};
use jiff::Timestamp;
use sapar_shared::{
    Lang,
    dto::{
        order::TicketStatus,
        partner::{Activation, GateTicket},
    },
    roles::Permission,
};
use sqlx::PgConnection;

/// One ticket, or all of its order on that departure. Wants no transaction: what it changes, it changes in one statement.
pub async fn activate(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    typed: &str,
    whole_order: bool,
    lang: Lang,
) -> Result<Activation, GateError> {
    let organisation = actor.require(Permission::ActivateTickets)?;
    let found = match find(&mut *conn, ctx, organisation, typed, lang).await? {
        Seen::Own(found) => found,
        Seen::Foreign => return Ok(Activation::Foreign),
        Seen::Unknown => return Ok(Activation::Unknown),
    };
    let ticket = found.ticket.clone();
    let worth_trying = match ticket.status {
        TicketStatus::Void => return Ok(Activation::Void { ticket }),
        TicketStatus::Issued => true,
        // The scanned one is used, but the rest of its order may still wait.
        TicketStatus::Activated => whole_order && ticket.order_open > 0,
    };
    if worth_trying && !ticket.right_day {
        return Ok(Activation::WrongDay { ticket });
    }
    let now = ctx.now();
    let count =
        if worth_trying { queries::activate(&mut *conn, organisation, &found, whole_order, &actor.name, now).await? } else { 0 };
    if count > 0 && !whole_order {
        return Ok(Activation::Activated { count: 1, ticket: activated(ticket, &actor.name, now) });
    }
    // Another phone may have been faster, or the order given back: the second look tells.
    let Seen::Own(found) = find(conn, ctx, organisation, typed, lang).await? else { return Ok(Activation::Unknown) };
    let ticket = found.ticket;
    Ok(match (count, ticket.status) {
        (0, TicketStatus::Void) => Activation::Void { ticket },
        (0, _) => Activation::Already { ticket },
        (count, _) => Activation::Activated { count, ticket },
    })
}

/// The ticket as it is now that it was let on, to the microsecond that the database keeps.
fn activated(ticket: GateTicket, by: &str, now: Timestamp) -> GateTicket {
    GateTicket {
        status: TicketStatus::Activated,
        order_open: ticket.order_open - 1,
        activated_at: Some(Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)),
        activated_by: Some(by.to_owned()),
        ..ticket
    }
}
