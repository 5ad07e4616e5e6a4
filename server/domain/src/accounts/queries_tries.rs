//! The SQL of the brake on guessing.
use crate::kernel::db::{Ts, ts};
use jiff::Timestamp;
use sqlx::PgConnection;

/// Until the transaction ends nobody else counts tries of these subjects. In one order, so that two never wait in a ring.
pub(super) async fn lock_subjects(conn: &mut PgConnection, subjects: &[String]) -> sqlx::Result<()> {
    sqlx::query!(
        "select pg_advisory_xact_lock(key)
         from (select distinct hashtextextended(subject, 0) as key from unnest($1::text[]) as s (subject) order by key) keys",
        subjects
    )
    .fetch_all(conn)
    .await
    .map(drop)
}

/// Remembers a try for each subject, before it is made.
pub(super) async fn insert_tries(conn: &mut PgConnection, subjects: &[String], now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into sign_in_failures (subject, failed_at) select subject, $2 from unnest($1::text[]) as s (subject)",
        subjects,
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

/// When the subject may try again, if it failed `most` times since: when the oldest of the last `most` no longer counts.
pub(super) async fn failed_before(
    conn: &mut PgConnection,
    subject: &str,
    since: Timestamp,
    most: i64,
) -> sqlx::Result<Option<Timestamp>> {
    let at = sqlx::query_scalar!(
        "select failed_at from sign_in_failures where subject = $1 and failed_at > $2 order by failed_at desc limit 1 offset $3::bigint - 1",
        subject,
        ts(since) as Ts,
        most
    )
    .fetch_optional(conn)
    .await?;
    Ok(at.map(|at| at.to_jiff()))
}

/// The account is proven, so what was tried on it no longer counts; of its address only this one try.
pub(super) async fn forget_tries(conn: &mut PgConnection, proven: &[String], address: &str, this: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from sign_in_failures where subject = any($1) or (subject = $2 and failed_at = $3)",
        proven,
        address,
        ts(this) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}
