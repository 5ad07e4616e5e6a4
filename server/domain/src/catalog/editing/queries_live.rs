//! The SQL by which a draft becomes what travellers read.
use crate::kernel::db::{Ts, ts};
use jiff::Timestamp;
use sapar_shared::{
    Lang,
    dto::{catalog::ProgrammeStep, editor::TourDraft},
};
use serde::Serialize;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

pub(super) struct Spot {
    pub place: Option<Uuid>,
    pub category: Option<Uuid>,
}

pub(super) async fn spot(conn: &mut PgConnection, place: &str, category: &str) -> sqlx::Result<Spot> {
    sqlx::query_as!(
        Spot,
        "select (select id from places where slug = $1) as place, (select id from categories where slug = $2) as category",
        place,
        category,
    )
    .fetch_one(conn)
    .await
}

/// The first of the candidates that no listing has. Until the transaction ends nobody else takes one of this base.
pub(super) async fn free_slug(conn: &mut PgConnection, base: &str, candidates: &[String]) -> sqlx::Result<String> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('listing ' || $1, 0))", base).fetch_one(&mut *conn).await?;
    sqlx::query_scalar!(
        r#"select candidate as "candidate!" from unnest($1::text[]) with ordinality as wanted (candidate, n)
           where not exists (select from listings where slug = candidate) order by n limit 1"#,
        candidates,
    )
    .fetch_one(conn)
    .await
}

pub(super) struct NewListing<'a> {
    pub id: Uuid,
    pub organisation: Uuid,
    pub slug: &'a str,
    pub at: Timestamp,
}

/// A draft's row. Until it says otherwise it begins where it leads to.
pub(super) async fn insert(conn: &mut PgConnection, new: &NewListing<'_>, content: &TourDraft) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into listings (id, organisation_id, kind, status, slug, place_id, from_place_id, place_path, category_id,
                               guide_languages, duration_minutes, free_cancel_hours, meeting_lat_e6, meeting_lng_e6, price_from,
                               created_at, updated_at)
         select $1, $2, 'tour', 'draft', $3, p.id, p.id, p.path, c.id, '{}', $6, $7, p.lat_e6, p.lng_e6, 0, $8, $8
         from places p, categories c where p.slug = $4 and c.slug = $5",
        new.id,
        new.organisation,
        new.slug,
        content.place,
        content.category,
        content.duration_minutes,
        content.free_cancel_hours,
        ts(new.at) as Ts,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// A draft's row like another listing's.
pub(super) async fn insert_copy(conn: &mut PgConnection, new: &NewListing<'_>, of: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into listings (id, organisation_id, kind, status, slug, place_id, from_place_id, place_path, category_id,
                               guide_languages, duration_minutes, free_cancel_hours, meeting_lat_e6, meeting_lng_e6, price_from,
                               created_at, updated_at)
         select $1, organisation_id, kind, 'draft', $3, place_id, from_place_id, place_path, category_id, guide_languages,
                duration_minutes, free_cancel_hours, meeting_lat_e6, meeting_lng_e6, price_from, $5, $5
         from listings where id = $4 and organisation_id = $2",
        new.id,
        new.organisation,
        new.slug,
        of,
        ts(new.at) as Ts,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// What the listing has one of. A tour that does not say where it begins begins where it leads to.
