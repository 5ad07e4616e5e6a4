//! What on the day asks for a look, and what the day has brought.
use super::{DeskError, queries_desk as queries};
use crate::{accounts::Actor, kernel::Ctx};
use jiff::Timestamp;
use sapar_shared::{dto::desk::Attention, roles::Permission, when};
use sqlx::PgConnection;

/// Jobs that carry tickets to people; higher rooms write them.
const SENDERS: [&str; 4] = ["mail_tickets", "text_tickets", "mail_again", "text_again"];

pub async fn attention(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor) -> Result<Attention, DeskError> {
    let organisation = actor.require(Permission::SeeOrders)?;
    let midnight = when::moment(ctx.today().at(0, 0, 0, 0)).unwrap_or(Timestamp::UNIX_EPOCH);
    Ok(queries::attention(conn, organisation, midnight, &SENDERS).await?)
}
