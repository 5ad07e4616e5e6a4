//! The SQL that writes what a file brings.
use crate::kernel::db::{Ts, ts};
use jiff::Timestamp;
use sapar_shared::dto::editor::TourDraft;
use serde::Serialize;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

/// Those of the candidates that listings have. Until the transaction ends nobody else takes one of these bases.
pub(super) async fn taken_slugs(conn: &mut PgConnection, bases: &[String], candidates: &[String]) -> sqlx::Result<Vec<String>> {
    // In the order of the bases, and the same lock as that of a single tour.
    sqlx::query!(
        "select pg_advisory_xact_lock(hashtextextended('listing ' || base, 0))
         from (select base from unnest($1::text[]) as wanted (base) order by base) sorted",
        bases
    )
    .fetch_all(&mut *conn)
    .await?;
    sqlx::query_scalar!("select slug from listings where slug = any($1)", candidates).fetch_all(conn).await
}

pub(super) struct ListingRow<'a> {
    pub id: Uuid,
    pub slug: &'a str,
    pub draft: &'a TourDraft,
}

/// Drafts, each with its first version. Until it says otherwise a tour begins where it leads to.
pub(super) async fn insert_listings(
    conn: &mut PgConnection,
    organisation: Uuid,
    rows: &[ListingRow<'_>],
    by: Option<Uuid>,
    at: Timestamp,
) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    sqlx::query!(
        "insert into listings (id, organisation_id, kind, status, slug, place_id, from_place_id, place_path, category_id,
                               guide_languages, duration_minutes, free_cancel_hours, meeting_lat_e6, meeting_lng_e6, price_from,
                               created_at, updated_at)
         select new.id, $2, 'tour', 'draft', new.slug, p.id, p.id, p.path, c.id, '{}', new.minutes, new.free_cancel, p.lat_e6, p.lng_e6,
                0, $8, $8
         from unnest($1::uuid[], $3::text[], $4::text[], $5::text[], $6::int[], $7::int[])
              as new (id, slug, place, category, minutes, free_cancel)
         join places p on p.slug = new.place join categories c on c.slug = new.category",
        &ids,
        organisation,
        &rows.iter().map(|row| row.slug.to_owned()).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.draft.place.clone()).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.draft.category.clone()).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.draft.duration_minutes).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.draft.free_cancel_hours).collect::<Vec<_>>(),
        ts(at) as Ts,
    )
    .execute(&mut *conn)
    .await?;
    let drafts: Vec<Json<&TourDraft>> = rows.iter().map(|row| Json(row.draft)).collect();
    sqlx::query!(
        "with drafts as (
             insert into listing_drafts (listing_id, version, content, edited_by, edited_at)
             select id, 1, content, $3, $4 from unnest($1::uuid[], $2::jsonb[]) as new (id, content)
             returning listing_id, version, content, edited_by, edited_at)
         insert into listing_draft_versions (listing_id, version, content, edited_by, edited_at) select * from drafts",
        &ids,
        &drafts as _,
        by,
        ts(at) as Ts,
    )
    .execute(conn)
    .await
    .map(drop)
}

#[derive(Serialize)]
pub(super) struct TypeRow<'a> {
    pub id: Uuid,
    pub listing: Uuid,
    pub position: i32,
    pub ru: &'a str,
    pub kk: &'a str,
    pub en: &'a str,
    /// Tiyn.
    pub price: Option<i64>,
    pub quota: Option<i32>,
    pub min_per_order: i32,
    pub max_per_order: i32,
    pub closes_minutes_before: i32,
}

pub(super) async fn insert_ticket_types(conn: &mut PgConnection, rows: &[TypeRow<'_>]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into ticket_types (id, listing_id, position, name_ru, name_kk, name_en, price, quota, min_per_order, max_per_order,
                                   closes_minutes_before)
         select id, listing, position, ru, kk, en, price, quota, min_per_order, max_per_order, closes_minutes_before
         from jsonb_to_recordset($1) as r (id uuid, listing uuid, position int, ru text, kk text, en text, price bigint, quota int,
                                           min_per_order int, max_per_order int, closes_minutes_before int)",
        Json(rows) as _,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// What an import made.
pub(super) struct Items<'a> {
    pub listings: &'a [Uuid],
    pub ticket_types: &'a [Uuid],
    pub departures: &'a [Uuid],
}

pub(super) async fn insert_items(conn: &mut PgConnection, import: Uuid, items: &Items<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into import_items (import_id, listing_id, ticket_type_id, departure_id)
         select $1::uuid, id, null::uuid, null::uuid from unnest($2::uuid[]) as made (id)
         union all select $1, null, id, null from unnest($3::uuid[]) as made (id)
         union all select $1, null, null, id from unnest($4::uuid[]) as made (id)",
        import,
        items.listings,
        items.ticket_types,
        items.departures,
    )
    .execute(conn)
    .await
    .map(drop)
}
