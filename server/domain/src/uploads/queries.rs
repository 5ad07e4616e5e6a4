use super::{Crop, Made, Purpose, ToMake};
use crate::kernel::db::{Ts, ts, unknown_word};
use jiff::Timestamp;
use sapar_shared::{
    dto::editor::{UploadState, UploadView},
    ids::{AccountId, ListingId, OrganisationId, UploadId},
    paths,
};
use sqlx::PgConnection;

/// Until the transaction ends nobody else counts the organisation's pictures. Orders and listings refer to it meanwhile.
pub(super) async fn lock_organisation(conn: &mut PgConnection, organisation: OrganisationId) -> sqlx::Result<()> {
    sqlx::query!("select id from organisations where id = $1 for no key update", organisation.0).fetch_all(conn).await.map(drop)
}

/// How many pictures the listing has or is about to have; `None` where it is not the organisation's.
pub(super) async fn pictures_of(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    listing: ListingId,
) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!(
        r#"select (select count(*) from uploads u
                   where u.listing_id = l.id and u.discarded_at is null and u.state in ('waiting', 'ready')) as "count!"
           from listings l where l.id = $1 and l.organisation_id = $2"#,
        listing.0,
        organisation.0
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn waiting(conn: &mut PgConnection, organisation: OrganisationId) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from uploads where organisation_id = $1 and state = 'waiting'"#,
        organisation.0
    )
    .fetch_one(conn)
    .await
}

pub(super) async fn insert(
    conn: &mut PgConnection,
    id: UploadId,
    organisation: OrganisationId,
    purpose: Purpose,
    by: Option<AccountId>,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into uploads (id, organisation_id, listing_id, purpose, state, created_by, created_at)
         values ($1, $2, $3, $4, 'waiting', $5, $6)",
        id.0,
        organisation.0,
        purpose.listing().map(|listing| listing.0),
        purpose.word(),
        by.map(|by| by.0),
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn views(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    ids: &[UploadId],
) -> sqlx::Result<Vec<UploadView>> {
    let rows = sqlx::query!(
        "select id, state, key, widths[1] as smallest, width, height from uploads
         where id = any($1) and organisation_id = $2 order by id",
        &ids.iter().map(|id| id.0).collect::<Vec<_>>(),
        organisation.0
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let smallest = row.smallest.and_then(|width| u32::try_from(width).ok());
            Ok(UploadView {
                id: row.id.into(),
                state: UploadState::parse(&row.state).ok_or_else(|| unknown_word(&row.state))?,
                address: row.key.zip(smallest).map(|(key, width)| paths::picture(&key, width)),
                width: row.width.unwrap_or(0),
                height: row.height.unwrap_or(0),
            })
        })
        .collect()
}

/// Whether there was one.
pub(super) async fn discard(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    id: UploadId,
    at: Option<Timestamp>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update uploads set discarded_at = $3 where id = $1 and organisation_id = $2",
        id.0,
        organisation.0,
        at.map(ts) as Option<Ts>
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A picture that is about to be cropped.
pub(super) struct Locked {
    pub(super) is_ready: bool,
    pub(super) crop: Option<Crop>,
}

fn crop_of(left: Option<i32>, top: Option<i32>, width: Option<i32>, height: Option<i32>) -> Option<Crop> {
    Some(Crop { left: left?, top: top?, width: width?, height: height? })
}

pub(super) async fn lock(conn: &mut PgConnection, organisation: OrganisationId, id: UploadId) -> sqlx::Result<Option<Locked>> {
    let row = sqlx::query!(
        "select state, crop_left, crop_top, crop_width, crop_height from uploads
         where id = $1 and organisation_id = $2 for no key update",
        id.0,
        organisation.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Locked {
        is_ready: row.state == "ready",
        crop: crop_of(row.crop_left, row.crop_top, row.crop_width, row.crop_height),
    }))
}

/// Whether a draft of the organisation that waits for review shows the picture. Copies of a listing share its pictures.
pub(super) async fn in_review(conn: &mut PgConnection, organisation: OrganisationId, id: UploadId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from listing_drafts d join listings l on l.id = d.listing_id
                          where d.submitted_at is not null and l.organisation_id = $1
                            and d.content -> 'pictures' @> jsonb_build_array(jsonb_build_object('upload', $2::text))) as "waits!""#,
        organisation.0,
        id.0.to_string()
    )
    .fetch_one(conn)
    .await
}

/// The new revision.
pub(super) async fn set_crop(conn: &mut PgConnection, id: UploadId, crop: Option<Crop>) -> sqlx::Result<i32> {
    sqlx::query_scalar!(
        "update uploads set crop_left = $2, crop_top = $3, crop_width = $4, crop_height = $5, state = 'waiting', revision = revision + 1
         where id = $1 returning revision",
        id.0,
        crop.map(|crop| crop.left),
        crop.map(|crop| crop.top),
        crop.map(|crop| crop.width),
        crop.map(|crop| crop.height)
    )
    .fetch_one(conn)
    .await
}

pub(super) async fn to_make(conn: &mut PgConnection, id: UploadId, revision: i32) -> sqlx::Result<Option<ToMake>> {
    let row = sqlx::query!(
        "select crop_left, crop_top, crop_width, crop_height from uploads where id = $1 and revision = $2 and state = 'waiting'",
        id.0,
        revision
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| ToMake { crop: crop_of(row.crop_left, row.crop_top, row.crop_width, row.crop_height) }))
}

pub(super) async fn finish(conn: &mut PgConnection, id: UploadId, revision: i32, key: &str, made: &Made) -> sqlx::Result<()> {
    sqlx::query!(
        "update uploads set state = 'ready', key = $3, widths = $4, width = $5, height = $6, color = $7
         where id = $1 and revision = $2 and state = 'waiting'",
        id.0,
        revision,
        key,
        &made.widths,
        made.width,
        made.height,
        made.color
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn fail(conn: &mut PgConnection, id: UploadId, revision: i32, why: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update uploads set state = 'failed', error = left($3, 100) where id = $1 and revision = $2 and state = 'waiting'",
        id.0,
        revision,
        why
    )
    .execute(conn)
    .await
    .map(drop)
}
