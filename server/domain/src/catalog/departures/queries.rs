use crate::{
    catalog::rules::Rule,
    kernel::db::{Day, Ts, day, ts},
};
use jiff::Timestamp;
use sapar_shared::{dto::editor::PlannedDeparture, when};
use sqlx::PgConnection;
use uuid::Uuid;

/// Locks the listings of the departures, in the order of their ids.
pub(super) async fn lock_listings(conn: &mut PgConnection, organisation: Uuid, departures: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!(
        "select from listings where id in (select listing_id from departures where id = any($2) and organisation_id = $1)
         order by id for no key update",
        organisation,
        departures,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) struct DepartureRow {
    pub id: Uuid,
    pub listing_id: Uuid,
    pub starts_at: Ts,
    pub cancelled: bool,
    pub duration_minutes: i32,
    /// Its listing is.
    pub archived: bool,
}

pub(super) async fn departures(conn: &mut PgConnection, organisation: Uuid, ids: &[Uuid]) -> sqlx::Result<Vec<DepartureRow>> {
    sqlx::query_as!(
        DepartureRow,
        r#"select d.id, d.listing_id, d.starts_at, d.status = 'cancelled' as "cancelled!", l.duration_minutes,
                  l.status = 'archived' as "archived!"
           from departures d join listings l on l.id = d.listing_id
           where d.id = any($2) and d.organisation_id = $1 order by d.starts_at, d.id"#,
        organisation,
        ids,
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn planned(
    conn: &mut PgConnection,
    listing: Uuid,
    from: Timestamp,
    after: Timestamp,
    limit: i64,
) -> sqlx::Result<Vec<PlannedDeparture>> {
    sqlx::query!(
        r#"select d.id, d.starts_at, d.ends_at, d.status = 'cancelled' as "cancelled!", coalesce(s.capacity, 0) as "capacity!",
                  coalesce(s.sold, 0) as "sold!", coalesce(s.held, 0) as "held!",
                  coalesce(s.elsewhere, 0) as "elsewhere!"
           from departures d left join stock s on s.departure_id = d.id and s.ticket_type_id is null
           where d.listing_id = $1 and d.starts_at >= $2 and d.starts_at > $3
           order by d.starts_at limit $4"#,
        listing,
        ts(from) as Ts,
        ts(after) as Ts,
        limit,
    )
    .map(|row| PlannedDeparture {
        id: row.id.into(),
        starts_at: row.starts_at.to_jiff(),
        ends_at: row.ends_at.to_jiff(),
        cancelled: row.cancelled,
        capacity: row.capacity,
        sold: row.sold,
        held: row.held,
        elsewhere: row.elsewhere,
    })
    .fetch_all(conn)
    .await
}

/// Starts and capacities of what is scheduled in that time.
pub(super) async fn scheduled(
    conn: &mut PgConnection,
    listing: Uuid,
    from: Timestamp,
    until: Timestamp,
    limit: i64,
) -> sqlx::Result<Vec<(Timestamp, i32)>> {
    sqlx::query!(
        "select d.starts_at, s.capacity from departures d
         join stock s on s.departure_id = d.id and s.ticket_type_id is null
         where d.listing_id = $1 and d.status = 'scheduled' and d.starts_at >= $2 and d.starts_at < $3
         order by d.starts_at limit $4",
        listing,
        ts(from) as Ts,
        ts(until) as Ts,
        limit,
    )
    .map(|row| (row.starts_at.to_jiff(), row.capacity))
    .fetch_all(conn)
    .await
}

/// Rules that differ in nothing but their hour.
pub(super) async fn insert_rules(conn: &mut PgConnection, rules: &[Rule]) -> sqlx::Result<()> {
    let Some(one) = rules.first() else { return Ok(()) };
    sqlx::query!(
        "insert into departure_rules (id, listing_id, weekdays, start_time, first_day, last_day, except_days, capacity)
         select id, $3, $4::int[], start_time::time, $5, $6, $7, $8 from unnest($1::uuid[], $2::text[]) as rule (id, start_time)",
        &rules.iter().map(|rule| rule.id).collect::<Vec<_>>(),
        &rules.iter().map(|rule| when::clock(one.first_day.to_datetime(rule.start))).collect::<Vec<_>>(),
        one.listing.0,
        &one.weekdays.iter().map(|weekday| i32::from(*weekday)).collect::<Vec<_>>(),
        day(one.first_day) as Day,
        day(one.last_day) as Day,
        &one.except.iter().map(|except| day(*except)).collect::<Vec<_>>() as &[Day],
        one.capacity,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Which of the starts the listing has already, cancelled ones included.
pub(super) async fn known_starts(conn: &mut PgConnection, listing: Uuid, starts: &[Timestamp]) -> sqlx::Result<Vec<Timestamp>> {
    let starts: Vec<Ts> = starts.iter().map(|at| ts(*at)).collect();
    let known = sqlx::query_scalar!(
        "select starts_at from departures where listing_id = $1 and starts_at = any($2)",
        listing,
        &starts as &[Ts],
    )
    .fetch_all(conn)
    .await?;
    Ok(known.into_iter().map(Ts::to_jiff).collect())
}

/// Another start; it is no longer its rule's. Refused by `departures_unique_start`.
pub(super) async fn reschedule(conn: &mut PgConnection, id: Uuid, starts_at: Timestamp, ends_at: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update departures set starts_at = $2, ends_at = $3, rule_id = null where id = $1",
        id,
        ts(starts_at) as Ts,
        ts(ends_at) as Ts,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn cancel(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!("update departures set status = 'cancelled' where id = $1", id).execute(conn).await.map(drop)
}
