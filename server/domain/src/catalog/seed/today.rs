//! A departure that is still ahead today, so that a ticket bought in the demo can be let on at its gate.
use super::{
    super::{
        queries_write::{count_sales, insert_departures},
        refresh_listing, rules,
    },
    chance::Chance,
    queries, queries_sales,
    sales::Sales,
};
use crate::kernel::{Ctx, db::ts};
use jiff::{SignedDuration, Timestamp, civil::time};
use sapar_shared::{ids::ListingId, when};
use sqlx::PgConnection;

/// One tour of each partner that has a sign-in, such as may leave at any hour: its programme goes by its departure's. Their
/// sale is open up to the start.
pub(super) const TOURS: [&str; 2] = ["charyn-canyon-one-day", "kolsai-kaindy-two-days"];

/// From now to the start, about.
const AHEAD: SignedDuration = SignedDuration::from_hours(2);
/// Whoever starts the demo has so long to buy.
const AT_LEAST: SignedDuration = SignedDuration::from_mins(10);
const ROUND: i64 = 15 * 60;
const SOLD_PERCENT: i64 = 40;

/// A tour that leaves today.
#[derive(Clone, Debug)]
pub struct LeavesToday {
    pub slug: String,
    pub title: String,
    pub starts_at: Timestamp,
}

/// Makes today's departures where none is ahead any more; to be called at each start of the demo. A database without the
/// demo's tours stays as it is.
pub async fn keep_today(conn: &mut PgConnection, ctx: &Ctx) -> sqlx::Result<Vec<LeavesToday>> {
    queries::alone(conn).await?;
    let now = ctx.now();
    let midnight = ctx.today().tomorrow().ok().and_then(|day| when::moment(day.at(0, 0, 0, 0))).unwrap_or(Timestamp::MAX);
    let mut leaving = Vec::new();
    for slug in TOURS {
        let Some(tour) = queries_sales::tour_of_today(conn, slug, ts(now + AT_LEAST), ts(midnight)).await? else { continue };
        let starts_at = match tour.starts_at {
            Some(starts_at) => starts_at.to_jiff(),
            None => make(conn, ctx, slug, &tour).await?,
        };
        leaving.push(LeavesToday { slug: slug.to_owned(), title: tour.title, starts_at });
    }
    Ok(leaving)
}

async fn make(conn: &mut PgConnection, ctx: &Ctx, slug: &str, tour: &queries_sales::TourOfToday) -> sqlx::Result<Timestamp> {
    let starts_at = start(ctx.now());
    let kinds = queries_sales::kinds(conn, tour.listing).await?;
    let mut departure = rules::once(
        ctx,
        ListingId(tour.listing),
        tour.organisation.into(),
        starts_at,
        tour.duration_minutes,
        tour.capacity,
        &kinds.iter().filter_map(|kind| Some((kind.id, kind.quota?))).collect::<Vec<_>>(),
    );
    let mut sales = Sales::default();
    sales.sell(ctx, &mut departure, &kinds, SOLD_PERCENT, &mut Chance::of(&format!("{slug} {starts_at}")));
    if insert_departures(conn, std::slice::from_ref(&departure)).await? > 0 {
        queries_sales::sales(conn, &sales).await?;
        count_sales(conn, Some(tour.listing)).await?;
        refresh_listing(conn, ctx, ListingId(tour.listing)).await?;
    }
    Ok(starts_at)
}

/// Two hours from now, rounded; before midnight, or the gate would send today's buyers away. In the day's last minutes
/// there is nothing left of it.
fn start(now: Timestamp) -> Timestamp {
    let at = now + AHEAD;
    let up = (ROUND - at.as_second().rem_euclid(ROUND)) % ROUND;
    let rounded = Timestamp::from_second(at.as_second() + up).unwrap_or(at);
    let today = when::local(now).date();
    let last = when::moment(today.to_datetime(time(23, 59, 0, 0))).unwrap_or(rounded);
    if rounded > last && last > now + AT_LEAST { last } else { rounded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_leaves_today_as_long_as_there_is_a_today() {
        for (now, expected) in [
            ("2026-11-21T15:31:10Z", "2026-11-21T17:45:00Z"),
            ("2026-11-21T04:00:00Z", "2026-11-21T06:00:00Z"),
            // 22:10 in Almaty: one minute to midnight.
            ("2026-11-21T17:10:00Z", "2026-11-21T18:59:00Z"),
            ("2026-11-21T18:40:00Z", "2026-11-21T18:59:00Z"),
            ("2026-11-21T18:55:00Z", "2026-11-21T21:00:00Z"),
        ] {
            assert_eq!(start(now.parse().expect("a moment")).to_string(), expected, "{now}");
        }
    }
}
