//! A day or a week once more.
use super::{
    add::{make, once},
    queries,
};
use crate::{
    accounts::Actor,
    catalog::{
        ListingStatus,
        editing::{self, EditError, wrong},
        rules::Planned,
    },
    kernel::Ctx,
};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time},
};
use sapar_shared::{
    dto::editor::{MAX_DEPARTURES, Made, ProblemKind},
    ids::ListingId,
    when,
};
use sqlx::PgConnection;

/// A month is the longest that is copied at once.
const MAX_DAYS: i32 = 31;

/// What is scheduled on `days` days from `from` is made again from `to` on, at the same hours and with the same capacities. What
/// would have begun by now is left out, and so is what is there already.
pub async fn copy_departures(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    id: ListingId,
    from: Date,
    days: i32,
    to: Date,
) -> Result<Made, EditError> {
    let listing = editing::lock(&mut *conn, actor, id).await?;
    if listing.status == ListingStatus::Archived {
        return Err(EditError::Status(listing.status));
    }
    if !(1..=MAX_DAYS).contains(&days) {
        return Err(EditError::Problems(vec![wrong("days", ProblemKind::Malformed)]));
    }
    let (Some(first), Some(new)) = (midnight(from), midnight(to)) else {
        return Err(EditError::Problems(vec![wrong("to", ProblemKind::Malformed)]));
    };
    let until = first.saturating_add(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MAX);
    let limit = i64::try_from(MAX_DEPARTURES).unwrap_or(i64::MAX);
    let known = queries::scheduled(&mut *conn, id.0, first, until, limit + 1).await?;
    if known.len() > MAX_DEPARTURES {
        return Err(EditError::Problems(vec![wrong("departures", ProblemKind::TooMany)]));
    }
    let quotas = editing::quotas(&mut *conn, id.0).await?;
    // Almaty keeps one offset all year, so the same hour is a whole number of days later.
    let shift = first.duration_until(new);
    let planned: Vec<Planned> = known
        .into_iter()
        .filter_map(|(starts_at, capacity)| Some((starts_at.checked_add(shift).ok()?, capacity)))
        .filter(|(starts_at, _)| *starts_at > ctx.now())
        .map(|(starts_at, capacity)| once(ctx, &listing, &quotas, starts_at, capacity))
        .collect();
    make(conn, ctx, id, &planned).await
}

/// The day's beginning in Almaty.
pub(super) fn midnight(day: Date) -> Option<Timestamp> {
    when::moment(day.to_datetime(Time::midnight()))
}
