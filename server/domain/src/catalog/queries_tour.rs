//! The SQL of a tour's page.
use super::cards::PictureRow;
use crate::kernel::db::Ts;
use sapar_shared::dto::catalog::ProgrammeStep;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

pub(super) struct TourRow {
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub description: String,
    pub programme: Json<Vec<ProgrammeStep>>,
    pub included: Vec<String>,
    pub excluded: Vec<String>,
    pub guide_languages: Vec<String>,
    pub duration_minutes: i32,
    pub free_cancel_hours: i32,
    pub price_from: i64,
    pub meeting: String,
    pub meeting_lat_e6: i32,
    pub meeting_lng_e6: i32,
    pub updated_at: Ts,
    pub next_departure_at: Option<Ts>,
    /// From the country down, slug by slug and name by name.
    pub place_slugs: Vec<String>,
    pub place_names: Vec<String>,
    pub category_slug: String,
    pub category: String,
    pub similar: Vec<Uuid>,
}

/// The tour with all that it has one of. Similar ones: the same place first, then the same category.
pub(super) async fn tour(conn: &mut PgConnection, lang: &str, slug: &str, similar: i64) -> sqlx::Result<Option<TourRow>> {
    sqlx::query_as!(
        TourRow,
        r#"select l.id, l.organisation_id, l.slug, t.title, t.summary, t.description, t.included, t.excluded, t.meeting,
                  t.programme as "programme: Json<Vec<ProgrammeStep>>",
                  l.guide_languages, l.duration_minutes, l.free_cancel_hours, l.price_from, l.meeting_lat_e6, l.meeting_lng_e6,
                  l.updated_at, l.next_departure_at,
                  array(select a.slug from unnest(p.path) with ordinality up(id, n) join places a on a.id = up.id
                        order by up.n) as "place_slugs!",
                  array(select in_lang($2, a.name_ru, a.name_kk, a.name_en)
                        from unnest(p.path) with ordinality up(id, n) join places a on a.id = up.id
                        order by up.n) as "place_names!",
                  c.slug as category_slug, in_lang($2, c.name_ru, c.name_kk, c.name_en) as "category!",
                  array(select id from (
                            (select id, 1 as rank, sold_count from listings
                             where place_id = l.place_id and id <> l.id and status = 'published' and kind = 'tour'
                             order by sold_count desc, id desc limit $3)
                            union all
                            (select id, 2, sold_count from listings
                             where category_id = l.category_id and place_id <> l.place_id and status = 'published' and kind = 'tour'
                             order by sold_count desc, id desc limit $3)) near
                        order by rank, sold_count desc, id desc limit $3) as "similar!"
           from listings l
           join places p on p.id = l.place_id
           join categories c on c.id = l.category_id
           join lateral (select * from listing_texts where listing_id = l.id
                         order by lang = $2 desc, lang = 'ru' desc limit 1) t on true
           where l.slug = $1 and l.status = 'published' and l.kind = 'tour'"#,
        slug,
        lang,
        similar,
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn pictures(conn: &mut PgConnection, lang: &str, listing: Uuid) -> sqlx::Result<Vec<PictureRow>> {
    sqlx::query_as!(
        PictureRow,
        r#"select key as "key?", widths as "widths?", width as "width?", height as "height?", color as "color?",
                  in_lang($2, alt_ru, alt_kk, alt_en) as alt
           from pictures where listing_id = $1 order by position"#,
        listing,
        lang,
    )
    .fetch_all(conn)
    .await
}

pub(super) struct TicketTypeRow {
    pub id: Uuid,
    pub name: String,
    pub price: i64,
    pub min_per_order: i32,
    pub max_per_order: i32,
}

pub(super) async fn ticket_types(conn: &mut PgConnection, lang: &str, listing: Uuid) -> sqlx::Result<Vec<TicketTypeRow>> {
    sqlx::query_as!(
        TicketTypeRow,
        r#"select id, in_lang($2, name_ru, name_kk, name_en) as "name!", price, min_per_order, max_per_order
           from ticket_types where listing_id = $1 and archived_at is null order by position, id"#,
        listing,
        lang,
    )
    .fetch_all(conn)
    .await
}

pub(super) struct DepartureRow {
    pub id: Uuid,
    pub starts_at: Ts,
    pub ends_at: Ts,
    pub places_left: i32,
    /// In the order of `ticket_types`.
    pub types_left: Vec<i32>,
}

/// What may still be bought of each departure that has not started yet. A ticket type without a counter of its own is
/// limited by the departure only; one whose sale has closed has nothing left.
pub(super) async fn departures(conn: &mut PgConnection, listing: Uuid, now: Ts, until: Ts) -> sqlx::Result<Vec<DepartureRow>> {
    sqlx::query_as!(
        DepartureRow,
        r#"select d.id, d.starts_at, d.ends_at, s.places_left as "places_left!",
                  array(select case when d.starts_at - make_interval(mins => t.closes_minutes_before) <= $2 then 0
                                    else least(s.places_left, coalesce(own.capacity - own.held - own.sold, s.places_left)) end
                        from ticket_types t
                        left join stock own on own.departure_id = d.id and own.ticket_type_id = t.id
                        where t.listing_id = d.listing_id and t.archived_at is null
                        order by t.position, t.id) as "types_left!"
           from departures d
           cross join lateral (select coalesce((select capacity - held - sold - elsewhere from stock
                                                where departure_id = d.id and ticket_type_id is null), 0) as places_left) s
           where d.listing_id = $1 and d.status = 'scheduled' and d.starts_at > $2 and d.starts_at < $3
           order by d.starts_at"#,
        listing,
        now as Ts,
        until as Ts,
    )
    .fetch_all(conn)
    .await
}
