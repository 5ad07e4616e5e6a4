//! The SQL of those who moderate.
use super::queries::status_of;
use crate::kernel::{
    db::{Ts, ts},
    events,
};
use jiff::Timestamp;
use sapar_shared::{dto::organisation::OrganisationStatus, ids::OrganisationId};
use sqlx::PgConnection;

/// What decides about what a moderator may do.
pub(super) struct Found {
    pub(super) id: OrganisationId,
    pub(super) status: OrganisationStatus,
    pub(super) submitted: bool,
    /// It turned out to be another's.
    pub(super) bin_lost: bool,
}

pub(super) async fn lock_by_slug(conn: &mut PgConnection, slug: &str) -> sqlx::Result<Option<Found>> {
    let row = sqlx::query!(
        r#"select id, status, submitted_at is not null as "submitted!", bin_lost_at is not null as "bin_lost!"
           from organisations where slug = $1 for update"#,
        slug
    )
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        let status = status_of(&row.status)?;
        Ok(Found { id: row.id.into(), status, submitted: row.submitted, bin_lost: row.bin_lost })
    })
    .transpose()
}

/// The trigger shows what blocking hid.
pub(super) async fn set_active(conn: &mut PgConnection, id: OrganisationId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update organisations set status = 'active', activated_at = coalesce(activated_at, $2), blocked_at = null,
                                  block_remark = null
         where id = $1",
        id.0,
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The trigger hides what is published.
pub(super) async fn set_blocked(conn: &mut PgConnection, id: OrganisationId, remark: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update organisations set status = 'blocked', blocked_at = $3, block_remark = $2 where id = $1",
        id.0,
        remark,
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Whether it says something else than before.
pub(super) async fn set_block_remark(conn: &mut PgConnection, id: OrganisationId, remark: &str) -> sqlx::Result<bool> {
    sqlx::query!("update organisations set block_remark = $2 where id = $1 and block_remark is distinct from $2", id.0, remark)
        .execute(conn)
        .await
        .map(|done| done.rows_affected() > 0)
}

pub(super) async fn block_remark(conn: &mut PgConnection, id: OrganisationId) -> sqlx::Result<Option<String>> {
    let remark = sqlx::query_scalar!("select block_remark from organisations where id = $1", id.0).fetch_optional(conn).await?;
    Ok(remark.flatten())
}

/// News of each listing that is public now, for the caches of their pages.
pub(super) async fn tell_of_published(conn: &mut PgConnection, id: OrganisationId) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into news (payload) select $2 || id from listings where organisation_id = $1 and status = 'published'",
        id.0,
        events::LISTING
    )
    .execute(conn)
    .await
    .map(drop)
}
