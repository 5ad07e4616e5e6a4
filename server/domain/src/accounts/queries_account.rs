//! The SQL of one account's own data.
use crate::kernel::db::{Ts, ts, unknown_word};
use jiff::Timestamp;
use sapar_shared::{Lang, ids::AccountId};
use sqlx::PgConnection;

pub(super) struct Contacts {
    pub(super) email: String,
    pub(super) email_confirmed: bool,
    pub(super) phone: Option<String>,
    pub(super) phone_confirmed: bool,
    pub(super) password_hash: String,
}

pub(super) async fn contacts(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<Contacts> {
    let row = sqlx::query!(
        r#"select email, email_confirmed_at is not null as "email_confirmed!", phone,
                  phone_confirmed_at is not null as "phone_confirmed!", password_hash
           from accounts where id = $1"#,
        account.0
    )
    .fetch_one(conn)
    .await?;
    Ok(Contacts {
        email: row.email,
        email_confirmed: row.email_confirmed,
        phone: row.phone,
        phone_confirmed: row.phone_confirmed,
        password_hash: row.password_hash,
    })
}

/// Whom to write to: the proven e-mail and number.
pub(super) struct Owner {
    pub(super) name: String,
    pub(super) lang: Lang,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
}

pub(super) async fn owner(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<Option<Owner>> {
    let row = sqlx::query!(
        "select name, lang, case when email_confirmed_at is not null then email end as email,
                case when phone_confirmed_at is not null then phone end as phone
         from accounts where id = $1",
        account.0
    )
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        let lang = row.lang.parse().map_err(|_| unknown_word(&row.lang))?;
        Ok(Owner { name: row.name, lang, email: row.email, phone: row.phone })
    })
    .transpose()
}

pub(super) async fn lang(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<Lang> {
    let word = sqlx::query_scalar!("select lang from accounts where id = $1", account.0).fetch_one(conn).await?;
    word.parse().map_err(|_| unknown_word(&word))
}

pub(super) async fn set_password(conn: &mut PgConnection, account: AccountId, hash: &str) -> sqlx::Result<()> {
    sqlx::query!("update accounts set password_hash = $2 where id = $1", account.0, hash).execute(conn).await.map(drop)
}

pub(super) async fn set_email_confirmed(conn: &mut PgConnection, account: AccountId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update accounts set email_confirmed_at = coalesce(email_confirmed_at, $2) where id = $1",
        account.0,
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn set_email(conn: &mut PgConnection, account: AccountId, email: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("update accounts set email = $2, email_confirmed_at = $3 where id = $1", account.0, email, ts(now) as Ts)
        .execute(conn)
        .await
        .map(drop)
}

pub(super) async fn set_phone(conn: &mut PgConnection, account: AccountId, phone: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("update accounts set phone = $2, phone_confirmed_at = $3 where id = $1", account.0, phone, ts(now) as Ts)
        .execute(conn)
        .await
        .map(drop)
}

/// Whoever changes an account's wishes or links takes it first, as those do who follow a link: else they would wait for each other.
pub(super) async fn lock(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<()> {
    sqlx::query!("select from accounts where id = $1 for update", account.0).execute(conn).await.map(drop)
}

/// What was set up before the mailbox was proven: number, second step, passkeys, open changes, profile.
pub(super) async fn forget_unproven(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<()> {
    // A name that somebody else gave is nobody's consent: without it the e-mail stands for the name.
    sqlx::query!("update accounts set phone = null, phone_confirmed_at = null, name_agreed_at = null where id = $1", account.0)
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "with step as (delete from totp where account_id = $1), keys as (delete from passkeys where account_id = $1),
              wishes as (delete from contact_changes where account_id = $1)
         delete from profiles where account_id = $1",
        account.0
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The one account that has proven the number.
pub(super) async fn by_phone(conn: &mut PgConnection, phone: &str) -> sqlx::Result<Option<AccountId>> {
    sqlx::query_scalar!("select id from accounts where phone = $1 and phone_confirmed_at is not null", phone)
        .fetch_optional(conn)
        .await
        .map(|id| id.map(AccountId))
}
