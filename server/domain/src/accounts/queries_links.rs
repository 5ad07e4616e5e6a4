//! The SQL of links in mails.
use crate::kernel::{
    Keys,
    db::{Ts, ts, unknown_word},
    keys::digest,
};
use jiff::Timestamp;
use sapar_shared::{Lang, ids::AccountId};
use sqlx::PgConnection;
use uuid::Uuid;

/// What a link does when it is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Confirm,
    Reset,
    ChangeOld,
    ChangeNew,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Confirm, Self::Reset, Self::ChangeOld, Self::ChangeNew];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Reset => "reset",
            Self::ChangeOld => "change_old",
            Self::ChangeNew => "change_new",
        }
    }

    fn parse(word: &str) -> sqlx::Result<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or_else(|| unknown_word(word))
    }
}

pub(super) struct NewLink<'a> {
    pub(super) id: Uuid,
    pub(super) account: AccountId,
    pub(super) kind: Kind,
    pub(super) change: Option<Uuid>,
    /// In small letters.
    pub(super) email: &'a str,
    pub(super) lang: Lang,
    pub(super) now: Timestamp,
    pub(super) expires_at: Timestamp,
}

/// One that is there already stays: the job that makes it may run twice.
pub(super) async fn insert(conn: &mut PgConnection, keys: &Keys, link: &NewLink<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into account_links (id, account_id, kind, change_id, token_digest, email, lang, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing",
        link.id,
        link.account.0,
        link.kind.as_str(),
        link.change,
        digest(&keys.link_token(link.id)),
        link.email,
        link.lang.code(),
        ts(link.now) as Ts,
        ts(link.expires_at) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

/// A link that still works, with what it is about.
pub(super) struct Link {
    pub(super) id: Uuid,
    pub(super) account: AccountId,
    pub(super) kind: Kind,
    pub(super) change: Option<Uuid>,
    pub(super) email: String,
    pub(super) lang: Lang,
    pub(super) name: String,
    pub(super) password_hash: String,
    /// The account's e-mail now, and whether it is proven.
    pub(super) account_email: String,
    pub(super) confirmed: bool,
    /// Another account has proven the e-mail that the link is about.
    pub(super) taken: bool,
}

macro_rules! read_link {
    ($conn:expr, $now:expr, $which:tt, $key:expr) => {{
        let row = sqlx::query!(
            r#"select l.id, l.account_id, l.kind, l.change_id, l.email, l.lang, a.name, a.password_hash, a.email as account_email,
                      a.email_confirmed_at is not null as "confirmed!",
                      exists (select from accounts o where o.email = l.email and o.email_confirmed_at is not null
                                                       and o.id <> l.account_id) as "taken!"
               from account_links l join accounts a on a.id = l.account_id
               where l.used_at is null and l.expires_at > $2 and "#
                + $which,
            $key,
            ts($now) as Ts
        )
        .fetch_optional($conn)
        .await?;
        row.map(|row| {
            Ok(Link {
                id: row.id,
                account: row.account_id.into(),
                kind: Kind::parse(&row.kind)?,
                change: row.change_id,
                email: row.email,
                lang: row.lang.parse().map_err(|_| unknown_word(&row.lang))?,
                name: row.name,
                password_hash: row.password_hash,
                account_email: row.account_email,
                confirmed: row.confirmed,
                taken: row.taken,
            })
        })
        .transpose()
    }};
}

pub(super) async fn by_token(conn: &mut PgConnection, token: &str, now: Timestamp) -> sqlx::Result<Option<Link>> {
    read_link!(conn, now, "l.token_digest = $1", digest(token))
}

/// Nobody else uses it, nor changes its account, until the transaction ends.
pub(super) async fn lock_by_token(conn: &mut PgConnection, token: &str, now: Timestamp) -> sqlx::Result<Option<Link>> {
    read_link!(conn, now, "l.token_digest = $1 for update of l, a", digest(token))
}

pub(super) async fn by_id(conn: &mut PgConnection, id: Uuid, now: Timestamp) -> sqlx::Result<Option<Link>> {
    read_link!(conn, now, "l.id = $1", id)
}

/// A link to confirm, used, late or neither, whose e-mail its account has proven.
pub(super) struct Done {
    pub(super) account: AccountId,
    pub(super) name: String,
    pub(super) email: String,
}

pub(super) async fn done(conn: &mut PgConnection, token: &str) -> sqlx::Result<Option<Done>> {
    let row = sqlx::query!(
        "select a.id, a.name, a.email from account_links l join accounts a on a.id = l.account_id
         where l.token_digest = $1 and l.kind = 'confirm' and a.email = l.email and a.email_confirmed_at is not null",
        digest(token)
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Done { account: row.id.into(), name: row.name, email: row.email }))
}

pub(super) async fn set_used(conn: &mut PgConnection, id: Uuid, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("update account_links set used_at = $2 where id = $1", id, ts(now) as Ts).execute(conn).await.map(drop)
}

/// The account's other links to a new password open nothing more.
pub(super) async fn use_up_resets(conn: &mut PgConnection, account: AccountId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update account_links set used_at = $2 where account_id = $1 and kind = 'reset' and used_at is null",
        account.0,
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}
