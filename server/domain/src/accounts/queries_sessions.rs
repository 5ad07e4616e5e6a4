//! The SQL of sessions.
use super::Device;
use crate::kernel::db::{Ts, ts};
use jiff::Timestamp;
use sapar_shared::{
    agent,
    dto::account::SessionRow,
    ids::{AccountId, SessionId},
};
use sqlx::PgConnection;

#[allow(clippy::too_many_arguments)]
pub(super) async fn insert(
    conn: &mut PgConnection,
    id: SessionId,
    digest: &[u8],
    account: AccountId,
    device: &Device<'_>,
    now: Timestamp,
    expires_at: Timestamp,
    half_open: bool,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into sessions (id, token_digest, account_id, user_agent, address, created_at, last_seen_at, expires_at, half_open)
         values ($1, $2, $3, left($4, 300), left($5, 64), $6, $6, $7, $8)",
        id.0,
        digest,
        account.0,
        device.agent,
        device.address,
        ts(now) as Ts,
        ts(expires_at) as Ts,
        half_open
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Until when the session lasts, if it does.
pub(super) async fn rotate(conn: &mut PgConnection, old: &[u8], new: &[u8], now: Timestamp) -> sqlx::Result<Option<Timestamp>> {
    let at = sqlx::query_scalar!(
        r#"update sessions set token_digest = $2 where token_digest = $1 and not half_open and expires_at > $3
           returning expires_at as "expires_at: Ts""#,
        old,
        new,
        ts(now) as Ts
    )
    .fetch_optional(conn)
    .await?;
    Ok(at.map(|at| at.to_jiff()))
}

/// What the browser of a session calls itself; empty where there is no such session.
pub(super) async fn agent(conn: &mut PgConnection, digest: &[u8]) -> sqlx::Result<String> {
    let agent =
        sqlx::query_scalar!("select user_agent from sessions where token_digest = $1", digest).fetch_optional(conn).await?;
    Ok(agent.unwrap_or_default())
}

pub(super) async fn touch(conn: &mut PgConnection, digest: &[u8], now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("update sessions set last_seen_at = $2 where token_digest = $1", digest, ts(now) as Ts)
        .execute(conn)
        .await
        .map(drop)
}

pub(super) async fn of_account(
    conn: &mut PgConnection,
    account: AccountId,
    this: &[u8],
    now: Timestamp,
    most: i64,
) -> sqlx::Result<Vec<SessionRow>> {
    let rows = sqlx::query!(
        r#"select id, user_agent, address, last_seen_at, token_digest = $2 as "this!" from sessions
           where account_id = $1 and expires_at > $3 and not half_open order by last_seen_at desc, id desc limit $4"#,
        account.0,
        this,
        ts(now) as Ts,
        most
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| SessionRow {
            id: row.id.into(),
            device: agent::name(&row.user_agent),
            address: row.address,
            last_seen_at: row.last_seen_at.to_jiff(),
            this: row.this,
        })
        .collect())
}

pub(super) async fn end(conn: &mut PgConnection, account: AccountId, session: SessionId) -> sqlx::Result<()> {
    sqlx::query!("delete from sessions where account_id = $1 and id = $2", account.0, session.0).execute(conn).await.map(drop)
}

pub(super) async fn end_all_but(conn: &mut PgConnection, account: AccountId, this: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("delete from sessions where account_id = $1 and token_digest <> $2", account.0, this)
        .execute(conn)
        .await
        .map(drop)
}

pub(super) async fn end_all(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<()> {
    sqlx::query!("delete from sessions where account_id = $1", account.0).execute(conn).await.map(drop)
}

/// Whose session of this cookie waits for its second step.
pub(super) async fn half_open(conn: &mut PgConnection, digest: &[u8], now: Timestamp) -> sqlx::Result<Option<AccountId>> {
    sqlx::query_scalar!(
        "select account_id from sessions where token_digest = $1 and half_open and expires_at > $2",
        digest,
        ts(now) as Ts
    )
    .fetch_optional(conn)
    .await
    .map(|id| id.map(AccountId))
}
