//! The SQL of invitations, and of what waits for a moderator.
use super::{
    queries_members::role_of,
    waiting::{WaitingListing, WaitingOrganisation},
};
use crate::kernel::db::{Ts, ts};
use jiff::Timestamp;
use sapar_shared::{
    Lang,
    dto::organisation::{InvitationEnd, InvitationRow},
    forms::organisation::Invite,
    ids::{AccountId, InvitationId, OrganisationId},
    roles::Role,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// An invitation as it is written.
pub(super) struct NewInvitation<'a> {
    pub(super) id: InvitationId,
    pub(super) organisation: OrganisationId,
    pub(super) invite: &'a Invite,
    pub(super) lang: Lang,
    pub(super) digest: &'a [u8],
    pub(super) by: AccountId,
    pub(super) now: Timestamp,
    pub(super) expires_at: Timestamp,
}

pub(super) async fn insert(conn: &mut PgConnection, new: &NewInvitation<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into invitations (id, organisation_id, email, role, lang, token_digest, invited_by, created_at, sent_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)",
        new.id.0,
        new.organisation.0,
        new.invite.email.as_str(),
        new.invite.role.as_str(),
        new.lang.code(),
        new.digest,
        new.by.0,
        ts(new.now) as Ts,
        ts(new.expires_at) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

/// How many were made since, whatever became of them.
pub(super) async fn made_since(conn: &mut PgConnection, organisation: OrganisationId, since: Timestamp) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "made!" from invitations where organisation_id = $1 and created_at > $2"#,
        organisation.0,
        ts(since) as Ts
    )
    .fetch_one(conn)
    .await
}

/// Open ones, the latest first, from the one made before `before` on; each with the moment it was made.
pub(super) async fn open(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    now: Timestamp,
    before: Option<(Timestamp, Uuid)>,
    limit: i64,
) -> sqlx::Result<Vec<(Timestamp, InvitationRow)>> {
    let rows = sqlx::query!(
        r#"select id, email, role, created_at as "created_at: Ts", expires_at as "expires_at: Ts" from invitations
           where organisation_id = $1 and accepted_at is null and revoked_at is null
             and ($2::timestamptz is null or (created_at, id) < ($2, $3))
           order by created_at desc, id desc limit $4"#,
        organisation.0,
        before.map(|(at, _)| ts(at)) as Option<Ts>,
        before.map(|(_, id)| id),
        limit
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let expires_at = row.expires_at.to_jiff();
            let invitation = InvitationRow {
                id: row.id.into(),
                email: row.email,
                role: role_of(&row.role)?,
                expires_at,
                ended: expires_at <= now,
            };
            Ok((row.created_at.to_jiff(), invitation))
        })
        .collect()
}

pub(super) struct Sent {
    pub(super) role: Role,
    pub(super) sent_at: Timestamp,
}

/// One of the organisation's open ones.
pub(super) async fn lock_open(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    id: InvitationId,
) -> sqlx::Result<Option<Sent>> {
    let row = sqlx::query!(
        r#"select role, sent_at as "sent_at: Ts" from invitations
           where id = $2 and organisation_id = $1 and accepted_at is null and revoked_at is null for update"#,
        organisation.0,
        id.0
    )
    .fetch_optional(conn)
    .await?;
    row.map(|row| Ok(Sent { role: role_of(&row.role)?, sent_at: row.sent_at.to_jiff() })).transpose()
}

pub(super) async fn set_sent(
    conn: &mut PgConnection,
    id: InvitationId,
    now: Timestamp,
    expires_at: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!("update invitations set sent_at = $2, expires_at = $3 where id = $1", id.0, ts(now) as Ts, ts(expires_at) as Ts)
        .execute(conn)
        .await
        .map(drop)
}

pub(super) async fn set_revoked(conn: &mut PgConnection, id: InvitationId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("update invitations set revoked_at = $2 where id = $1", id.0, ts(now) as Ts).execute(conn).await.map(drop)
}

pub(super) async fn set_accepted(conn: &mut PgConnection, id: InvitationId, by: AccountId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("update invitations set accepted_at = $3, accepted_by = $2 where id = $1", id.0, by.0, ts(now) as Ts)
        .execute(conn)
        .await
        .map(drop)
}

/// An invitation with what its page and its mail say of it.
pub(super) struct Full {
    pub(super) id: InvitationId,
    pub(super) organisation: OrganisationId,
    pub(super) organisation_name: String,
    pub(super) email: String,
    pub(super) role: Role,
    pub(super) lang: Lang,
    pub(super) invited_by: String,
    pub(super) sent_at: Timestamp,
    pub(super) expires_at: Timestamp,
    pub(super) accepted_by: Option<AccountId>,
    accepted: bool,
    revoked: bool,
}

