use crate::kernel::db::{Ts, ts};
use jiff::Timestamp;
use sapar_shared::ids::AccountId;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn ids_of(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<Vec<Vec<u8>>> {
    sqlx::query_scalar!("select id from passkeys where account_id = $1", account.0).fetch_all(conn).await
}

pub(super) struct Row {
    pub(super) id: Vec<u8>,
    pub(super) name: String,
    pub(super) created_at: Ts,
    pub(super) last_used_at: Option<Ts>,
}

pub(super) async fn list(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as!(
        Row,
        r#"select id, name, created_at as "created_at: Ts", last_used_at as "last_used_at: Ts"
           from passkeys where account_id = $1 order by created_at, id"#,
        account.0
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn insert_challenge(
    conn: &mut PgConnection,
    id: Uuid,
    account: Option<AccountId>,
    state: &Value,
    expires_at: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into passkey_challenges (id, account_id, state, expires_at) values ($1, $2, $3, $4)",
        id,
        account.map(|account| account.0),
        state,
        ts(expires_at) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

/// A challenge is answered once.
pub(super) async fn take_challenge(
    conn: &mut PgConnection,
    id: Uuid,
    account: Option<AccountId>,
    now: Timestamp,
) -> sqlx::Result<Option<Value>> {
    sqlx::query_scalar!(
        "delete from passkey_challenges where id = $1 and account_id is not distinct from $2 and expires_at > $3 returning state",
        id,
        account.map(|account| account.0),
        ts(now) as Ts
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn insert(
    conn: &mut PgConnection,
    id: &[u8],
    account: AccountId,
    name: &str,
    credential: &Value,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into passkeys (id, account_id, name, credential, created_at) values ($1, $2, $3, $4, $5)",
        id,
        account.0,
        name,
        credential,
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The key, until the transaction ends nobody else's: its counter only grows.
pub(super) async fn lock(conn: &mut PgConnection, id: &[u8]) -> sqlx::Result<Option<(AccountId, Value)>> {
    let row =
        sqlx::query!("select account_id, credential from passkeys where id = $1 for update", id).fetch_optional(conn).await?;
    Ok(row.map(|row| (row.account_id.into(), row.credential)))
}

pub(super) async fn used(conn: &mut PgConnection, id: &[u8], credential: &Value, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("update passkeys set credential = $2, last_used_at = $3 where id = $1", id, credential, ts(now) as Ts)
        .execute(conn)
        .await
        .map(drop)
}

pub(super) async fn delete(conn: &mut PgConnection, account: AccountId, id: &[u8]) -> sqlx::Result<bool> {
    let done = sqlx::query!("delete from passkeys where id = $1 and account_id = $2", id, account.0).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}

/// Housekeeping: challenges that nobody answered.
pub async fn sweep(conn: &mut PgConnection, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("delete from passkey_challenges where expires_at < $1", ts(now) as Ts).execute(conn).await.map(drop)
}
