//! The SQL of lists, tiles, filters and the sitemap.
use super::{
    cards::{CardRow, PictureRow},
    queries_search::When,
};
use crate::kernel::db::Ts;
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn cards(conn: &mut PgConnection, lang: &str, ids: &[Uuid], when: Option<When>) -> sqlx::Result<Vec<CardRow>> {
    let from = when.map(|when| when.from);
    let until = when.map(|when| when.until);
    sqlx::query!(
        r#"select l.id, l.slug, t.title, t.summary, l.price_from, l.duration_minutes, l.guide_languages,
                  in_lang($2, p.name_ru, p.name_kk, p.name_en) as "place!",
                  c.slug as category_slug, in_lang($2, c.name_ru, c.name_kk, c.name_en) as "category!",
                  o.name as partner, d.starts_at as "starts_at?", d.places_left as "places_left?",
                  pic.key as "key?", pic.widths as "widths?", pic.width as "width?", pic.height as "height?",
                  pic.color as "color?", in_lang($2, pic.alt_ru, pic.alt_kk, pic.alt_en) as alt
           from unnest($1::uuid[]) with ordinality as wanted(id, n)
           join listings l on l.id = wanted.id
           join places p on p.id = l.place_id
           join categories c on c.id = l.category_id
           join organisations o on o.id = l.organisation_id
           join lateral (select title, summary from listing_texts where listing_id = l.id
                         order by lang = $2 desc, lang = 'ru' desc limit 1) t on true
           left join lateral (select * from pictures where listing_id = l.id order by position limit 1) pic on true
           left join lateral (
               select d.starts_at, s.capacity - s.held - s.sold - s.elsewhere as places_left
               from (select coalesce(
                         (select d.id from departures d
                          where d.listing_id = l.id and d.status = 'scheduled' and d.starts_at >= coalesce($3, l.next_departure_at)
                            and ($4::timestamptz is null or d.starts_at < $4) and d.places_left >= coalesce($5, 1)
                          order by d.starts_at limit 1),
                         (select d.id from departures d
                          where d.listing_id = l.id and d.status = 'scheduled' and d.starts_at = l.next_departure_at
                            and $3::timestamptz is null limit 1)) as id) first
               join departures d on d.id = first.id
               join stock s on s.departure_id = d.id and s.ticket_type_id is null) d on true
           order by wanted.n"#,
        ids,
        lang,
        from as Option<Ts>,
        until as Option<Ts>,
        when.map(|when| when.people),
    )
    .map(|row| CardRow {
        id: row.id,
        slug: row.slug,
        title: row.title,
        summary: row.summary,
        place: row.place,
        category_slug: row.category_slug,
        category: row.category,
        partner: row.partner,
        price_from: row.price_from,
        duration_minutes: row.duration_minutes,
        guide_languages: row.guide_languages,
        starts_at: row.starts_at,
        places_left: row.places_left,
        cover: PictureRow {
            key: row.key,
            widths: row.widths,
            width: row.width,
            height: row.height,
            color: row.color,
            alt: row.alt,
        },
    })
    .fetch_all(conn)
    .await
}

pub(super) struct Highlights {
    pub soonest: Vec<Uuid>,
    pub popular: Vec<Uuid>,
    pub tours: i64,
    pub partners: i64,
}

pub(super) async fn highlights(conn: &mut PgConnection, now: Ts, count: i64) -> sqlx::Result<Highlights> {
    sqlx::query_as!(
        Highlights,
        r#"select
             array(select id from listings
                   where status = 'published' and kind = 'tour' and coalesce(next_departure_at, 'infinity') > $1
                     and next_departure_at is not null
                   order by coalesce(next_departure_at, 'infinity'), id limit $2) as "soonest!",
             array(select id from listings where status = 'published' and kind = 'tour'
                   order by sold_count desc, id desc limit $2) as "popular!",
             (select count(*) from listings where status = 'published' and kind = 'tour') as "tours!",
             (select count(*) from organisations o
              where o.status = 'active' and exists (select from listings l where l.organisation_id = o.id
                                                    and l.status = 'published' and l.kind = 'tour')) as "partners!""#,
        now as Ts,
        count,
    )
    .fetch_one(conn)
    .await
}

pub(super) struct CategoryRow {
    pub slug: String,
    pub name: String,
    pub icon: String,
    pub tours: i64,
}

