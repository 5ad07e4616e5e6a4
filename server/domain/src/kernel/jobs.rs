//! Work that must not be lost: rows written in the transaction of what caused them, run at least once.
//!
//! A job is leased, run outside any transaction of the queue, and then either deleted or put off. Its handler must be
//! idempotent: a crash between its effect and its deletion runs it again.
use super::{
    Ctx,
    db::{Ts, ts},
    events,
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

/// Jobs about one thing each: that thing's id is all they carry, and their key.
macro_rules! jobs_about {
    ($($(#[$doc:meta])* $name:ident { $about:ident: $id:ty } = $word:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            pub $about: $id,
        }

        impl $crate::kernel::jobs::Job for $name {
            const NAME: &'static str = $word;

            fn key(&self) -> String {
                self.$about.to_string()
            }
        }
    )*};
}
pub(crate) use jobs_about;

/// A job taken to be run.
#[derive(Debug)]
pub struct Leased {
    pub id: Uuid,
    pub name: String,
    pub payload: Value,
    pub attempts: i32,
}

/// A job as it is written.
#[derive(Debug)]
pub struct Planned {
    name: &'static str,
    key: String,
    payload: Value,
    run_at: Timestamp,
}

impl Planned {
    pub fn at<J: Job>(run_at: Timestamp, job: &J) -> sqlx::Result<Self> {
        let payload = serde_json::to_value(job).map_err(|error| sqlx::Error::Encode(error.into()))?;
        Ok(Self { name: J::NAME, key: job.key(), payload, run_at })
    }
}

pub async fn enqueue<J: Job>(conn: &mut PgConnection, ctx: &Ctx, job: &J, run_at: Timestamp) -> sqlx::Result<()> {
    enqueue_all(conn, ctx, &[Planned::at(run_at, job)?]).await
}

/// Writes each job unless one of its key is there, and wakes the workers if any is due.
pub async fn enqueue_all(conn: &mut PgConnection, ctx: &Ctx, jobs: &[Planned]) -> sqlx::Result<()> {
    let now = ctx.now();
    sqlx::query!(
        "with new as (insert into jobs (id, name, key, payload, run_at, created_at)
                      select id, name, key, payload, run_at, $6
                      from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::timestamptz[]) as job (id, name, key, payload, run_at)
                      on conflict on constraint jobs_key_unique do nothing)
         insert into news (payload) select $7 where $8::bool",
        &jobs.iter().map(|_| ctx.id()).collect::<Vec<_>>(),
        &jobs.iter().map(|job| job.name.to_owned()).collect::<Vec<_>>(),
        &jobs.iter().map(|job| job.key.clone()).collect::<Vec<_>>(),
        &jobs.iter().map(|job| job.payload.clone()).collect::<Vec<_>>(),
        &jobs.iter().map(|job| ts(job.run_at)).collect::<Vec<_>>() as &[Ts],
        ts(now) as Ts,
        events::JOB,
        jobs.iter().any(|job| job.run_at <= now),
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Which jobs a worker wants, by their names.
#[derive(Clone, Copy, Debug)]
pub enum Kinds<'a> {
    Only(&'a [&'a str]),
    AllBut(&'a [&'a str]),
}

impl Kinds<'_> {
    pub const ALL: Kinds<'static> = Kinds::AllBut(&[]);
}

/// Takes up to `limit` due jobs; other processes pass them over until the lease ends.
pub async fn lease(conn: &mut PgConnection, ctx: &Ctx, kinds: Kinds<'_>, limit: i64) -> sqlx::Result<Vec<Leased>> {
    let now = ctx.now();
    let (names, only) = match kinds {
        Kinds::Only(names) => (names, true),
        Kinds::AllBut(names) => (names, false),
    };
    sqlx::query_as!(
        Leased,
        "update jobs set leased_until = $2, attempts = attempts + 1
         where id in (select id from jobs
                      where dead_at is null and run_at <= $1 and (leased_until is null or leased_until < $1)
                        and (name = any($4)) = $5
                      order by run_at, id limit $3 for update skip locked)
         returning id, name, payload, attempts",
        ts(now) as Ts,
        ts(now + LEASE) as Ts,
        limit,
        names as &[&str],
        only,
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
