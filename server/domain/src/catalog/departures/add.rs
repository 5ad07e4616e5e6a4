//! New departures: one, or as many as a rule makes.
use super::queries;
use crate::{
    accounts::Actor,
    catalog::{
        ListingStatus,
        editing::{self, EditError, Listing, none_of, wrong},
        queries_write::insert_departures,
        refresh_listing,
        rules::{self, Planned, Rule},
    },
    kernel::Ctx,
};
use jiff::{ToSpan as _, civil::Time};
use sapar_shared::{
    dto::editor::{MAX_CAPACITY, MAX_DEPARTURES, Made, NewDepartures, ProblemKind},
    ids::{ListingId, TicketTypeId},
    when,
};
use sqlx::PgConnection;

/// Hours of one day at which departures may be made at once.
const MAX_TIMES: usize = 48;
/// From the first day to the last: two years.
pub(in crate::catalog) const MAX_SPAN: i32 = 731;

/// What has begun by now is left out; a start that the listing has already stays as it is. Where it comes to more than one, the
/// rule is kept beside them.
pub async fn add_departures(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    id: ListingId,
    new: &NewDepartures,
) -> Result<Made, EditError> {
    let listing = editing::lock(&mut *conn, actor, id).await?;
    if listing.status == ListingStatus::Archived {
        return Err(EditError::Status(listing.status));
    }
    let quotas = editing::quotas(&mut *conn, id.0).await?;
    let rules = rules(ctx, &listing, &quotas, new)?;
    let mut planned: Vec<Planned> = rules.iter().flat_map(|rule| rule.plan(ctx, rule.last_day)).collect();
    if planned.len() > MAX_DEPARTURES {
        return Err(EditError::Problems(vec![wrong("departures", ProblemKind::TooMany)]));
    }
    let starts: Vec<_> = planned.iter().map(|departure| departure.starts_at).collect();
    let known = queries::known_starts(&mut *conn, id.0, &starts).await?;
    planned.retain(|departure| !known.contains(&departure.starts_at));
    if let [only] = planned.as_mut_slice() {
        only.rule = None;
    } else {
        let kept: Vec<Rule> = rules.into_iter().filter(|rule| planned.iter().any(|p| p.rule == Some(rule.id))).collect();
        queries::insert_rules(&mut *conn, &kept).await?;
    }
    let made = make(conn, ctx, id, &planned).await?;
    Ok(Made { there_before: made.there_before + i32::try_from(known.len()).unwrap_or(i32::MAX), ..made })
}

/// Writes what is planned of one listing.
pub(super) async fn make(conn: &mut PgConnection, ctx: &Ctx, listing: ListingId, planned: &[Planned]) -> Result<Made, EditError> {
    let count = |n: u64| i32::try_from(n).unwrap_or(i32::MAX);
    let made = insert_departures(&mut *conn, planned).await?;
    if made > 0 {
        refresh_listing(conn, ctx, listing).await?;
    }
    Ok(Made { made: count(made), there_before: count((planned.len() as u64).saturating_sub(made)) })
}

/// One for each hour of the day.
fn rules(ctx: &Ctx, listing: &Listing, quotas: &[(TicketTypeId, i32)], new: &NewDepartures) -> Result<Vec<Rule>, EditError> {
    let mut times: Vec<Option<Time>> = new.times.iter().map(|time| when::of_clock(time.trim())).collect();
    times.sort_unstable();
    times.dedup();
    let except: Option<Vec<_>> = new.except.iter().map(|day| when::of_iso(day.trim())).collect();
    let latest = new.first.saturating_add(MAX_SPAN.days());
    let mut refused = Vec::new();
    for (field, fits) in [
        ("weekdays", !new.weekdays.is_empty() && new.weekdays.iter().all(|day| (1..=7).contains(day))),
        ("times", !times.is_empty() && times.len() <= MAX_TIMES && times.iter().all(Option::is_some)),
        ("last", new.last >= new.first && new.last <= latest && new.last >= ctx.today()),
        ("except", except.is_some() && new.except.len() <= MAX_DEPARTURES),
        ("capacity", (1..=MAX_CAPACITY).contains(&new.capacity)),
    ] {
        if !fits {
            refused.push(wrong(field, ProblemKind::Malformed));
        }
    }
    none_of(refused)?;
    let mut weekdays = new.weekdays.clone();
    weekdays.sort_unstable();
    weekdays.dedup();
    let except = except.unwrap_or_default();
    let rule = |start: Time| Rule {
        id: ctx.id(),
        listing: listing.id,
        organisation: listing.organisation,
        weekdays: weekdays.clone(),
        start,
        first_day: new.first,
        last_day: new.last,
        except: except.clone(),
        capacity: new.capacity,
        duration_minutes: listing.duration_minutes,
        quotas: quotas.to_vec(),
    };
    Ok(times.into_iter().flatten().map(rule).collect())
}

/// One departure that no rule makes.
pub(super) fn once(
    ctx: &Ctx,
    listing: &Listing,
    quotas: &[(TicketTypeId, i32)],
    starts_at: jiff::Timestamp,
    capacity: i32,
) -> Planned {
    rules::once(ctx, listing.id, listing.organisation, starts_at, listing.duration_minutes, capacity, quotas)
}
