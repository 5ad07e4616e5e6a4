//! What on the day asks for a look, and what the day has brought.
use super::{DeskError, queries_desk as queries};
use crate::{accounts::Actor, kernel::Ctx};
use jiff::{SignedDuration, Timestamp};
use sapar_shared::{Lang, dto::desk::Attention, roles::Permission, when};
use sqlx::PgConnection;

/// Jobs that carry tickets to people; higher rooms write them.
const SENDERS: [&str; 4] = ["mail_tickets", "text_tickets", "mail_again", "text_again"];

/// So long before a departure its tour should be on sale.
const SOON: SignedDuration = SignedDuration::from_hours(24 * 7);

pub async fn attention(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, lang: Lang) -> Result<Attention, DeskError> {
    let organisation = actor.require(Permission::SeeOrders)?;
    let midnight = when::moment(ctx.today().at(0, 0, 0, 0)).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut attention = queries::attention(&mut *conn, organisation, midnight, &SENDERS).await?;
    if actor.require(Permission::EditListings).is_ok() {
        let now = ctx.now();
        attention.unapproved = queries::unapproved(conn, organisation, (now, now + SOON), lang.code()).await?;
    }
    Ok(attention)
}
