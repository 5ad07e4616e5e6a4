use crate::kernel::db::{Ts, ts};
use jiff::Timestamp;
use sapar_shared::{
    Lang,
    ids::{AccountId, OrganisationId},
    roles::Role,
};
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) struct Credentials {
    pub(super) account: AccountId,
    pub(super) password_hash: String,
}

/// Of whoever has proven the e-mail, and of the newest of those who only typed it.
pub(super) async fn credentials(
    conn: &mut PgConnection,
    email: &str,
) -> sqlx::Result<(Option<Credentials>, Option<Credentials>)> {
    let rows = sqlx::query!(
        r#"select distinct on (email_confirmed_at is null) id, password_hash, email_confirmed_at is not null as "proven!"
           from accounts where email = $1 order by email_confirmed_at is null, created_at desc, id desc"#,
        email
    )
    .fetch_all(conn)
    .await?;
    let (mut proven, mut typed) = (None, None);
    for row in rows {
        let place = if row.proven { &mut proven } else { &mut typed };
        *place = Some(Credentials { account: row.id.into(), password_hash: row.password_hash });
    }
    Ok((proven, typed))
}

/// A new account's row; e-mail in small letters.
pub(super) struct NewRow<'a> {
    pub(super) id: AccountId,
    pub(super) email: &'a str,
    pub(super) name: &'a str,
    pub(super) phone: Option<&'a str>,
    pub(super) lang: Lang,
    pub(super) password_hash: &'a str,
}

pub(super) async fn insert_account(
    conn: &mut PgConnection,
    new: &NewRow<'_>,
    confirmed: bool,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into accounts (id, email, name, phone, lang, password_hash, created_at, email_confirmed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        new.id.0,
        new.email,
        new.name,
        new.phone,
        new.lang.code(),
        new.password_hash,
        ts(now) as Ts,
        confirmed.then(|| ts(now)) as Option<Ts>
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn insert_member(
    conn: &mut PgConnection,
    account: AccountId,
    organisation: OrganisationId,
    role: Role,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into members (organisation_id, account_id, role, created_at) values ($1, $2, $3, $4)",
        organisation.0,
        account.0,
        role.as_str(),
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn delete_session(conn: &mut PgConnection, digest: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("delete from sessions where token_digest = $1", digest).execute(conn).await.map(drop)
}

pub(super) struct Member {
    pub(super) account_id: Uuid,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) email_confirmed: bool,
    pub(super) last_seen_at: Timestamp,
    pub(super) organisation: Option<Own>,
}

pub(super) struct Own {
    pub(super) id: OrganisationId,
    pub(super) name: String,
    pub(super) status: String,
    pub(super) role: String,
}

/// In the organisation that was chosen in the session; else in the one that the person has belonged to for longest.
pub(super) async fn member_by_session(conn: &mut PgConnection, digest: &[u8], now: Timestamp) -> sqlx::Result<Option<Member>> {
    let row = sqlx::query!(
        r#"select a.id, a.name, a.email, a.email_confirmed_at is not null as "email_confirmed!", s.last_seen_at,
                  o.id as "organisation_id?", o.name as "organisation?", o.status as "status?", m.role as "role?"
           from sessions s
           join accounts a on a.id = s.account_id
           left join members m on m.account_id = a.id
           left join organisations o on o.id = m.organisation_id
           where s.token_digest = $1 and s.expires_at > $2 and not s.half_open
           order by (m.organisation_id = s.organisation_id) is true desc, m.created_at, m.organisation_id limit 1"#,
        digest,
        ts(now) as Ts
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Member {
        account_id: row.id,
        name: row.name,
        email: row.email,
        email_confirmed: row.email_confirmed,
        last_seen_at: row.last_seen_at.to_jiff(),
        organisation: match (row.organisation_id, row.organisation, row.status, row.role) {
            (Some(id), Some(name), Some(status), Some(role)) => Some(Own { id: id.into(), name, status, role }),
            _ => None,
        },
    }))
}

pub(super) async fn insert_token(
    conn: &mut PgConnection,
    id: Uuid,
    organisation_slug: &str,
    name: &str,
    digest: &[u8],
    now: Timestamp,
) -> sqlx::Result<bool> {
    sqlx::query!(
        "insert into api_tokens (id, organisation_id, name, token_digest, created_at)
         select $1, id, $3, $4, $5 from organisations where slug = $2",
        id,
        organisation_slug,
        name,
        digest,
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected() == 1)
}

pub(super) struct TokenOwner {
    pub(super) id: Uuid,
    pub(super) token_name: String,
    pub(super) organisation_id: Uuid,
    pub(super) organisation: String,
    pub(super) last_used_at: Option<Ts>,
}

pub(super) async fn token_owner(conn: &mut PgConnection, digest: &[u8]) -> sqlx::Result<Option<TokenOwner>> {
    sqlx::query_as!(
        TokenOwner,
        r#"select t.id, t.name as token_name, t.organisation_id, o.name as organisation, t.last_used_at as "last_used_at: Ts"
           from api_tokens t join organisations o on o.id = t.organisation_id
           where t.token_digest = $1 and t.revoked_at is null and o.status = 'active'"#,
        digest
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn touch_token(conn: &mut PgConnection, id: Uuid, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("update api_tokens set last_used_at = $2 where id = $1", id, ts(now) as Ts).execute(conn).await.map(drop)
}

/// The database is not empty.
pub async fn any_organisation(conn: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select from organisations) as "any!""#).fetch_one(conn).await
}

pub async fn organisation_by_slug(conn: &mut PgConnection, slug: &str) -> sqlx::Result<Option<OrganisationId>> {
    let id = sqlx::query_scalar!("select id from organisations where slug = $1", slug).fetch_optional(conn).await?;
    Ok(id.map(OrganisationId))
}
