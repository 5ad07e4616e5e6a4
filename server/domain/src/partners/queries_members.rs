//! The SQL of members and of the choice between organisations.
use crate::kernel::db::{Ts, ts, unknown_word};
use jiff::Timestamp;
use sapar_shared::{
    Lang,
    dto::organisation::Membership,
    ids::{AccountId, OrganisationId},
    roles::Role,
};
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) fn role_of(word: &str) -> sqlx::Result<Role> {
    Role::parse(word).ok_or_else(|| unknown_word(word))
}

pub(super) async fn lock_account(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<()> {
    sqlx::query!("select id from accounts where id = $1 for update", account.0).fetch_optional(conn).await.map(drop)
}

/// Name, where one is told, e-mail, phone.
pub(super) async fn person(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<Option<(String, String, String)>> {
    let row = sqlx::query!(
        r#"select case when name_agreed_at is not null then name else '' end as "name!", email, coalesce(phone, '') as "phone!"
           from accounts where id = $1"#,
        account.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.name, row.email, row.phone)))
}

/// What the account owns that was never active.
pub(super) async fn own_unfinished(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<Option<Membership>> {
    let row = sqlx::query!(
        "select o.id, o.name from members m join organisations o on o.id = m.organisation_id
         where m.account_id = $1 and m.role = 'owner' and o.status in ('draft', 'awaiting_call') order by o.created_at limit 1",
        account.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Membership { id: row.id.into(), name: row.name, role: Role::Owner }))
}

pub(super) async fn insert_member(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    account: AccountId,
    role: Role,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into members (organisation_id, account_id, role, created_at) values ($1, $2, $3, $4) on conflict do nothing",
        organisation.0,
        account.0,
        role.as_str(),
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Returns whether the session is the account's.
pub(super) async fn choose(
    conn: &mut PgConnection,
    session_digest: &[u8],
    account: AccountId,
    organisation: OrganisationId,
) -> sqlx::Result<bool> {
    sqlx::query!(
        "update sessions set organisation_id = $3 where token_digest = $1 and account_id = $2",
        session_digest,
        account.0,
        organisation.0
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected() == 1)
}

/// The oldest memberships first; nobody has more than `limit`.
pub(super) async fn memberships(conn: &mut PgConnection, account: AccountId, limit: i64) -> sqlx::Result<Vec<Membership>> {
    let rows = sqlx::query!(
        "select o.id, o.name, m.role from members m join organisations o on o.id = m.organisation_id
         where m.account_id = $1 order by m.created_at, o.id limit $2",
        account.0,
        limit
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(|row| Ok(Membership { id: row.id.into(), name: row.name, role: role_of(&row.role)? })).collect()
}

pub(super) struct Row {
    pub(super) account: Uuid,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role: String,
    pub(super) since: Ts,
}

pub(super) async fn members(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    after: Option<(Timestamp, Uuid)>,
    limit: i64,
) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as!(
        Row,
        r#"select a.id as account, a.name, a.email, m.role, m.created_at as "since: Ts"
           from members m join accounts a on a.id = m.account_id
           where m.organisation_id = $1 and ($2::timestamptz is null or (m.created_at, m.account_id) > ($2, $3))
           order by m.created_at, m.account_id limit $4"#,
        organisation.0,
        after.map(|(at, _)| ts(at)) as Option<Ts>,
        after.map(|(_, id)| id),
        limit
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn lock_member(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    account: AccountId,
) -> sqlx::Result<Option<Role>> {
    let role = sqlx::query_scalar!(
        "select role from members where organisation_id = $1 and account_id = $2 for update",
        organisation.0,
        account.0
    )
    .fetch_optional(conn)
    .await?;
    role.map(|word| role_of(&word)).transpose()
}

pub(super) async fn set_role(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    account: AccountId,
    role: Role,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update members set role = $3 where organisation_id = $1 and account_id = $2",
        organisation.0,
        account.0,
        role.as_str()
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn delete_member(conn: &mut PgConnection, organisation: OrganisationId, account: AccountId) -> sqlx::Result<()> {
    sqlx::query!("delete from members where organisation_id = $1 and account_id = $2", organisation.0, account.0)
        .execute(conn)
        .await
        .map(drop)
}

pub(super) async fn is_member(conn: &mut PgConnection, organisation: OrganisationId, email: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from members m join accounts a on a.id = m.account_id
                          where m.organisation_id = $1 and a.email = $2) as "member!""#,
        organisation.0,
        email
    )
    .fetch_one(conn)
    .await
}

pub(super) async fn owner(conn: &mut PgConnection, organisation: OrganisationId) -> sqlx::Result<Option<AccountId>> {
    let id = sqlx::query_scalar!("select account_id from members where organisation_id = $1 and role = 'owner'", organisation.0)
        .fetch_optional(conn)
        .await?;
    Ok(id.map(AccountId))
}

/// To whom a notice goes, and who else is named in it.
pub(super) struct Told {
    pub(super) organisation: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) lang: Lang,
    /// `None` where that account is gone.
    pub(super) other: Option<String>,
}

/// Members or not; `None` of whoever is gone or has never proven the address.
pub(super) async fn told(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    account: AccountId,
    other: Option<AccountId>,
) -> sqlx::Result<Option<Told>> {
    let row = sqlx::query!(
        r#"select o.name as organisation, a.name, a.email, a.lang, other.name as "other?"
           from organisations o join accounts a on a.id = $2 and a.email_confirmed_at is not null
           left join accounts other on other.id = $3
           where o.id = $1"#,
        organisation.0,
        account.0,
        other.map(|other| other.0)
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Told {
        organisation: row.organisation,
        name: row.name,
        email: row.email,
        lang: row.lang.parse().unwrap_or_default(),
        other: row.other,
    }))
}