pub(super) async fn categories(conn: &mut PgConnection, lang: &str) -> sqlx::Result<Vec<CategoryRow>> {
    sqlx::query_as!(
        CategoryRow,
        r#"select slug, in_lang($1, name_ru, name_kk, name_en) as "name!", icon,
                  (select count(*) from listings l
                   where l.category_id = c.id and l.status = 'published' and l.kind = 'tour') as "tours!"
           from categories c order by position"#,
        lang,
    )
    .fetch_all(conn)
    .await
}

/// Those that some tour is of.
pub(super) async fn used_categories(conn: &mut PgConnection, lang: &str) -> sqlx::Result<Vec<(String, String)>> {
    sqlx::query!(
        r#"select slug, in_lang($1, name_ru, name_kk, name_en) as "name!" from categories c
           where exists (select from listings l where l.category_id = c.id and l.status = 'published' and l.kind = 'tour')
           order by position"#,
        lang,
    )
    .map(|row| (row.slug, row.name))
    .fetch_all(conn)
    .await
}

pub(super) struct PlaceTileRow {
    pub slug: String,
    pub name: String,
    pub tours: i64,
    pub cover: PictureRow,
}

/// The places with the most tours, each with the cover of its most popular one.
pub(super) async fn place_tiles(conn: &mut PgConnection, lang: &str, count: i64) -> sqlx::Result<Vec<PlaceTileRow>> {
    sqlx::query!(
        r#"select p.slug, in_lang($1, p.name_ru, p.name_kk, p.name_en) as "name!", top.tours as "tours!",
                  pic.key as "key?", pic.widths as "widths?", pic.width as "width?", pic.height as "height?",
                  pic.color as "color?", in_lang($1, pic.alt_ru, pic.alt_kk, pic.alt_en) as alt
           from (select place_id, count(*) as tours, sum(sold_count) as sold from listings
                 where status = 'published' and kind = 'tour'
                 group by place_id order by tours desc, sold desc, place_id limit $2) top
           join places p on p.id = top.place_id
           left join lateral (select id from listings where place_id = p.id and status = 'published' and kind = 'tour'
                              order by sold_count desc, id desc limit 1) l on true
           left join lateral (select * from pictures where listing_id = l.id order by position limit 1) pic on true
           order by top.tours desc, top.sold desc, p.id"#,
        lang,
        count,
    )
    .map(|row| PlaceTileRow {
        slug: row.slug,
        name: row.name,
        tours: row.tours,
        cover: PictureRow {
            key: row.key,
            widths: row.widths,
            width: row.width,
            height: row.height,
            color: row.color,
            alt: row.alt,
        },
    })
    .fetch_all(conn)
    .await
}

pub(super) struct PlaceRow {
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub path: Vec<Uuid>,
}

/// The places that tours lead to, and what these lie in.
pub(super) async fn used_places(conn: &mut PgConnection, lang: &str) -> sqlx::Result<Vec<PlaceRow>> {
    sqlx::query_as!(
        PlaceRow,
        r#"select id, slug, in_lang($1, name_ru, name_kk, name_en) as "name!", path from places
           where id in (select unnest(p.path) from places p
                        where exists (select from listings l
                                      where l.place_id = p.id and l.status = 'published' and l.kind = 'tour'))"#,
        lang,
    )
    .fetch_all(conn)
    .await
}

pub(super) struct SitemapRow {
    pub slug: String,
    pub updated_at: Ts,
}

pub(super) async fn sitemap(conn: &mut PgConnection, after: Option<Uuid>, limit: i64) -> sqlx::Result<Vec<SitemapRow>> {
    sqlx::query_as!(
        SitemapRow,
        "select slug, updated_at from listings
         where status = 'published' and kind = 'tour' and ($1::uuid is null or id > $1) order by id limit $2",
        after,
        limit,
    )
    .fetch_all(conn)
    .await
}

/// The last id of each full page that another one follows.
pub(super) async fn sitemap_pages(conn: &mut PgConnection, size: i64) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select id from (select id, row_number() over (order by id) as n, count(*) over () as total from listings
                         where status = 'published' and kind = 'tour') numbered
         where n % $1 = 0 and n < total order by id",
        size,
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn sitemap_partners(conn: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!("select slug from organisations where kind = 'partner' and status = 'active' order by slug")
        .fetch_all(conn)
        .await
}
