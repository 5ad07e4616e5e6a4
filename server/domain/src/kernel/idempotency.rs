//! A request that carries an Idempotency-Key is carried out once; whoever repeats it gets the first answer.
use super::{
    Ctx,
    db::{Ts, ts},
};
use jiff::SignedDuration;
use serde_json::Value;
use sqlx::PgConnection;

/// A key whose first request neither answered nor failed for this long is taken for that of a crashed process.
const IN_FLIGHT: SignedDuration = SignedDuration::from_secs(60);
/// Keys are remembered for a day.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

#[derive(Debug, PartialEq)]
pub enum Begin {
    /// First of its key: carry it out, then `complete` (or `abandon`).
    First,
    /// The process that began it died after it had left this note: go on from there.
    Resume(Value),
    /// Carried out before.
    Repeat { status: u16, body: Value },
    /// The first is still under way.
    InFlight,
    /// The key was used for another body.
    OtherBody,
}

pub async fn begin(conn: &mut PgConnection, ctx: &Ctx, scope: &str, key: &str, request: &[u8]) -> sqlx::Result<Begin> {
    let now = ctx.now();
    let digest = request_digest(request);
    // A stale key in flight is taken over; a finished one is left alone.
    let taken = sqlx::query_scalar!(
        "insert into idempotency_keys (scope, key, request_digest, started_at) values ($1, $2, $3, $4)
         on conflict (scope, key) do update set started_at = excluded.started_at
         where idempotency_keys.status is null and idempotency_keys.started_at < $5
           and idempotency_keys.request_digest = excluded.request_digest
         returning body",
        scope,
        key,
        &digest,
        ts(now) as Ts,
        ts(now - IN_FLIGHT) as Ts,
    )
    .fetch_optional(&mut *conn)
    .await?;
    if let Some(note) = taken {
        return Ok(note.map_or(Begin::First, Begin::Resume));
    }
    let row = sqlx::query!("select request_digest, status, body from idempotency_keys where scope = $1 and key = $2", scope, key)
        .fetch_one(conn)
        .await?;
    Ok(match (row.status, row.body) {
        _ if row.request_digest != digest => Begin::OtherBody,
        (Some(status), Some(body)) => Begin::Repeat { status: u16::try_from(status).unwrap_or(500), body },
        _ => Begin::InFlight,
    })
}

/// Leaves word of what was done so far, in the transaction that does it: whoever takes the key over reads it.
pub async fn note(conn: &mut PgConnection, scope: &str, key: &str, note: &Value) -> sqlx::Result<()> {
    sqlx::query!("update idempotency_keys set body = $3 where scope = $1 and key = $2 and status is null", scope, key, note)
        .execute(conn)
        .await
        .map(drop)
}

pub async fn complete(conn: &mut PgConnection, scope: &str, key: &str, status: u16, body: &Value) -> sqlx::Result<()> {
    sqlx::query!(
        "update idempotency_keys set status = $3, body = $4 where scope = $1 and key = $2",
        scope,
        key,
        i32::from(status),
        body
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The request failed for a reason that may pass: the key may be used again.
pub async fn abandon(conn: &mut PgConnection, scope: &str, key: &str) -> sqlx::Result<()> {
    sqlx::query!("delete from idempotency_keys where scope = $1 and key = $2 and status is null", scope, key)
        .execute(conn)
        .await
        .map(drop)
}

/// Forgets old keys; returns how many.
pub async fn sweep(conn: &mut PgConnection, ctx: &Ctx) -> sqlx::Result<u64> {
    sqlx::query!("delete from idempotency_keys where started_at < $1", ts(ctx.now() - KEPT) as Ts)
        .execute(conn)
        .await
        .map(|done| done.rows_affected())
}

fn request_digest(request: &[u8]) -> Vec<u8> {
    use sha2::{Digest as _, Sha256};
    Sha256::digest(request).to_vec()
}
