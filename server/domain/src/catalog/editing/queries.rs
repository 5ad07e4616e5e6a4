//! The SQL of the cabinet's list of listings, the editor and its preview.
use crate::kernel::db::Ts;
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) struct UploadRow {
    pub id: Uuid,
    pub state: String,
    pub key: Option<String>,
    pub widths: Option<Vec<i32>>,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub color: Option<String>,
}

/// Uploads of the organisation, and the listing's pictures that are none yet.
pub(super) async fn uploads(
    conn: &mut PgConnection,
    organisation: Uuid,
    listing: Uuid,
    ids: &[Uuid],
) -> sqlx::Result<Vec<UploadRow>> {
    sqlx::query_as!(
        UploadRow,
        r#"select u.id as "id!", u.state as "state!", u.key as "key?", u.widths as "widths?", u.width as "width?",
                  u.height as "height?", u.color as "color?"
           from uploads u where u.id = any($3) and u.organisation_id = $1
           union all
           select p.id, 'ready', p.key, p.widths, p.width, p.height, p.color
           from pictures p where p.listing_id = $2 and p.id = any($3) and not exists (select from uploads u where u.id = p.id)"#,
        organisation,
        listing,
        ids,
    )
    .fetch_all(conn)
    .await
}

/// Uploads that were sent for the listing, are counted as its pictures, and are none of `known`; in the order in which they came.
pub(super) async fn strays(
    conn: &mut PgConnection,
    organisation: Uuid,
    listing: Uuid,
    known: &[Uuid],
) -> sqlx::Result<Vec<UploadRow>> {
    sqlx::query_as!(
        UploadRow,
        "select id, state, key, widths, width, height, color from uploads
         where listing_id = $2 and organisation_id = $1 and discarded_at is null and state in ('waiting', 'ready')
           and id <> all($3)
         order by created_at, id",
        organisation,
        listing,
        known,
    )
    .fetch_all(conn)
    .await
}

pub(super) struct Known {
    pub ticket_types: i64,
    pub place: bool,
    pub from_place: bool,
    pub category: bool,
}

pub(super) async fn known(
    conn: &mut PgConnection,
    listing: Uuid,
    place: &str,
    from_place: &str,
    category: &str,
) -> sqlx::Result<Known> {
    sqlx::query_as!(
        Known,
        r#"select (select count(*) from ticket_types where listing_id = $1 and archived_at is null) as "ticket_types!",
                  exists (select from places where slug = $2) as "place!",
                  exists (select from places where slug = $3) as "from_place!",
                  exists (select from categories where slug = $4) as "category!""#,
        listing,
        place,
        from_place,
        category,
    )
    .fetch_one(conn)
    .await
}

pub(super) struct RowOfList {
    pub id: Uuid,
    pub slug: String,
    pub title: String,
    pub status: String,
    pub edits_in_review: bool,
    pub key: Option<String>,
    pub width: Option<i32>,
    pub price_from: Option<i64>,
    pub next_departure_at: Option<Ts>,
    pub departures: i32,
    pub edited_at: Ts,
}

/// What the list is asked for.
pub(super) struct Wanted<'a> {
    pub organisation: Uuid,
    pub lang: &'a str,
    pub now: Ts,
    /// A status' word.
    pub status: Option<&'a str>,
    /// Part of a title, folded.
    pub text: Option<&'a str>,
    /// Only what is older than this one.
    pub before: Option<Uuid>,
    pub limit: i64,
}

/// The newest first. What is asked for by its title is looked through: an organisation has hundreds of listings, not more.
pub(super) async fn list(conn: &mut PgConnection, wanted: &Wanted<'_>) -> sqlx::Result<Vec<RowOfList>> {
    sqlx::query_as!(
        RowOfList,
        r#"select l.id, l.slug, coalesce(named.best, t.title, l.slug) as "title!", l.status,
                  (l.status in ('published', 'paused') and d.submitted_at is not null) as "edits_in_review!",
                  cover.key as "key?", cover.width as "width?",
                  (select min(price) from ticket_types where listing_id = l.id and archived_at is null) as price_from,
                  case when l.next_departure_at > $3 then l.next_departure_at end as "next_departure_at: Ts",
                  (select count(*)::int from departures x
                   where x.listing_id = l.id and x.status = 'scheduled' and x.starts_at > $3) as "departures!",
                  coalesce(d.edited_at, l.updated_at) as "edited_at!: Ts"
           from listings l
           left join listing_drafts d on d.listing_id = l.id
           cross join lateral (select (array_agg(title order by lang = $2 desc, lang = 'ru' desc))[1] as title,
                                      string_agg(title, ' ') as every
                               from listing_texts where listing_id = l.id) t
           cross join lateral (
               select coalesce(nullif(title ->> $2, ''), nullif(title ->> 'ru', ''), nullif(title ->> 'kk', ''),
                               nullif(title ->> 'en', '')) as best,
                      concat_ws(' ', title ->> 'ru', title ->> 'kk', title ->> 'en') as every
               from (select d.content -> 'title' as title) content) named
           left join lateral (
               (select u.key, u.widths[1] as width from uploads u
                where u.id = (d.content -> 'pictures' -> 0 ->> 'upload')::uuid and u.key is not null)
               union all
               (select p.key, p.widths[1] from pictures p
                where p.listing_id = l.id and d.listing_id is null order by p.position limit 1)) cover on true
           where l.organisation_id = $1 and l.kind = 'tour' and ($6::uuid is null or l.id < $6)
             and ($4::text is null or l.status = $4 or ($4 = 'in_review' and d.submitted_at is not null))
             and ($5::text is null or position($5 in folded(concat_ws(' ', named.every, t.every))) > 0)
           order by l.id desc limit $7"#,
        wanted.organisation,
        wanted.lang,
        wanted.now as Ts,
        wanted.status,
        wanted.text,
        wanted.before,
        wanted.limit,
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn organisation_active(conn: &mut PgConnection, organisation: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select status = 'active' as "active!" from organisations where id = $1"#, organisation)
        .fetch_one(conn)
        .await
}

/// What a tour's page shows beside the draft and what is sold.
pub(super) struct FrameRow {
    pub updated_at: Ts,
    pub next_departure_at: Option<Ts>,
    pub price_from: i64,
    pub place_slugs: Vec<String>,
    pub place_names: Vec<String>,
    pub category: String,
}

pub(super) async fn frame(
    conn: &mut PgConnection,
    lang: &str,
    listing: Uuid,
    place: &str,
    category: &str,
) -> sqlx::Result<FrameRow> {
    sqlx::query_as!(
        FrameRow,
        r#"select l.updated_at, l.next_departure_at, l.price_from,
                  array(select a.slug from places p, unnest(p.path) with ordinality up(id, n) join places a on a.id = up.id
                        where p.slug = $3 order by up.n) as "place_slugs!",
                  array(select in_lang($2, a.name_ru, a.name_kk, a.name_en)
                        from places p, unnest(p.path) with ordinality up(id, n) join places a on a.id = up.id
                        where p.slug = $3 order by up.n) as "place_names!",
                  coalesce((select in_lang($2, c.name_ru, c.name_kk, c.name_en) from categories c where c.slug = $4), '')
                      as "category!"
           from listings l where l.id = $1"#,
        listing,
        lang,
        place,
        category,
    )
    .fetch_one(conn)
    .await
}
