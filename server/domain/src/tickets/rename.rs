//! Another name on a ticket, until it is used.
use super::queries_desk as queries;
use crate::{
    accounts::Actor,
    kernel::{Ctx, events},
    orders::{self, DeskError},
};
use sapar_shared::{
    code::{TICKET_CODE_LEN, normalise},
    contact::PersonName,
    dto::{
        desk::{DeskRefusal, Happening},
        order::TicketStatus,
    },
    ids::OrderId,
    roles::Permission,
};
use sqlx::PgConnection;

/// The documents that show the old name are made anew when somebody asks for them.
pub async fn rename(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    order: OrderId,
    code: &str,
    name: &str,
) -> Result<(), DeskError> {
    let organisation = actor.require(Permission::ServeCustomers)?;
    let name = PersonName::parse(name).ok_or(DeskRefusal::Name)?;
    let code = normalise(code, TICKET_CODE_LEN).ok_or(DeskError::NotFound)?;
    orders::lock_by_id(&mut *conn, order).await?.ok_or(DeskError::NotFound)?;
    let ticket = queries::ticket(&mut *conn, organisation, order, &code).await?.ok_or(DeskError::NotFound)?;
    match ticket.status {
        TicketStatus::Issued => {}
        TicketStatus::Activated => return Err(DeskRefusal::Used.into()),
        TicketStatus::Void => return Err(DeskRefusal::NotPaid.into()),
    }
    if ticket.holder == name.as_str() {
        return Ok(());
    }
    queries::set_holder(&mut *conn, ticket.id, name.as_str()).await?;
    queries::new_papers(&mut *conn, order).await?;
    let what = Happening::Renamed { code, from: ticket.holder, to: name.to_string() };
    orders::record(&mut *conn, ctx, order, Some(organisation), Some(&actor.name), &what).await?;
    events::notify_order(conn, order).await?;
    Ok(())
}
