//! The SQL of the second step.
use crate::kernel::db::{Ts, ts};
use jiff::Timestamp;
use sapar_shared::ids::AccountId;
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn is_enabled(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from totp where account_id = $1 and enabled_at is not null) as "enabled!""#,
        account.0
    )
    .fetch_one(conn)
    .await
}

/// A new seed, unless the step is on already: then `false`.
pub(super) async fn begin(conn: &mut PgConnection, account: AccountId, seed: Uuid, now: Timestamp) -> sqlx::Result<bool> {
    sqlx::query!(
        "insert into totp (account_id, seed, created_at) values ($1, $2, $3)
         on conflict (account_id) do update set seed = excluded.seed, created_at = excluded.created_at
         where totp.enabled_at is null",
        account.0,
        seed,
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected() == 1)
}

/// The seed that is being set up (`enabled` false) or is on.
pub(super) async fn seed(conn: &mut PgConnection, account: AccountId, enabled: bool) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!("select seed from totp where account_id = $1 and (enabled_at is not null) = $2", account.0, enabled)
        .fetch_optional(conn)
        .await
}

/// `false`: it was on, or another seed was begun meanwhile.
pub(super) async fn enable(
    conn: &mut PgConnection,
    account: AccountId,
    seed: Uuid,
    step: i64,
    now: Timestamp,
) -> sqlx::Result<bool> {
    sqlx::query!(
        "update totp set enabled_at = $4, last_step = $3 where account_id = $1 and seed = $2 and enabled_at is null",
        account.0,
        seed,
        step,
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected() == 1)
}

pub(super) async fn insert_recovery(conn: &mut PgConnection, account: AccountId, digests: &[Vec<u8>]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into recovery_codes (account_id, digest) select $1, digest from unnest($2::bytea[]) as d (digest)",
        account.0,
        digests
    )
    .execute(conn)
    .await
    .map(drop)
}

/// `false`: this step's code, or a later one, was taken before.
pub(super) async fn take_step(conn: &mut PgConnection, account: AccountId, step: i64) -> sqlx::Result<bool> {
    sqlx::query!(
        "update totp set last_step = $2 where account_id = $1 and enabled_at is not null and last_step < $2",
        account.0,
        step
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected() == 1)
}

/// `false`: no such code, or used before.
pub(super) async fn take_recovery(
    conn: &mut PgConnection,
    account: AccountId,
    digest: &[u8],
    now: Timestamp,
) -> sqlx::Result<bool> {
    sqlx::query!(
        "update recovery_codes set used_at = $3 where account_id = $1 and digest = $2 and used_at is null",
        account.0,
        digest,
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected() == 1)
}

pub(super) async fn recovery_left(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "left!" from recovery_codes where account_id = $1 and used_at is null"#, account.0)
        .fetch_one(conn)
        .await
}

/// Nobody else turns it off or renews its codes until the transaction ends. `false`: it is off.
pub(super) async fn lock_enabled(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<bool> {
    let row = sqlx::query_scalar!("select seed from totp where account_id = $1 and enabled_at is not null for update", account.0)
        .fetch_optional(conn)
        .await?;
    Ok(row.is_some())
}

pub(super) async fn delete_recovery(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<()> {
    sqlx::query!("delete from recovery_codes where account_id = $1", account.0).execute(conn).await.map(drop)
}

/// What is being set up and is not on.
pub(super) async fn delete_pending(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<()> {
    sqlx::query!("delete from totp where account_id = $1 and enabled_at is null", account.0).execute(conn).await.map(drop)
}

/// With its recovery codes. `false`: it was not on.
pub(super) async fn delete(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<bool> {
    let on =
        sqlx::query_scalar!(r#"delete from totp where account_id = $1 returning enabled_at is not null as "on!""#, account.0)
            .fetch_optional(conn)
            .await?;
    Ok(on.unwrap_or(false))
}
