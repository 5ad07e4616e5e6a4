//! A listing's departures, for whoever plans.
use super::{copy::midnight, queries};
use crate::{
    accounts::Actor,
    catalog::editing::{self, EditError},
    kernel::Ctx,
};
use jiff::{Timestamp, civil::Date};
use sapar_shared::{dto::editor::DeparturePage, ids::ListingId};
use sqlx::PgConnection;

/// Departures of one page: a day's for two months.
const PAGE: i64 = 60;

/// From that day on, or from today; the cancelled ones, too. `cursor` is what the last page ended with; one that is none begins
/// anew.
pub async fn list_departures(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    id: ListingId,
    from: Option<Date>,
    cursor: &str,
) -> Result<DeparturePage, EditError> {
    let listing = editing::find(&mut *conn, actor, id).await?;
    let from = from.or_else(|| Some(ctx.today())).and_then(midnight).unwrap_or_else(|| ctx.now());
    let after = cursor.parse().ok().and_then(|micros| Timestamp::from_microsecond(micros).ok()).filter(|after| *after > from);
    let mut rows = queries::planned(conn, listing.id.0, from, after.unwrap_or(Timestamp::UNIX_EPOCH), PAGE + 1).await?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > page;
    rows.truncate(page);
    let next_cursor = rows.last().filter(|_| more).map(|row| row.starts_at.as_microsecond().to_string());
    Ok(DeparturePage { rows, next_cursor })
}
