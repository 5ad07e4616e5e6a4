//! The SQL of changing how many places there are.
use super::queries::Counter;
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// Locks all counters of the departures, in the order of their ids.
pub(super) async fn lock_all(conn: &mut PgConnection, departures: &[Uuid]) -> sqlx::Result<Vec<Counter>> {
    sqlx::query_as!(
        Counter,
        r#"select id, departure_id, ticket_type_id, case when closed then 0 else capacity - held - sold - elsewhere end as "free!",
                  held + sold + elsewhere as "taken!"
           from stock where departure_id = any($1) order by id for update"#,
        departures,
    )
    .fetch_all(conn)
    .await
}

/// Of counters that the caller has locked.
pub(super) async fn set_capacities(conn: &mut PgConnection, counters: &[Uuid], capacities: &[i32]) -> sqlx::Result<()> {
    sqlx::query!(
        "update stock set capacity = wanted.capacity from unnest($1::uuid[], $2::int[]) as wanted (id, capacity)
         where stock.id = wanted.id and stock.capacity <> wanted.capacity",
        counters,
        capacities,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn close(conn: &mut PgConnection, departure: Uuid) -> sqlx::Result<()> {
    sqlx::query!("update stock set closed = true where departure_id = $1", departure).execute(conn).await.map(drop)
}

/// Held and sold places by departure and ticket type, of those that have no counter there.
pub(super) async fn sold_uncounted(
    conn: &mut PgConnection,
    departures: &[Uuid],
    ticket_types: &[Uuid],
) -> sqlx::Result<HashMap<(Uuid, Uuid), (i32, i32)>> {
    let rows = sqlx::query!(
        r#"select line.departure_id, line.ticket_type_id,
                  (coalesce(sum(line.quantity) filter (where o.status in ('held', 'awaiting_payment')), 0))::int as "held!",
                  (coalesce(sum(line.quantity) filter (where o.status in ('paid', 'completed', 'partly_refunded')), 0))::int as "sold!"
           from order_lines line join orders o on o.id = line.order_id
           where line.departure_id = any($1) and line.ticket_type_id = any($2)
             and not exists (select from stock s where s.departure_id = line.departure_id and s.ticket_type_id = line.ticket_type_id)
           group by line.departure_id, line.ticket_type_id"#,
        departures,
        ticket_types,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| ((row.departure_id, row.ticket_type_id), (row.held, row.sold))).collect())
}

/// A ticket type's counter that is about to be made.
pub(super) struct NewCounter {
    pub(super) id: Uuid,
    pub(super) departure: Uuid,
    pub(super) ticket_type: Uuid,
    pub(super) capacity: i32,
    pub(super) held: i32,
    pub(super) sold: i32,
}

pub(super) async fn insert(conn: &mut PgConnection, counters: &[NewCounter]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into stock (id, departure_id, ticket_type_id, capacity, held, sold)
         select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::int[], $6::int[])",
        &counters.iter().map(|c| c.id).collect::<Vec<_>>(),
        &counters.iter().map(|c| c.departure).collect::<Vec<_>>(),
        &counters.iter().map(|c| c.ticket_type).collect::<Vec<_>>(),
        &counters.iter().map(|c| c.capacity).collect::<Vec<_>>(),
        &counters.iter().map(|c| c.held).collect::<Vec<_>>(),
        &counters.iter().map(|c| c.sold).collect::<Vec<_>>(),
    )
    .execute(conn)
    .await
    .map(drop)
}

/// All counters of these departures, and those of these ticket types on any departure.
pub(super) async fn lock_for_good(conn: &mut PgConnection, departures: &[Uuid], ticket_types: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!(
        "select id from stock where departure_id = any($1)
             or (ticket_type_id = any($2) and departure_id in (select d.id from ticket_types t join departures d on d.listing_id = t.listing_id
                                                               where t.id = any($2)))
         order by id for update",
        departures,
        ticket_types,
    )
    .fetch_all(conn)
    .await
    .map(drop)
}

/// Of counters that the caller has locked.
pub(super) async fn forget(conn: &mut PgConnection, departures: &[Uuid], ticket_types: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from stock where departure_id = any($1)
             or (ticket_type_id = any($2) and departure_id in (select d.id from ticket_types t join departures d on d.listing_id = t.listing_id
                                                               where t.id = any($2)))",
        departures,
        ticket_types,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Counters of these ticket types; the departures' own stay.
pub(super) async fn delete(conn: &mut PgConnection, departures: &[Uuid], ticket_types: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!("delete from stock where departure_id = any($1) and ticket_type_id = any($2)", departures, ticket_types)
        .execute(conn)
        .await
        .map(drop)
}
