//! The SQL of the demo. Each table is filled by one statement from a JSON array of its rows: they hold arrays of their
//! own, which UNNEST would flatten.
use super::{StoredPicture, data::Texts};
use crate::{
    catalog::rules::Rule,
    kernel::db::{Ts, ts},
};
use jiff::{Timestamp, civil::Date};
use sapar_shared::dto::catalog::ProgrammeStep;
use serde::Serialize;
use sqlx::{PgConnection, types::Json};
use std::collections::HashMap;
use uuid::Uuid;

/// `name_ru, name_kk, name_en` as one JSON object.
#[derive(Serialize)]
pub(super) struct Names<'a> {
    ru: &'a str,
    kk: &'a str,
    en: &'a str,
}

impl<'a> From<&'a Texts> for Names<'a> {
    fn from(texts: &'a Texts) -> Self {
        Self { ru: &texts.ru, kk: &texts.kk, en: &texts.en }
    }
}

#[derive(Serialize)]
pub(super) struct PlaceRow<'a> {
    pub id: Uuid,
    pub parent_id: Option<Uuid>,
    pub kind: &'a str,
    pub slug: &'a str,
    pub name: Names<'a>,
    pub lat_e6: i32,
    pub lng_e6: i32,
    pub path: Vec<Uuid>,
}

#[derive(Serialize)]
pub(super) struct CategoryRow<'a> {
    pub id: Uuid,
    pub slug: &'a str,
    pub icon: &'a str,
    pub position: i32,
    pub name: Names<'a>,
}

#[derive(Serialize)]
pub(super) struct OrganisationRow<'a> {
    pub id: Uuid,
    pub slug: &'a str,
    pub name: &'a str,
    pub about: Names<'a>,
    pub city_id: Option<Uuid>,
    pub phone: &'a str,
    pub email: &'a str,
    pub founded: Option<i32>,
    pub bin: &'a str,
    pub iban: &'a str,
    pub contact_person: &'a str,
    pub address: &'a str,
}

#[derive(Serialize)]
pub(super) struct ListingRow<'a> {
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub slug: &'a str,
    pub place_id: Option<Uuid>,
    pub from_place_id: Option<Uuid>,
    pub place_path: Vec<Uuid>,
    pub category_id: Uuid,
    pub guide_languages: &'a [String],
    pub duration_minutes: i32,
    pub free_cancel_hours: i32,
    pub meeting_lat_e6: i32,
    pub meeting_lng_e6: i32,
    /// When it was created.
    pub at: Timestamp,
}

#[derive(Serialize)]
pub(super) struct TextRow<'a> {
    pub listing_id: Uuid,
    pub lang: &'a str,
    pub title: &'a str,
    pub summary: &'a str,
    pub description: &'a str,
    pub included: &'a [String],
    pub excluded: &'a [String],
    pub programme: Vec<ProgrammeStep>,
    pub meeting: &'a str,
}

#[derive(Serialize)]
pub(super) struct PictureRow<'a> {
    id: Uuid,
    listing_id: Uuid,
    position: i32,
    key: &'a str,
    widths: &'a [i32],
    width: i32,
    height: i32,
    color: &'a str,
    alt: Names<'a>,
}

impl<'a> PictureRow<'a> {
    pub(super) fn new(id: Uuid, listing_id: Uuid, position: i32, stored: &'a StoredPicture, alt: &'a Texts) -> Self {
        let StoredPicture { key, widths, width, height, color } = stored;
        Self { id, listing_id, position, key, widths, width: *width, height: *height, color, alt: alt.into() }
    }
}

#[derive(Serialize)]
pub(super) struct TicketTypeRow<'a> {
    pub id: Uuid,
    pub listing_id: Uuid,
    pub position: i32,
    pub name: Names<'a>,
    /// Tiyn.
    pub price: i64,
    pub quota: Option<i32>,
    pub max_per_order: i32,
    pub closes_minutes_before: i32,
}

#[derive(Serialize)]
pub(super) struct RuleRow<'a> {
    id: Uuid,
    listing_id: Uuid,
    weekdays: Vec<i8>,
    start_time: &'a str,
    first_day: Date,
    last_day: Date,
    capacity: i32,
}

impl<'a> RuleRow<'a> {
    pub(super) fn new(rule: &Rule, start_time: &'a str) -> Self {
        Self {
            id: rule.id,
            listing_id: rule.listing.0,
            weekdays: rule.weekdays.clone(),
            start_time,
            first_day: rule.first_day,
            last_day: rule.last_day,
            capacity: rule.capacity,
        }
    }
}

/// Whoever comes second waits until the first has committed.
pub(super) async fn alone(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtext('sapar demo'))").fetch_one(conn).await.map(drop)
}

