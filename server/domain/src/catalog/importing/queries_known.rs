//! The SQL of what a file's rows are compared with.
use crate::kernel::db::{Ts, ts};
use jiff::Timestamp;
use sapar_shared::dto::editor::Tri;
use sqlx::PgConnection;
use uuid::Uuid;

/// In the order of ids, as everybody who locks several rows.
pub(super) async fn lock(conn: &mut PgConnection, organisation: Uuid, slugs: &[String]) -> sqlx::Result<()> {
    sqlx::query!(
        "select from listings where organisation_id = $1 and kind = 'tour' and slug = any($2) order by id for no key update",
        organisation,
        slugs,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) struct ListingRow {
    pub id: Uuid,
    pub slug: String,
    pub title: String,
    pub archived: bool,
    pub duration_minutes: i32,
}

pub(super) async fn listings(conn: &mut PgConnection, organisation: Uuid, slugs: &[String]) -> sqlx::Result<Vec<ListingRow>> {
    sqlx::query_as!(
        ListingRow,
        r#"select l.id, l.slug, l.status = 'archived' as "archived!", l.duration_minutes,
                  coalesce((select title from listing_texts t where t.listing_id = l.id order by t.lang <> 'ru', t.lang limit 1),
                           nullif(d.content #>> '{title,ru}', ''), nullif(d.content #>> '{title,kk}', ''),
                           nullif(d.content #>> '{title,en}', ''), l.slug) as "title!"
           from listings l left join listing_drafts d on d.listing_id = l.id
           where l.organisation_id = $1 and l.kind = 'tour' and l.slug = any($2) order by l.id"#,
        organisation,
        slugs,
    )
    .fetch_all(conn)
    .await
}

pub(super) struct TypeRow {
    pub id: Uuid,
    pub listing_id: Uuid,
    pub name_ru: String,
    pub quota: Option<i32>,
    pub position: i32,
}

pub(super) async fn ticket_types(conn: &mut PgConnection, listings: &[Uuid]) -> sqlx::Result<Vec<TypeRow>> {
    sqlx::query_as!(
        TypeRow,
        "select id, listing_id, name_ru, quota, position from ticket_types where listing_id = any($1) and archived_at is null
         order by listing_id, position, id",
        listings,
    )
    .fetch_all(conn)
    .await
}

pub(super) struct DepartureRow {
    pub id: Uuid,
    pub listing_id: Uuid,
    pub starts_at: Ts,
    pub scheduled: bool,
}

pub(super) async fn departures(conn: &mut PgConnection, listings: &[Uuid], now: Timestamp) -> sqlx::Result<Vec<DepartureRow>> {
    sqlx::query_as!(
        DepartureRow,
        r#"select id, listing_id, starts_at, status = 'scheduled' as "scheduled!" from departures
           where listing_id = any($1) and starts_at > $2"#,
        listings,
        ts(now) as Ts,
    )
    .fetch_all(conn)
    .await
}

/// As they are published, and as they are edited.
pub(super) async fn titles(conn: &mut PgConnection, organisation: Uuid) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"select title as "title!" from (
               select t.title from listings l join listing_texts t on t.listing_id = l.id
               where l.organisation_id = $1 and l.status <> 'archived'
               union
               select value from listings l join listing_drafts d on d.listing_id = l.id, jsonb_each_text(d.content -> 'title')
               where l.organisation_id = $1 and l.status <> 'archived') known (title)
           where title <> ''"#,
        organisation,
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn places(conn: &mut PgConnection) -> sqlx::Result<Vec<(String, Tri)>> {
    sqlx::query!("select slug, name_ru, name_kk, name_en from places")
        .map(|row| (row.slug, Tri { ru: row.name_ru, kk: row.name_kk, en: row.name_en }))
        .fetch_all(conn)
        .await
}

pub(super) async fn categories(conn: &mut PgConnection) -> sqlx::Result<Vec<(String, Tri)>> {
    sqlx::query!("select slug, name_ru, name_kk, name_en from categories order by position")
        .map(|row| (row.slug, Tri { ru: row.name_ru, kk: row.name_kk, en: row.name_en }))
        .fetch_all(conn)
        .await
}

/// Slugs and titles, the newest first; enough for a list in a workbook.
pub(super) async fn tours(conn: &mut PgConnection, organisation: Uuid, lang: &str) -> sqlx::Result<Vec<(String, String)>> {
    sqlx::query!(
        r#"select l.slug,
                  coalesce(nullif(d.content #>> array['title', $2], ''), nullif(d.content #>> '{title,ru}', ''),
                           (select title from listing_texts t where t.listing_id = l.id
                            order by t.lang <> $2, t.lang <> 'ru', t.lang limit 1), l.slug) as "title!"
           from listings l left join listing_drafts d on d.listing_id = l.id
           where l.organisation_id = $1 and l.kind = 'tour' and l.status <> 'archived' order by l.id desc limit 1000"#,
        organisation,
        lang,
    )
    .map(|row| (row.slug, row.title))
    .fetch_all(conn)
    .await
}
