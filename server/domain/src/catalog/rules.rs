//! Repeating departures: "each Saturday and Sunday at 06:00 from … till … except …".
use super::queries_write as queries;
use crate::kernel::Ctx;
use jiff::{
    SignedDuration, Timestamp, ToSpan as _,
    civil::{Date, Time},
};
use sapar_shared::{
    ids::{ListingId, OrganisationId, TicketTypeId},
    when,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// A rule of `departure_rules` with what its departures need to know of their listing.
#[derive(Clone, Debug)]
pub struct Rule {
    pub id: Uuid,
    pub listing: ListingId,
    pub organisation: OrganisationId,
    /// ISO: Monday is 1.
    pub weekdays: Vec<i8>,
    /// On Almaty's wall clock.
    pub start: Time,
    pub first_day: Date,
    pub last_day: Date,
    pub except: Vec<Date>,
    pub capacity: i32,
    pub duration_minutes: i32,
    /// The ticket types that have a quota on each departure.
    pub quotas: Vec<(TicketTypeId, i32)>,
}

/// A departure about to be written.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub id: Uuid,
    pub listing: Uuid,
    pub organisation: Uuid,
    /// `None`: it runs once.
    pub rule: Option<Uuid>,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub counters: Vec<Counter>,
}

/// A row of stock about to be written.
#[derive(Clone, Debug)]
pub(super) struct Counter {
    pub id: Uuid,
    /// `None`: the departure's own places.
    pub ticket_type: Option<Uuid>,
    pub capacity: i32,
    pub sold: i32,
}

impl Rule {
    /// The days on which it runs from `from` to `to`, both included.
    pub fn days(&self, from: Date, to: Date) -> impl Iterator<Item = Date> + '_ {
        let (first, last) = (from.max(self.first_day), to.min(self.last_day));
        first
            .series(1.day())
            .take_while(move |day| *day <= last)
            .filter(|day| self.weekdays.contains(&day.weekday().to_monday_one_offset()) && !self.except.contains(day))
    }

    /// Its departures from now to the end of `until`.
    pub(super) fn plan(&self, ctx: &Ctx, until: Date) -> Vec<Planned> {
        let now = ctx.now();
        self.days(ctx.today(), until)
            .filter_map(|day| when::moment(day.to_datetime(self.start)))
            .filter(|starts_at| *starts_at > now)
            .map(|starts_at| Planned {
                id: ctx.id(),
                listing: self.listing.0,
                organisation: self.organisation.0,
                rule: Some(self.id),
                starts_at,
                ends_at: starts_at + SignedDuration::from_mins(self.duration_minutes.into()),
                counters: counters(ctx, self.capacity, &self.quotas),
            })
            .collect()
    }
}

fn counters(ctx: &Ctx, capacity: i32, quotas: &[(TicketTypeId, i32)]) -> Vec<Counter> {
    let own = Counter { id: ctx.id(), ticket_type: None, capacity, sold: 0 };
    let quotas = quotas.iter().map(|(id, quota)| Counter { id: ctx.id(), ticket_type: Some(id.0), capacity: *quota, sold: 0 });
    std::iter::once(own).chain(quotas).collect()
}

/// A departure that no rule makes.
pub(super) fn once(
    ctx: &Ctx,
    listing: ListingId,
    organisation: OrganisationId,
    starts_at: Timestamp,
    duration_minutes: i32,
    capacity: i32,
    quotas: &[(TicketTypeId, i32)],
) -> Planned {
    Planned {
        id: ctx.id(),
        listing: listing.0,
        organisation: organisation.0,
        rule: None,
        starts_at,
        ends_at: starts_at + SignedDuration::from_mins(duration_minutes.into()),
        counters: counters(ctx, capacity, quotas),
    }
}

/// Writes the rules' departures up to the end of `until`. What exists already stays, so it may be called again each
/// day. Returns how many are new; their listings want a refresh.
pub async fn make_departures(conn: &mut PgConnection, ctx: &Ctx, rules: &[Rule], until: Date) -> sqlx::Result<u64> {
    let planned: Vec<Planned> = rules.iter().flat_map(|rule| rule.plan(ctx, until)).collect();
    queries::insert_departures(conn, &planned).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    fn rule(weekdays: &[i8]) -> Rule {
        Rule {
            id: Uuid::nil(),
            listing: ListingId(Uuid::nil()),
            organisation: OrganisationId(Uuid::nil()),
            weekdays: weekdays.to_vec(),
            start: time(6, 0, 0, 0),
            first_day: date(2026, 11, 1),
            last_day: date(2026, 12, 31),
            except: vec![],
            capacity: 18,
            duration_minutes: 960,
            quotas: vec![],
        }
    }

    fn days(rule: &Rule, from: Date, to: Date) -> Vec<String> {
        rule.days(from, to).map(|day| day.strftime("%a %d.%m").to_string()).collect()
    }

    #[test]
    fn only_its_weekdays_run() {
        let found = days(&rule(&[6, 7]), date(2026, 11, 23), date(2026, 12, 6));
        assert_eq!(found, ["Sat 28.11", "Sun 29.11", "Sat 05.12", "Sun 06.12"]);
    }

    #[test]
    fn both_ends_count_and_nothing_beyond_them() {
        let mut daily = rule(&[1, 2, 3, 4, 5, 6, 7]);
        (daily.first_day, daily.last_day) = (date(2026, 12, 30), date(2027, 1, 2));
        assert_eq!(days(&daily, date(2026, 11, 1), date(2027, 12, 31)).len(), 4);
        assert_eq!(days(&daily, date(2026, 12, 31), date(2027, 1, 1)), ["Thu 31.12", "Fri 01.01"]);
        assert!(days(&daily, date(2027, 1, 3), date(2027, 2, 1)).is_empty());
        assert!(days(&daily, date(2027, 1, 2), date(2026, 12, 30)).is_empty());
    }

    #[test]
    fn excepted_days_do_not_run() {
        let mut sundays = rule(&[7]);
        sundays.except = vec![date(2026, 12, 6)];
        assert_eq!(days(&sundays, date(2026, 11, 29), date(2026, 12, 13)), ["Sun 29.11", "Sun 13.12"]);
    }

    #[test]
    fn a_leap_day_is_a_day() {
        let mut mondays = rule(&[2]);
        (mondays.first_day, mondays.last_day) = (date(2028, 2, 1), date(2028, 3, 7));
        assert_eq!(days(&mondays, date(2028, 2, 25), date(2028, 3, 7)), ["Tue 29.02", "Tue 07.03"]);
    }
}
