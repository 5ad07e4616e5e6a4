//! Work that must not be lost: rows written in the transaction of what caused them, run at least once.
//!
//! A job is leased, run outside any transaction of the queue, and then either deleted or put off. Its handler must be
//! idempotent: a crash between its effect and its deletion runs it again.
use super::{
    Ctx,
    db::{Ts, ts},
    events::{self, Event},
};
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// After so many failures a job lies dead until an admin looks at it: with the backoff below that takes a day.
pub const MAX_ATTEMPTS: i32 = 20;
/// A process that died gives its jobs back after this long.
const LEASE: SignedDuration = SignedDuration::from_secs(120);

/// A kind of job.
pub trait Job: Serialize + DeserializeOwned + Send + Sync {
    const NAME: &'static str;

    /// What must happen once has one key.
    fn key(&self) -> String;
}

/// A job taken to be run.
#[derive(Debug)]
pub struct Leased {
    pub id: Uuid,
    pub name: String,
    pub payload: Value,
    pub attempts: i32,
}

pub async fn enqueue<J: Job>(conn: &mut PgConnection, ctx: &Ctx, job: &J, run_at: Timestamp) -> sqlx::Result<()> {
    let payload = serde_json::to_value(job).map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query!(
        "insert into jobs (id, name, key, payload, run_at, created_at) values ($1, $2, $3, $4, $5, $6)
         on conflict on constraint jobs_key_unique do nothing",
        ctx.id(),
        J::NAME,
        job.key(),
        payload,
        ts(run_at) as Ts,
        ts(ctx.now()) as Ts,
    )
    .execute(&mut *conn)
    .await?;
    if run_at <= ctx.now() {
        events::notify(conn, Event::Job).await?;
    }
    Ok(())
}

/// Takes up to `limit` due jobs; other processes pass them over until the lease ends.
pub async fn lease(conn: &mut PgConnection, ctx: &Ctx, limit: i64) -> sqlx::Result<Vec<Leased>> {
    let now = ctx.now();
    sqlx::query_as!(
        Leased,
        "update jobs set leased_until = $2, attempts = attempts + 1
         where id in (select id from jobs
                      where dead_at is null and run_at <= $1 and (leased_until is null or leased_until < $1)
                      order by run_at, id limit $3 for update skip locked)
         returning id, name, payload, attempts",
        ts(now) as Ts,
        ts(now + LEASE) as Ts,
        limit,
    )
    .fetch_all(conn)
    .await
}

pub async fn finish(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from jobs where id = $1", id).execute(conn).await.map(drop)
}

/// Puts a failed job off, or among the dead after its last attempt.
pub async fn fail(conn: &mut PgConnection, ctx: &Ctx, job: &Leased, error: &str) -> sqlx::Result<()> {
    let now = ctx.now();
    let again = now.checked_add(backoff_seconds(job.attempts).seconds()).unwrap_or(now);
    let dead = (job.attempts >= MAX_ATTEMPTS).then(|| ts(now));
    sqlx::query!(
        "update jobs set run_at = $2, leased_until = null, last_error = left($3, 500), dead_at = $4 where id = $1",
        job.id,
        ts(again) as Ts,
        error,
        dead as Option<Ts>,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// 2 s, 4 s, 8 s … but never more than two hours.
fn backoff_seconds(attempts: i32) -> i64 {
    1_i64.checked_shl(u32::try_from(attempts).unwrap_or(0).min(13)).unwrap_or(8192).min(7200)
}

/// How many wait, and how many were given up; for the gauges of `/metrics`.
pub async fn counts(conn: &mut PgConnection) -> sqlx::Result<(i64, i64)> {
    let row = sqlx::query!(
        r#"select count(*) filter (where dead_at is null) as "waiting!", count(*) filter (where dead_at is not null) as "dead!" from jobs"#
    )
    .fetch_one(conn)
    .await?;
    Ok((row.waiting, row.dead))
}
