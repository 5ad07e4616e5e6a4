use crate::kernel::db::{Ts, ts};
use jiff::Timestamp;
use sapar_shared::{
    dto::desk::ElsewhereRow,
    ids::{DepartureId, ListingId, OrganisationId},
};
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) struct Counter {
    pub(super) id: Uuid,
    pub(super) departure_id: Uuid,
    /// None: the departure's own counter.
    pub(super) ticket_type_id: Option<Uuid>,
    /// Of a departure that was called off nothing is.
    pub(super) free: i32,
    /// Held or sold.
    pub(super) taken: i32,
}

/// Locks the counters of the departures and of those ticket types that have a quota, in the order of their ids.
pub(super) async fn lock(conn: &mut PgConnection, departures: &[Uuid], ticket_types: &[Uuid]) -> sqlx::Result<Vec<Counter>> {
    sqlx::query_as!(
        Counter,
        r#"select id, departure_id, ticket_type_id, case when closed then 0 else capacity - held - sold - elsewhere end as "free!",
                  held + sold + elsewhere as "taken!"
           from stock
           where departure_id = any($1) and (ticket_type_id is null or ticket_type_id = any($2))
           order by id
           for update"#,
        departures,
        ticket_types,
    )
    .fetch_all(conn)
    .await
}

/// Adds to counters whose departures' own the caller has locked. They are named by what they count: one that was made while
/// the caller waited for the lock counts too.
pub(super) async fn add(
    conn: &mut PgConnection,
    departures: &[Uuid],
    ticket_types: &[Option<Uuid>],
    held: &[i32],
    sold: &[i32],
) -> sqlx::Result<()> {
    sqlx::query!(
        "update stock set held = stock.held + change.held, sold = stock.sold + change.sold
         from unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[]) as change (departure_id, ticket_type_id, held, sold)
         where stock.departure_id = change.departure_id and stock.ticket_type_id is not distinct from change.ticket_type_id",
        departures,
        ticket_types as &[Option<Uuid>],
        held,
        sold,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// A departure's own counter.
pub(super) struct Own {
    pub(super) id: Uuid,
    pub(super) listing: ListingId,
    pub(super) free: i32,
    pub(super) elsewhere: i32,
}

/// Locked, for an organisation that owns the departure. Whoever waited for the lock while it was called off gets none.
pub(super) async fn lock_own(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    departure: DepartureId,
) -> sqlx::Result<Option<Own>> {
    let row = sqlx::query!(
        r#"select s.id, d.listing_id, s.capacity - s.held - s.sold - s.elsewhere as "free!", s.elsewhere
           from stock s join departures d on d.id = s.departure_id
           where s.departure_id = $1 and s.ticket_type_id is null and d.organisation_id = $2 and d.status = 'scheduled'
             and not s.closed
           for update of s"#,
        departure.0,
        organisation.0,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Own { id: row.id, listing: row.listing_id.into(), free: row.free, elsewhere: row.elsewhere }))
}

/// And the line of history that says so.
pub(super) async fn set_elsewhere(
    conn: &mut PgConnection,
    counter: Uuid,
    departure: DepartureId,
    (was, becomes): (i32, i32),
    by: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with counted as (update stock set elsewhere = $4 where id = $1)
         insert into stock_events (departure_id, at, by_name, was, became) values ($2, $6, $5, $3, $4)",
        counter,
        departure.0,
        was,
        becomes,
        by,
        ts(now) as Ts,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn elsewhere_history(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    departure: DepartureId,
) -> sqlx::Result<Vec<ElsewhereRow>> {
    let rows = sqlx::query!(
        "select e.at, e.by_name, e.was, e.became from stock_events e join departures d on d.id = e.departure_id
         where e.departure_id = $1 and d.organisation_id = $2 order by e.at desc, e.id desc limit 10",
        departure.0,
        organisation.0,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ElsewhereRow { at: row.at.to_jiff(), by: row.by_name, was: row.was, became: row.became })
        .collect())
}
