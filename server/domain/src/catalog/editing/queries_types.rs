//! The SQL of ticket types as they are edited. A name that is not written in a language is kept as the Russian one, for tickets
//! are printed from these rows.
use crate::kernel::db::{Ts, ts};
use jiff::Timestamp;
use sapar_shared::{
    Money,
    dto::editor::{TicketTypeForm, Tri},
    ids::TicketTypeId,
};
use serde::Serialize;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

/// Those on sale, in their order.
pub(super) async fn forms(conn: &mut PgConnection, listing: Uuid) -> sqlx::Result<Vec<TicketTypeForm>> {
    sqlx::query!(
        r#"select id, name_ru, case when name_kk = name_ru then '' else name_kk end as "name_kk!",
                  case when name_en = name_ru then '' else name_en end as "name_en!",
                  price, quota, min_per_order, max_per_order, closes_minutes_before
           from ticket_types where listing_id = $1 and archived_at is null order by position, id"#,
        listing,
    )
    .map(|row| TicketTypeForm {
        id: Some(row.id.into()),
        name: Tri { ru: row.name_ru, kk: row.name_kk, en: row.name_en },
        price: Some(Money::from_tiyn(row.price)),
        quota: row.quota,
        min_per_order: row.min_per_order,
        max_per_order: row.max_per_order,
        closes_minutes_before: row.closes_minutes_before,
    })
    .fetch_all(conn)
    .await
}

pub(super) struct KnownRow {
    pub id: Uuid,
    pub quota: Option<i32>,
    pub archived: bool,
}

/// All that the listing ever had, those of today first.
pub(super) async fn all(conn: &mut PgConnection, listing: Uuid) -> sqlx::Result<Vec<KnownRow>> {
    sqlx::query_as!(
        KnownRow,
        r#"select id, quota, archived_at is not null as "archived!" from ticket_types where listing_id = $1
           order by archived_at nulls first, position, id"#,
        listing,
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn known(conn: &mut PgConnection, listing: Uuid) -> sqlx::Result<Vec<Uuid>> {
    let all = all(conn, listing).await?;
    Ok(all.into_iter().filter(|row| !row.archived).map(|row| row.id).collect())
}

/// The quotas of the ticket types that have one, for departures about to be made.
pub(in crate::catalog) async fn quotas(conn: &mut PgConnection, listing: Uuid) -> sqlx::Result<Vec<(TicketTypeId, i32)>> {
    sqlx::query!(
        r#"select id, quota as "quota!" from ticket_types where listing_id = $1 and archived_at is null and quota is not null"#,
        listing,
    )
    .map(|row| (row.id.into(), row.quota))
    .fetch_all(conn)
    .await
}

#[derive(Serialize)]
pub(super) struct TypeRow<'a> {
    pub id: Uuid,
    pub position: i32,
    pub ru: &'a str,
    pub kk: &'a str,
    pub en: &'a str,
    /// Tiyn; what has none is refused by the table, too.
    pub price: Option<i64>,
    pub quota: Option<i32>,
    pub min_per_order: i32,
    pub max_per_order: i32,
    pub closes_minutes_before: i32,
}

/// Inserts and updates these, and archives all others of the listing: what was ordered is never deleted.
pub(super) async fn save(conn: &mut PgConnection, listing: Uuid, rows: &[TypeRow<'_>], now: Timestamp) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    sqlx::query!(
        "insert into ticket_types (id, listing_id, position, name_ru, name_kk, name_en, price, quota, min_per_order, max_per_order,
                                   closes_minutes_before)
         select id, $1, position, ru, kk, en, price, quota, min_per_order, max_per_order, closes_minutes_before
         from jsonb_to_recordset($2) as r (id uuid, position int, ru text, kk text, en text, price bigint, quota int,
                                           min_per_order int, max_per_order int, closes_minutes_before int)
         on conflict (id) do update
         set position = excluded.position, name_ru = excluded.name_ru, name_kk = excluded.name_kk, name_en = excluded.name_en,
             price = excluded.price, quota = excluded.quota, min_per_order = excluded.min_per_order,
             max_per_order = excluded.max_per_order, closes_minutes_before = excluded.closes_minutes_before, archived_at = null
         where ticket_types.listing_id = $1",
        listing,
        Json(rows) as _,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "update ticket_types set archived_at = $3 where listing_id = $1 and archived_at is null and id <> all($2)",
        listing,
        &ids,
        ts(now) as Ts,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Coming departures that are not cancelled, the soonest first.
pub(super) async fn coming(conn: &mut PgConnection, listing: Uuid, now: Timestamp) -> sqlx::Result<Vec<(Uuid, Timestamp)>> {
    sqlx::query!(
        "select id, starts_at from departures where listing_id = $1 and status = 'scheduled' and starts_at > $2 order by starts_at",
        listing,
        ts(now) as Ts,
    )
    .map(|row| (row.id, row.starts_at.to_jiff()))
    .fetch_all(conn)
    .await
}

/// The ticket types that the one listing has now become the other's, under `new` ids.
pub(super) async fn copy(conn: &mut PgConnection, from: Uuid, to: Uuid, new: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into ticket_types (id, listing_id, position, name_ru, name_kk, name_en, price, quota, min_per_order, max_per_order,
                                   closes_minutes_before)
         select new.id, $2, t.n, t.name_ru, t.name_kk, t.name_en, t.price, t.quota, t.min_per_order, t.max_per_order,
                t.closes_minutes_before
         from (select *, row_number() over (order by position, id)::int as n from ticket_types
               where listing_id = $1 and archived_at is null) t
         join unnest($3::uuid[]) with ordinality as new (id, n) on new.n = t.n",
        from,
        to,
        new,
    )
    .execute(conn)
    .await
    .map(drop)
}
