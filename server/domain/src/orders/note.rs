//! What the desk wants to remember of an order.
use super::{DeskError, queries_desk, record};
use crate::{
    accounts::Actor,
    kernel::{Ctx, events},
};
use sapar_shared::{
    dto::desk::{DeskRefusal, Happening},
    ids::OrderId,
    roles::Permission,
};
use sqlx::PgConnection;

/// Letters of a note.
const LONGEST: usize = 500;

/// Only members of the organisation read it.
pub async fn note(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, order: OrderId, text: &str) -> Result<(), DeskError> {
    let organisation = actor.require(Permission::ServeCustomers)?;
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST || text.chars().any(|c| c == '\0') {
        return Err(DeskRefusal::Note.into());
    }
    if !queries_desk::is_part(&mut *conn, organisation, order).await? {
        return Err(DeskError::NotFound);
    }
    let what = Happening::Noted { text: text.to_owned() };
    record(&mut *conn, ctx, order, Some(organisation), Some(&actor.name), &what).await?;
    events::notify_sellers(conn, order).await?;
    Ok(())
}