/// Whether the database is still empty, for whoever asks alone.
pub(super) async fn begin(conn: &mut PgConnection) -> sqlx::Result<bool> {
    alone(&mut *conn).await?;
    sqlx::query_scalar!(r#"select not exists (select from organisations) as "empty!""#).fetch_one(conn).await
}

/// The paths of the places that are there, by their slugs.
pub(super) async fn paths(conn: &mut PgConnection) -> sqlx::Result<HashMap<String, Vec<Uuid>>> {
    let rows = sqlx::query!("select slug, path from places").fetch_all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.slug, row.path)).collect())
}

pub(super) async fn places(conn: &mut PgConnection, rows: &[PlaceRow<'_>]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into places (id, parent_id, kind, slug, name_ru, name_kk, name_en, lat_e6, lng_e6, path)
         select id, parent_id, kind, slug, name ->> 'ru', name ->> 'kk', name ->> 'en', lat_e6, lng_e6, path
         from jsonb_to_recordset($1) as r (id uuid, parent_id uuid, kind text, slug text, name jsonb, lat_e6 int, lng_e6 int,
                                           path uuid[])",
        Json(rows) as _,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn categories(conn: &mut PgConnection, rows: &[CategoryRow<'_>]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into categories (id, slug, icon, position, name_ru, name_kk, name_en)
         select id, slug, icon, position, name ->> 'ru', name ->> 'kk', name ->> 'en'
         from jsonb_to_recordset($1) as r (id uuid, slug text, icon text, position int, name jsonb)",
        Json(rows) as _,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn organisations(conn: &mut PgConnection, rows: &[OrganisationRow<'_>], at: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into organisations (id, slug, kind, status, name, about_ru, about_kk, about_en, city_id, phone, email, founded,
                                    bin, iban, contact_person, address, created_at, submitted_at, activated_at)
         select id, slug, 'partner', 'active', name, about ->> 'ru', about ->> 'kk', about ->> 'en', city_id, phone, email,
                founded, bin, iban, contact_person, address, $2, $2, $2
         from jsonb_to_recordset($1) as r (id uuid, slug text, name text, about jsonb, city_id uuid, phone text, email text,
                                           founded int, bin text, iban text, contact_person text, address text)",
        Json(rows) as _,
        ts(at) as Ts,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn listings(conn: &mut PgConnection, rows: &[ListingRow<'_>]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into listings (id, organisation_id, kind, status, slug, place_id, from_place_id, place_path, category_id,
                               guide_languages, duration_minutes, free_cancel_hours, meeting_lat_e6, meeting_lng_e6, price_from,
                               created_at, updated_at)
         select id, organisation_id, 'tour', 'published', slug, place_id, from_place_id, place_path, category_id,
                guide_languages, duration_minutes, free_cancel_hours, meeting_lat_e6, meeting_lng_e6, 0, at, at
         from jsonb_to_recordset($1) as r (id uuid, organisation_id uuid, slug text, place_id uuid, from_place_id uuid,
             place_path uuid[], category_id uuid, guide_languages text[], duration_minutes int, free_cancel_hours int,
             meeting_lat_e6 int, meeting_lng_e6 int, at timestamptz)",
        Json(rows) as _,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn texts(conn: &mut PgConnection, rows: &[TextRow<'_>]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into listing_texts (listing_id, lang, title, summary, description, included, excluded, programme, meeting)
         select * from jsonb_to_recordset($1) as r (listing_id uuid, lang text, title text, summary text, description text,
                                                    included text[], excluded text[], programme jsonb, meeting text)",
        Json(rows) as _,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn pictures(conn: &mut PgConnection, rows: &[PictureRow<'_>]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into pictures (id, listing_id, position, key, widths, width, height, color, alt_ru, alt_kk, alt_en)
         select id, listing_id, position, key, widths, width, height, color, alt ->> 'ru', alt ->> 'kk', alt ->> 'en'
         from jsonb_to_recordset($1) as r (id uuid, listing_id uuid, position int, key text, widths int[], width int, height int,
                                           color text, alt jsonb)",
        Json(rows) as _,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn ticket_types(conn: &mut PgConnection, rows: &[TicketTypeRow<'_>]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into ticket_types (id, listing_id, position, name_ru, name_kk, name_en, price, quota, max_per_order,
                                   closes_minutes_before)
         select id, listing_id, position, name ->> 'ru', name ->> 'kk', name ->> 'en', price, quota, max_per_order,
                closes_minutes_before
         from jsonb_to_recordset($1) as r (id uuid, listing_id uuid, position int, name jsonb, price bigint, quota int,
                                           max_per_order int, closes_minutes_before int)",
        Json(rows) as _,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn rules(conn: &mut PgConnection, rows: &[RuleRow<'_>]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into departure_rules (id, listing_id, weekdays, start_time, first_day, last_day, capacity)
         select * from jsonb_to_recordset($1) as r (id uuid, listing_id uuid, weekdays int[], start_time time, first_day date,
                                                    last_day date, capacity int)",
        Json(rows) as _,
    )
    .execute(conn)
    .await
    .map(drop)
}
