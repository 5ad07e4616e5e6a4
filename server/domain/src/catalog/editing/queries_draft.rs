//! The SQL of drafts and their versions.
use crate::kernel::db::{Ts, ts};
use jiff::Timestamp;
use sapar_shared::dto::{catalog::ProgrammeStep, editor::TourDraft};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

/// So many versions of a draft are kept.
const VERSIONS: i32 = 50;

pub(super) struct ListingRow {
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub slug: String,
    pub status: String,
    pub duration_minutes: i32,
}

/// The row is not locked against whoever only refers to it: nobody who buys waits for whoever edits.
pub(super) async fn lock_listing(conn: &mut PgConnection, organisation: Uuid, id: Uuid) -> sqlx::Result<Option<ListingRow>> {
    sqlx::query_as!(
        ListingRow,
        "select id, organisation_id, slug, status, duration_minutes from listings
         where id = $2 and organisation_id = $1 and kind = 'tour' for no key update",
        organisation,
        id,
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn listing(conn: &mut PgConnection, organisation: Uuid, id: Uuid) -> sqlx::Result<Option<ListingRow>> {
    sqlx::query_as!(
        ListingRow,
        "select id, organisation_id, slug, status, duration_minutes from listings
         where id = $2 and organisation_id = $1 and kind = 'tour'",
        organisation,
        id,
    )
    .fetch_optional(conn)
    .await
}

/// By the name that the moderator has for it.
pub(super) async fn lock_by_slug(conn: &mut PgConnection, slug: &str) -> sqlx::Result<Option<ListingRow>> {
    sqlx::query_as!(
        ListingRow,
        "select id, organisation_id, slug, status, duration_minutes from listings
         where slug = $1 and kind = 'tour' for no key update",
        slug,
    )
    .fetch_optional(conn)
    .await
}

pub(super) struct DraftRow {
    pub version: i32,
    pub content: Json<TourDraft>,
    pub live: Option<Json<TourDraft>>,
    pub edited_by: String,
    pub edited_at: Ts,
    pub submitted: bool,
    pub remark: Option<String>,
}

pub(super) async fn draft(conn: &mut PgConnection, listing: Uuid) -> sqlx::Result<Option<DraftRow>> {
    sqlx::query_as!(
        DraftRow,
        r#"select d.version, d.content as "content: Json<TourDraft>", d.live as "live: Json<TourDraft>",
                  coalesce(a.name, o.name) as "edited_by!", d.edited_at, d.submitted_at is not null as "submitted!", d.remark
           from listing_drafts d
           join listings l on l.id = d.listing_id
           join organisations o on o.id = l.organisation_id
           left join accounts a on a.id = d.edited_by
           where d.listing_id = $1"#,
        listing,
    )
    .fetch_optional(conn)
    .await
}

/// The content of an older version; `None` when it is forgotten or never was.
pub(super) async fn version(conn: &mut PgConnection, listing: Uuid, version: i32) -> sqlx::Result<Option<TourDraft>> {
    let content = sqlx::query_scalar!(
        r#"select content as "content: Json<TourDraft>" from listing_draft_versions where listing_id = $1 and version = $2"#,
        listing,
        version,
    )
    .fetch_optional(conn)
    .await?;
    Ok(content.map(|content| content.0))
}

/// The first version: 0 of what is live, else 1.
pub(super) async fn insert_draft(
    conn: &mut PgConnection,
    listing: Uuid,
    content: &TourDraft,
    live: Option<&TourDraft>,
    by: Option<Uuid>,
    at: Timestamp,
) -> sqlx::Result<()> {
    let version = if live.is_some() { 0 } else { 1 };
    sqlx::query!(
        "insert into listing_drafts (listing_id, version, content, live, edited_by, edited_at) values ($1, $2, $3, $4, $5, $6)",
        listing,
        version,
        Json(content) as _,
        live.map(Json) as _,
        by,
        ts(at) as Ts,
    )
    .execute(&mut *conn)
    .await?;
    insert_version(conn, listing, version, content, by, at).await
}

/// The next version, which becomes the draft.
pub(super) async fn save(
    conn: &mut PgConnection,
    listing: Uuid,
    version: i32,
    content: &TourDraft,
    by: Option<Uuid>,
    at: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update listing_drafts set version = $2, content = $3, edited_by = $4, edited_at = $5 where listing_id = $1",
        listing,
        version,
        Json(content) as _,
        by,
        ts(at) as Ts,
    )
    .execute(&mut *conn)
    .await?;
    insert_version(&mut *conn, listing, version, content, by, at).await?;
    sqlx::query!("delete from listing_draft_versions where listing_id = $1 and version <= $2", listing, version - VERSIONS)
        .execute(conn)
        .await
        .map(drop)
}

async fn insert_version(
    conn: &mut PgConnection,
    listing: Uuid,
    version: i32,
    content: &TourDraft,
    by: Option<Uuid>,
    at: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into listing_draft_versions (listing_id, version, content, edited_by, edited_at) values ($1, $2, $3, $4, $5)",
        listing,
        version,
        Json(content) as _,
        by,
        ts(at) as Ts,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Pictures that were there before uploads were counted become uploads of the same ids.
pub(super) async fn adopt_pictures(conn: &mut PgConnection, listing: Uuid, at: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into uploads (id, organisation_id, listing_id, purpose, state, key, widths, width, height, color, created_at)
         select p.id, l.organisation_id, l.id, 'listing', 'ready', p.key, p.widths, p.width, p.height, p.color, $2
         from pictures p join listings l on l.id = p.listing_id where l.id = $1
         on conflict (id) do nothing",
        listing,
        ts(at) as Ts,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Whether the pictures that travellers see are other ones than these uploads now, or in another order: one that was cropped
/// anew has the same id and another key.
pub(super) async fn pictures_differ(conn: &mut PgConnection, listing: Uuid, uploads: &[Uuid]) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select array(select u.key from unnest($2::uuid[]) with ordinality as wanted (id, n)
                        left join uploads u on u.id = wanted.id order by wanted.n)
                  <> array(select key from pictures where listing_id = $1 order by position) as "differ!""#,
        listing,
        uploads,
    )
    .fetch_one(conn)
    .await
}

pub(super) struct LiveRow {
    pub organisation: String,
    pub place: String,
    pub from_place: String,
    pub category: String,
    pub guide_languages: Vec<String>,
    pub duration_minutes: i32,
    pub free_cancel_hours: i32,
    pub meeting_lat_e6: i32,
    pub meeting_lng_e6: i32,
    pub updated_at: Ts,
}

pub(super) async fn live(conn: &mut PgConnection, listing: Uuid) -> sqlx::Result<LiveRow> {
    sqlx::query_as!(
        LiveRow,
        "select o.name as organisation, p.slug as place, f.slug as from_place, c.slug as category, l.guide_languages,
                l.duration_minutes, l.free_cancel_hours, l.meeting_lat_e6, l.meeting_lng_e6, l.updated_at
         from listings l
         join organisations o on o.id = l.organisation_id
         join places p on p.id = l.place_id
         join places f on f.id = l.from_place_id
         join categories c on c.id = l.category_id
         where l.id = $1",
        listing,
    )
    .fetch_one(conn)
    .await
}

pub(super) struct TextRow {
    pub lang: String,
    pub title: String,
    pub summary: String,
    pub description: String,
    pub included: Vec<String>,
    pub excluded: Vec<String>,
    pub programme: Json<Vec<ProgrammeStep>>,
    pub meeting: String,
}

pub(super) async fn live_texts(conn: &mut PgConnection, listing: Uuid) -> sqlx::Result<Vec<TextRow>> {
    sqlx::query_as!(
        TextRow,
        r#"select lang, title, summary, description, included, excluded, programme as "programme: Json<Vec<ProgrammeStep>>", meeting
           from listing_texts where listing_id = $1 order by lang"#,
        listing,
    )
    .fetch_all(conn)
    .await
}

pub(super) struct AltRow {
    pub id: Uuid,
    pub alt_ru: String,
    pub alt_kk: String,
    pub alt_en: String,
}

pub(super) async fn live_pictures(conn: &mut PgConnection, listing: Uuid) -> sqlx::Result<Vec<AltRow>> {
    sqlx::query_as!(AltRow, "select id, alt_ru, alt_kk, alt_en from pictures where listing_id = $1 order by position", listing)
        .fetch_all(conn)
        .await
}

/// Until the transaction ends nobody changes what these uploads show.
pub(super) async fn lock_pictures(conn: &mut PgConnection, organisation: Uuid, uploads: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!(
        "select id from uploads where id = any($2) and organisation_id = $1 order by id for share",
        organisation,
        uploads,
    )
    .fetch_all(conn)
    .await
    .map(drop)
}

/// It waits for review from now on, or no longer.
pub(super) async fn set_submitted(conn: &mut PgConnection, listing: Uuid, at: Option<Timestamp>) -> sqlx::Result<()> {
    sqlx::query!(
        "update listing_drafts set submitted_at = $2, approved_at = null, remark = null where listing_id = $1",
        listing,
        at.map(ts) as Option<Ts>,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn set_rejected(conn: &mut PgConnection, listing: Uuid, remark: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update listing_drafts set submitted_at = null, approved_at = null, remark = $2 where listing_id = $1",
        listing,
        remark,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The draft is what is live. `waits`: its organisation is not active yet.
pub(super) async fn set_approved(conn: &mut PgConnection, listing: Uuid, waits: Option<Timestamp>) -> sqlx::Result<()> {
    sqlx::query!(
        "update listing_drafts set live = content, submitted_at = null, approved_at = $2, remark = null where listing_id = $1",
        listing,
        waits.map(ts) as Option<Ts>,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn set_status(conn: &mut PgConnection, listing: Uuid, status: &str, at: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("update listings set status = $2, updated_at = $3 where id = $1", listing, status, ts(at) as Ts)
        .execute(conn)
        .await
        .map(drop)
}
