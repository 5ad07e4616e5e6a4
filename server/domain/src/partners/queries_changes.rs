//! The SQL of requests for another name or BIN.
use super::{Change, WaitingChange, queries::status_of};
use crate::kernel::db::{Ts, ts};
use jiff::Timestamp;
use sapar_shared::{
    Lang,
    dto::organisation::{AskedChange, OrganisationStatus},
    ids::{AccountId, ListingId, OrganisationChangeId, OrganisationId},
};
use sqlx::PgConnection;

pub(super) struct NewChange<'a> {
    pub(super) id: OrganisationChangeId,
    pub(super) organisation: OrganisationId,
    pub(super) account: AccountId,
    pub(super) name: Option<&'a str>,
    pub(super) bin: Option<&'a str>,
    pub(super) name_was: &'a str,
    pub(super) bin_was: Option<&'a str>,
    pub(super) reason: &'a str,
    pub(super) now: Timestamp,
}

pub(super) async fn insert(conn: &mut PgConnection, new: &NewChange<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into organisation_changes (id, organisation_id, requested_by, name, bin, name_was, bin_was, reason, state, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9)",
        new.id.0,
        new.organisation.0,
        new.account.0,
        new.name,
        new.bin,
        new.name_was,
        new.bin_was,
        new.reason,
        ts(new.now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Whatever of the organisation's waits; returns whether anything did.
pub(super) async fn withdraw(conn: &mut PgConnection, id: OrganisationId, now: Timestamp) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update organisation_changes set state = 'withdrawn', decided_at = $2 where organisation_id = $1 and state = 'waiting'",
        id.0,
        ts(now) as Ts
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// As the index sees it that keeps BINs apart.
pub(super) async fn bin_taken(conn: &mut PgConnection, id: OrganisationId, bin: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from organisations where bin = $2 and id <> $1 and status <> 'draft'
                          and bin_lost_at is null) as "taken!""#,
        id.0,
        bin
    )
    .fetch_one(conn)
    .await
}

pub(super) async fn company(
    conn: &mut PgConnection,
    id: OrganisationId,
) -> sqlx::Result<Option<(String, Option<String>, OrganisationStatus)>> {
    let row = sqlx::query!("select name, bin, status from organisations where id = $1", id.0).fetch_optional(conn).await?;
    row.map(|row| Ok((row.name, row.bin, status_of(&row.status)?))).transpose()
}

/// What waits, or what was rejected last and after `since`. What was withdrawn or has come true is nothing to tell of.
pub(super) async fn latest(conn: &mut PgConnection, id: OrganisationId, since: Timestamp) -> sqlx::Result<Option<AskedChange>> {
    let row = sqlx::query!(
        r#"select name, bin, reason, created_at as "asked_at: Ts", remark
           from (select * from organisation_changes where organisation_id = $1 order by created_at desc, id desc limit 1) last
           where state = 'waiting' or (state = 'rejected' and decided_at > $2)"#,
        id.0,
        ts(since) as Ts
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| AskedChange {
        name: row.name,
        bin: row.bin,
        reason: row.reason,
        asked_at: row.asked_at.to_jiff(),
        remark: row.remark,
    }))
}

pub(super) async fn waiting(conn: &mut PgConnection, id: OrganisationId) -> sqlx::Result<Option<Change>> {
    let row = sqlx::query!(
        "select id, name, bin from organisation_changes where organisation_id = $1 and state = 'waiting' for update",
        id.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Change { id: row.id.into(), name: row.name, bin: row.bin }))
}

pub(super) async fn apply(conn: &mut PgConnection, id: OrganisationId, change: &Change) -> sqlx::Result<()> {
    sqlx::query!(
        "update organisations set name = coalesce($2, name), bin = coalesce($3, bin),
                                  bin_lost_at = case when $3::text is null then bin_lost_at end
         where id = $1",
        id.0,
        change.name.as_deref(),
        change.bin.as_deref()
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn approve(conn: &mut PgConnection, id: OrganisationChangeId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("update organisation_changes set state = 'approved', decided_at = $2 where id = $1", id.0, ts(now) as Ts)
        .execute(conn)
        .await
        .map(drop)
}

pub(super) async fn reject(conn: &mut PgConnection, id: OrganisationChangeId, remark: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update organisation_changes set state = 'rejected', remark = $2, decided_at = $3 where id = $1",
        id.0,
        remark,
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

/// All that are found or shown under its name.
pub(super) async fn listings(conn: &mut PgConnection, id: OrganisationId) -> sqlx::Result<Vec<ListingId>> {
    let ids = sqlx::query_scalar!("select id from listings where organisation_id = $1 order by id", id.0).fetch_all(conn).await?;
    Ok(ids.into_iter().map(ListingId).collect())
}

pub(super) struct Decided {
    pub(super) name: Option<String>,
    pub(super) bin: Option<String>,
    pub(super) remark: Option<String>,
    pub(super) organisation: String,
    pub(super) owner: String,
    pub(super) email: String,
    pub(super) lang: Lang,
}

/// What was decided, and whom to tell: whoever owns the organisation now.
pub(super) async fn decided(conn: &mut PgConnection, id: OrganisationChangeId) -> sqlx::Result<Option<Decided>> {
    let row = sqlx::query!(
        "select c.name as wanted, c.bin, c.remark, o.name as organisation, a.name as owner, a.email, a.lang
         from organisation_changes c join organisations o on o.id = c.organisation_id
         join members m on m.organisation_id = o.id and m.role = 'owner' join accounts a on a.id = m.account_id
         where c.id = $1 and c.state in ('approved', 'rejected')",
        id.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Decided {
        name: row.wanted,
        bin: row.bin,
        remark: row.remark,
        organisation: row.organisation,
        owner: row.owner,
        email: row.email,
        lang: row.lang.parse().unwrap_or_default(),
    }))
}

pub(super) async fn queue(conn: &mut PgConnection, limit: i64) -> sqlx::Result<Vec<WaitingChange>> {
    let rows = sqlx::query!(
        r#"select c.id, o.slug, c.name_was, c.bin_was, c.name, c.bin, c.reason, o.contact_person, o.phone, c.created_at as "since: Ts"
           from organisation_changes c join organisations o on o.id = c.organisation_id
           where c.state = 'waiting' order by c.created_at, c.id limit $1"#,
        limit
    )
    .fetch_all(conn)
    .await?;
    let found = rows.into_iter().map(|row| WaitingChange {
        change: Change { id: row.id.into(), name: row.name, bin: row.bin },
        slug: row.slug,
        name_was: row.name_was,
        bin_was: row.bin_was.unwrap_or_default(),
        reason: row.reason,
        contact_person: row.contact_person,
        phone: row.phone,
        since: row.since.to_jiff(),
    });
    Ok(found.collect())
}