pub(super) async fn write_listing(
    conn: &mut PgConnection,
    listing: Uuid,
    content: &TourDraft,
    (lat_e6, lng_e6): (i32, i32),
    at: Timestamp,
) -> sqlx::Result<()> {
    let from = if content.from_place.is_empty() { &content.place } else { &content.from_place };
    let languages: Vec<String> = content.guide_languages.iter().map(|lang| lang.code().to_owned()).collect();
    sqlx::query!(
        "update listings l
         set place_id = p.id, from_place_id = f.id,
             place_path = p.path || array(select up.id from unnest(f.path) with ordinality up(id, n)
                                          where up.id <> all(p.path) order by up.n),
             category_id = c.id, guide_languages = $5, duration_minutes = $6, free_cancel_hours = $7, meeting_lat_e6 = $8,
             meeting_lng_e6 = $9, updated_at = $10
         from places p, places f, categories c
         where l.id = $1 and p.slug = $2 and f.slug = $3 and c.slug = $4",
        listing,
        content.place,
        from,
        content.category,
        &languages,
        content.duration_minutes,
        content.free_cancel_hours,
        lat_e6,
        lng_e6,
        ts(at) as Ts,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// A row of `listing_texts`.
#[derive(Serialize)]
struct TextRow<'a> {
    lang: &'a str,
    title: &'a str,
    summary: &'a str,
    description: &'a str,
    included: Vec<&'a str>,
    excluded: Vec<&'a str>,
    programme: Vec<ProgrammeStep>,
    meeting: &'a str,
}

impl<'a> TextRow<'a> {
    /// What is not written in this language is taken from the Russian, for a page is of one row.
    fn of(content: &'a TourDraft, lang: Lang) -> Self {
        Self {
            lang: lang.code(),
            title: content.title.best(lang).trim(),
            summary: content.summary.best(lang).trim(),
            description: content.description.best(lang).trim(),
            included: content.included.iter().map(|item| item.best(lang).trim()).collect(),
            excluded: content.excluded.iter().map(|item| item.best(lang).trim()).collect(),
            programme: content
                .programme
                .iter()
                .map(|step| ProgrammeStep {
                    day: step.day,
                    time: step.time.clone(),
                    text: step.text.best(lang).trim().to_owned(),
                })
                .collect(),
            meeting: content.meeting.best(lang).trim(),
        }
    }
}

/// Of each language that has a title.
pub(super) async fn write_texts(conn: &mut PgConnection, listing: Uuid, content: &TourDraft) -> sqlx::Result<()> {
    let written = Lang::ALL.into_iter().filter(|lang| !content.title.get(*lang).trim().is_empty());
    let rows: Vec<TextRow<'_>> = written.map(|lang| TextRow::of(content, lang)).collect();
    sqlx::query!("delete from listing_texts where listing_id = $1", listing).execute(&mut *conn).await?;
    sqlx::query!(
        "insert into listing_texts (listing_id, lang, title, summary, description, included, excluded, programme, meeting)
         select $1, r.* from jsonb_to_recordset($2) as r (lang text, title text, summary text, description text, included text[],
                                                          excluded text[], programme jsonb, meeting text)",
        listing,
        Json(rows) as _,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The draft's pictures, as far as they are ready. `ids` are as many new ones.
pub(super) async fn write_pictures(
    conn: &mut PgConnection,
    listing: Uuid,
    organisation: Uuid,
    content: &TourDraft,
    ids: &[Uuid],
) -> sqlx::Result<()> {
    let uploads: Vec<Uuid> = content.pictures.iter().map(|picture| picture.upload.0).collect();
    let alts =
        |lang: Lang| -> Vec<String> { content.pictures.iter().map(|picture| picture.alt.get(lang).trim().to_owned()).collect() };
    sqlx::query!("delete from pictures where listing_id = $1", listing).execute(&mut *conn).await?;
    sqlx::query!(
        "insert into pictures (id, listing_id, position, key, widths, width, height, color, alt_ru, alt_kk, alt_en)
         select wanted.id, $1, wanted.n::int - 1, u.key, u.widths, u.width, u.height, u.color, wanted.ru, wanted.kk, wanted.en
         from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[]) with ordinality
              as wanted (id, upload, ru, kk, en, n)
         join uploads u on u.id = wanted.upload and u.organisation_id = $2 and u.state = 'ready'",
        listing,
        organisation,
        ids,
        &uploads,
        &alts(Lang::Ru),
        &alts(Lang::Kk),
        &alts(Lang::En),
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Coming departures end as the tour now lasts.
pub(super) async fn write_ends(conn: &mut PgConnection, listing: Uuid, minutes: i32, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update departures set ends_at = starts_at + make_interval(mins => $2)
         where listing_id = $1 and starts_at > $3 and ends_at <> starts_at + make_interval(mins => $2)",
        listing,
        minutes,
        ts(now) as Ts,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// What was approved before the organisation was active becomes public.
pub(super) async fn publish_approved(conn: &mut PgConnection, organisation: Uuid, now: Timestamp) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "with due as (select l.id from listings l
                      join listing_drafts d on d.listing_id = l.id and d.approved_at is not null
                      join organisations o on o.id = l.organisation_id and o.status = 'active'
                      where l.organisation_id = $1 and l.status = 'in_review'
                      order by l.id for no key update of l),
              public as (update listings l set status = 'published', updated_at = $2 from due where l.id = due.id returning l.id)
         update listing_drafts d set approved_at = null from public where d.listing_id = public.id returning d.listing_id",
        organisation,
        ts(now) as Ts,
    )
    .fetch_all(conn)
    .await
}
