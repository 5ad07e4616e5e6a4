//! The SQL of housekeeping.
use crate::kernel::db::{Ts, ts};
use jiff::Timestamp;
use sqlx::PgConnection;

pub(super) async fn sessions(conn: &mut PgConnection, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("delete from sessions where expires_at < $1", ts(now) as Ts).execute(conn).await.map(drop)
}

pub(super) async fn tries(conn: &mut PgConnection, before: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("delete from sign_in_failures where failed_at < $1", ts(before) as Ts).execute(conn).await.map(drop)
}

pub(super) async fn proofs(conn: &mut PgConnection, now: Timestamp, codes_before: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("delete from account_links where expires_at < $1", ts(now) as Ts).execute(&mut *conn).await?;
    sqlx::query!("delete from sms_codes where created_at < $1", ts(codes_before) as Ts).execute(&mut *conn).await?;
    sqlx::query!("delete from contact_changes where expires_at < $1", ts(now) as Ts).execute(conn).await.map(drop)
}

/// Whoever has proven a number or belongs to an organisation stays.
pub(super) async fn unproven_accounts(conn: &mut PgConnection, before: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from accounts a
         where a.email_confirmed_at is null and a.phone_confirmed_at is null and a.created_at < $1
           and not exists (select from members m where m.account_id = a.id)",
        ts(before) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}
