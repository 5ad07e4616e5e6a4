//! The SQL of codes in messages.
use crate::kernel::db::{Ts, ts, unknown_word};
use jiff::Timestamp;
use sapar_shared::Lang;
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) struct NewCode<'a> {
    pub(super) id: Uuid,
    pub(super) phone: &'a str,
    pub(super) change: Option<Uuid>,
    pub(super) lang: Lang,
    pub(super) now: Timestamp,
    pub(super) expires_at: Timestamp,
}

pub(super) async fn insert(conn: &mut PgConnection, code: &NewCode<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into sms_codes (id, phone, change_id, lang, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)",
        code.id,
        code.phone,
        code.change,
        code.lang.code(),
        ts(code.now) as Ts,
        ts(code.expires_at) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

/// When the oldest of the number's last `most` codes was asked for, if it had so many since.
pub(super) async fn asked_before(
    conn: &mut PgConnection,
    phone: &str,
    since: Timestamp,
    most: i64,
) -> sqlx::Result<Option<Timestamp>> {
    let at = sqlx::query_scalar!(
        "select created_at from sms_codes where phone = $1 and created_at > $2 order by created_at desc limit 1 offset $3::bigint - 1",
        phone,
        ts(since) as Ts,
        most
    )
    .fetch_optional(conn)
    .await?;
    Ok(at.map(|at| at.to_jiff()))
}

/// The number that a code to sign in was asked for.
pub(super) async fn phone_of(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select phone from sms_codes where id = $1 and change_id is null", id).fetch_optional(conn).await
}

/// The change's code for a number, the latest.
pub(super) async fn of_change(conn: &mut PgConnection, change: Uuid, phone: &str) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "select id from sms_codes where change_id = $1 and phone = $2 order by created_at desc, id desc limit 1",
        change,
        phone
    )
    .fetch_optional(conn)
    .await
}

/// Counts a try before the code is looked at. `false`: it has no more, has ended or was used.
pub(super) async fn count_try(conn: &mut PgConnection, id: Uuid, now: Timestamp) -> sqlx::Result<bool> {
    sqlx::query!(
        "update sms_codes set tries = tries + 1 where id = $1 and tries < 5 and used_at is null and expires_at > $2",
        id,
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected() == 1)
}

/// It has tries and time left.
pub(super) async fn is_open(conn: &mut PgConnection, id: Uuid, now: Timestamp) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from sms_codes where id = $1 and tries < 5 and used_at is null and expires_at > $2) as "open!""#,
        id,
        ts(now) as Ts
    )
    .fetch_one(conn)
    .await
}

/// `false`: somebody was first.
pub(super) async fn set_used(conn: &mut PgConnection, id: Uuid, now: Timestamp) -> sqlx::Result<bool> {
    sqlx::query!("update sms_codes set used_at = $2 where id = $1 and used_at is null", id, ts(now) as Ts)
        .execute(conn)
        .await
        .map(|done| done.rows_affected() == 1)
}

pub(super) struct ToText {
    pub(super) phone: String,
    pub(super) lang: Lang,
    /// The code gives the number away.
    pub(super) leaving: bool,
}

/// Where a code that still works is sent: to a number that an account has proven or is about to prove, and to no other.
pub(super) async fn to_text(conn: &mut PgConnection, id: Uuid, now: Timestamp) -> sqlx::Result<Option<ToText>> {
    let row = sqlx::query!(
        r#"select c.phone, c.lang, (ch.old_value = c.phone) is true as "leaving!"
           from sms_codes c left join contact_changes ch on ch.id = c.change_id
           where c.id = $1 and c.used_at is null and c.expires_at > $2
             and (ch.id is not null
                  or c.change_id is null and exists (select from accounts a where a.phone = c.phone and a.phone_confirmed_at is not null))"#,
        id,
        ts(now) as Ts
    )
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        let lang = row.lang.parse().map_err(|_| unknown_word(&row.lang))?;
        Ok(ToText { phone: row.phone, lang, leaving: row.leaving })
    })
    .transpose()
}
