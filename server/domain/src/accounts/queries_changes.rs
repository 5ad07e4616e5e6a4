//! The SQL of wishes for another address or number.
use crate::kernel::db::{Ts, ts};
use jiff::Timestamp;
use sapar_shared::ids::AccountId;
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) const EMAIL: &str = "email";
pub(super) const PHONE: &str = "phone";

pub(super) struct Change {
    pub(super) id: Uuid,
    pub(super) old_value: Option<String>,
    pub(super) new_value: String,
    pub(super) old_agreed: bool,
    pub(super) new_agreed: bool,
    pub(super) expires_at: Timestamp,
}

impl Change {
    /// Both sides have agreed; without an old one the new one alone.
    pub(super) const fn agreed(&self) -> bool {
        self.new_agreed && (self.old_agreed || self.old_value.is_none())
    }
}

/// In the place of the one that was open before.
#[allow(clippy::too_many_arguments)]
pub(super) async fn replace(
    conn: &mut PgConnection,
    id: Uuid,
    account: AccountId,
    channel: &str,
    old: Option<&str>,
    new: &str,
    now: Timestamp,
    expires_at: Timestamp,
) -> sqlx::Result<()> {
    delete(&mut *conn, account, channel).await?;
    sqlx::query!(
        "insert into contact_changes (id, account_id, channel, old_value, new_value, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        id,
        account.0,
        channel,
        old,
        new,
        ts(now) as Ts,
        ts(expires_at) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn delete(conn: &mut PgConnection, account: AccountId, channel: &str) -> sqlx::Result<()> {
    sqlx::query!("delete from contact_changes where account_id = $1 and channel = $2", account.0, channel)
        .execute(conn)
        .await
        .map(drop)
}

/// With its links and codes.
pub(super) async fn delete_by_id(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from contact_changes where id = $1", id).execute(conn).await.map(drop)
}

macro_rules! read_change {
    ($conn:expr, $which:tt, $($key:expr),+) => {{
        let row = sqlx::query!(
            r#"select id, old_value, new_value, old_agreed_at is not null as "old_agreed!",
                      new_agreed_at is not null as "new_agreed!", expires_at
               from contact_changes where "#
                + $which,
            $($key),+
        )
        .fetch_optional($conn)
        .await?;
        Ok(row.map(|row| Change {
            id: row.id,
            old_value: row.old_value,
            new_value: row.new_value,
            old_agreed: row.old_agreed,
            new_agreed: row.new_agreed,
            expires_at: row.expires_at.to_jiff(),
        }))
    }};
}

pub(super) async fn by_id(conn: &mut PgConnection, id: Uuid, now: Timestamp) -> sqlx::Result<Option<Change>> {
    read_change!(conn, "id = $1 and expires_at > $2", id, ts(now) as Ts)
}

pub(super) async fn lock_by_id(conn: &mut PgConnection, id: Uuid, now: Timestamp) -> sqlx::Result<Option<Change>> {
    read_change!(conn, "id = $1 and expires_at > $2 for update", id, ts(now) as Ts)
}

/// What is sent anew lasts anew.
pub(super) async fn prolong(conn: &mut PgConnection, id: Uuid, expires_at: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("update contact_changes set expires_at = $2 where id = $1", id, ts(expires_at) as Ts)
        .execute(conn)
        .await
        .map(drop)
}

/// The account's open one.
pub(super) async fn of_account(
    conn: &mut PgConnection,
    account: AccountId,
    channel: &str,
    now: Timestamp,
) -> sqlx::Result<Option<Change>> {
    read_change!(conn, "account_id = $1 and channel = $2 and expires_at > $3", account.0, channel, ts(now) as Ts)
}

pub(super) async fn set_agreed(conn: &mut PgConnection, id: Uuid, old: bool, new: bool, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update contact_changes set old_agreed_at = case when $2 then coalesce(old_agreed_at, $4) else old_agreed_at end,
                                    new_agreed_at = case when $3 then coalesce(new_agreed_at, $4) else new_agreed_at end
         where id = $1",
        id,
        old,
        new,
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}
