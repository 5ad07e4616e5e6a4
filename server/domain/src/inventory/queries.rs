use sqlx::PgConnection;
use uuid::Uuid;

pub(super) struct Counter {
    pub(super) id: Uuid,
    pub(super) departure_id: Uuid,
    /// None: the departure's own counter.
    pub(super) ticket_type_id: Option<Uuid>,
    pub(super) free: i32,
}

/// Locks the counters of the departures and of those ticket types that have a quota, in the order of their ids.
pub(super) async fn lock(conn: &mut PgConnection, departures: &[Uuid], ticket_types: &[Uuid]) -> sqlx::Result<Vec<Counter>> {
    sqlx::query_as!(
        Counter,
        r#"select id, departure_id, ticket_type_id, capacity - held - sold as "free!"
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

/// Adds to counters that the caller has locked.
pub(super) async fn add(conn: &mut PgConnection, ids: &[Uuid], held: &[i32], sold: &[i32]) -> sqlx::Result<()> {
    sqlx::query!(
        "update stock set held = stock.held + change.held, sold = stock.sold + change.sold
         from unnest($1::uuid[], $2::int[], $3::int[]) as change (id, held, sold)
         where stock.id = change.id",
        ids,
        held,
        sold,
    )
    .execute(conn)
    .await
    .map(drop)
}
