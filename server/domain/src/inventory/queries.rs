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
        r#"select id, departure_id, ticket_type_id, case when closed then 0 else capacity - held - sold end as "free!",
                  held + sold as "taken!"
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