impl Full {
    /// Why it no longer works; `None` for one that is open.
    pub(super) fn end(&self, now: Timestamp) -> Option<InvitationEnd> {
        if self.accepted {
            Some(InvitationEnd::Used)
        } else if self.revoked {
            Some(InvitationEnd::Revoked)
        } else {
            (self.expires_at <= now).then_some(InvitationEnd::Expired)
        }
    }
}

/// By its id or by its token's digest; held until the transaction ends.
pub(super) async fn find(conn: &mut PgConnection, id: Option<InvitationId>, digest: Option<&[u8]>) -> sqlx::Result<Option<Full>> {
    let row = sqlx::query!(
        r#"select i.id, i.organisation_id, o.name, i.email, i.role, i.lang, coalesce(a.name, '') as "invited_by!",
                  i.sent_at as "sent_at: Ts", i.expires_at as "expires_at: Ts", i.accepted_by,
                  i.accepted_at is not null as "accepted!", i.revoked_at is not null as "revoked!"
           from invitations i join organisations o on o.id = i.organisation_id left join accounts a on a.id = i.invited_by
           where i.id = $1 or i.token_digest = $2 for update of i"#,
        id.map(|id| id.0),
        digest
    )
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(Full {
            id: row.id.into(),
            organisation: row.organisation_id.into(),
            organisation_name: row.name,
            email: row.email,
            role: role_of(&row.role)?,
            lang: row.lang.parse().unwrap_or_default(),
            invited_by: row.invited_by,
            sent_at: row.sent_at.to_jiff(),
            expires_at: row.expires_at.to_jiff(),
            accepted_by: row.accepted_by.map(AccountId),
            accepted: row.accepted,
            revoked: row.revoked,
        })
    })
    .transpose()
}

/// The account's e-mail, and whether it is confirmed; held until the transaction ends.
pub(super) async fn lock_email(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<Option<(String, bool)>> {
    let row = sqlx::query!(
        r#"select email, email_confirmed_at is not null as "confirmed!" from accounts where id = $1 for update"#,
        account.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.email, row.confirmed)))
}

pub(super) struct Owner {
    pub(super) organisation: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) lang: Lang,
}

/// To whom an activation is told.
pub(super) async fn owner(conn: &mut PgConnection, organisation: OrganisationId) -> sqlx::Result<Option<Owner>> {
    let row = sqlx::query!(
        "select o.name as organisation, a.name, a.email, a.lang
         from members m join organisations o on o.id = m.organisation_id join accounts a on a.id = m.account_id
         where m.organisation_id = $1 and m.role = 'owner'",
        organisation.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Owner {
        organisation: row.organisation,
        name: row.name,
        email: row.email,
        lang: row.lang.parse().unwrap_or_default(),
    }))
}

pub(super) async fn waiting_organisations(conn: &mut PgConnection, limit: i64) -> sqlx::Result<Vec<WaitingOrganisation>> {
    let rows = sqlx::query!(
        r#"select slug, name, coalesce(bin, '') as "bin!", contact_person, phone, submitted_at as "since!: Ts" from organisations
           where status = 'awaiting_call' order by submitted_at, id limit $1"#,
        limit
    )
    .fetch_all(conn)
    .await?;
    let found = rows.into_iter().map(|row| WaitingOrganisation {
        slug: row.slug,
        name: row.name,
        bin: row.bin,
        contact_person: row.contact_person,
        phone: row.phone,
        since: row.since.to_jiff(),
    });
    Ok(found.collect())
}

pub(super) async fn waiting_listings(conn: &mut PgConnection, limit: i64) -> sqlx::Result<Vec<WaitingListing>> {
    let rows = sqlx::query!(
        r#"select l.slug, o.slug as organisation, d.submitted_at as "since!: Ts", coalesce(d.content->'title'->>'ru', '') as "title!"
           from listing_drafts d join listings l on l.id = d.listing_id join organisations o on o.id = l.organisation_id
           where d.submitted_at is not null order by d.submitted_at, d.listing_id limit $1"#,
        limit
    )
    .fetch_all(conn)
    .await?;
    let found = rows.into_iter().map(|row| WaitingListing {
        slug: row.slug,
        title: row.title,
        organisation: row.organisation,
        since: row.since.to_jiff(),
    });
    Ok(found.collect())
}
