//! The SQL of organisations and their followers.
use crate::kernel::db::{Ts, ts, unknown_word};
use jiff::Timestamp;
use sapar_shared::{
    Lang,
    dto::{
        account::Followed,
        catalog::Named,
        editor::{UploadState, UploadView},
        organisation::{OrganisationStatus, OrganisationView},
    },
    forms::{
        checkout::Contact,
        organisation::{Company, Profile},
    },
    ids::{AccountId, OrganisationId, PayoutCardId, PlaceId, UploadId},
    paths,
    requisites::Iban,
};
use sqlx::PgConnection;

pub(super) fn status_of(word: &str) -> sqlx::Result<OrganisationStatus> {
    OrganisationStatus::parse(word).ok_or_else(|| unknown_word(word))
}

/// Every slug that begins so and goes on with a number, but for the organisation's own. Who asks next waits.
pub(super) async fn slugs_like(conn: &mut PgConnection, id: OrganisationId, base: &str) -> sqlx::Result<Vec<String>> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('organisation slug ' || $1, 0))", base)
        .fetch_one(&mut *conn)
        .await?;
    sqlx::query_scalar!(
        "select slug from organisations where (slug = $2 or slug like $2 || '-%' and slug ~ '-[0-9]+$') and id <> $1",
        id.0,
        base
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn insert_draft(
    conn: &mut PgConnection,
    id: OrganisationId,
    slug: &str,
    company: &Company,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into organisations (id, slug, kind, status, name, bin, phone, email, created_at)
         values ($1, $2, 'partner', 'draft', $3, $4, '', '', $5)",
        id.0,
        slug,
        company.name,
        company.bin.as_str(),
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

/// What decides about a change.
pub(super) struct Now {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) bin: Option<String>,
    pub(super) status: OrganisationStatus,
    pub(super) submitted: bool,
    /// Where money goes, if it goes to a card.
    pub(super) card: Option<PayoutCardId>,
    pub(super) logo: Option<UploadId>,
}

impl Now {
    /// Money may be under way to it.
    pub(super) fn needs_proof(&self) -> bool {
        self.submitted || self.status != OrganisationStatus::Draft
    }
}

pub(super) async fn lock(conn: &mut PgConnection, id: OrganisationId) -> sqlx::Result<Option<Now>> {
    let row = sqlx::query!(
        r#"select slug, name, bin, status, submitted_at is not null as "submitted!", payout_card_id, logo_id
           from organisations where id = $1 for update"#,
        id.0
    )
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(Now {
            slug: row.slug,
            name: row.name,
            bin: row.bin,
            status: status_of(&row.status)?,
            submitted: row.submitted,
            card: row.payout_card_id.map(PayoutCardId),
            logo: row.logo_id.map(UploadId),
        })
    })
    .transpose()
}

/// Whether the owner's e-mail is confirmed. The account is held, so that nobody confirms it unseen.
pub(super) async fn owner_confirmed(conn: &mut PgConnection, id: OrganisationId) -> sqlx::Result<bool> {
    let confirmed = sqlx::query_scalar!(
        r#"select a.email_confirmed_at is not null as "confirmed!" from accounts a
           where a.id = (select account_id from members where organisation_id = $1 and role = 'owner') for share"#,
        id.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(confirmed.unwrap_or(false))
}

pub(super) async fn set_company(conn: &mut PgConnection, id: OrganisationId, slug: &str, company: &Company) -> sqlx::Result<()> {
    sqlx::query!(
        "update organisations set slug = $2, name = $3, bin = $4, bin_claimed_at = case when bin = $4 then bin_claimed_at end
         where id = $1",
        id.0,
        slug,
        company.name,
        company.bin.as_str()
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn set_contact(conn: &mut PgConnection, id: OrganisationId, contact: &Contact) -> sqlx::Result<()> {
    sqlx::query!(
        "update organisations set contact_person = $2, phone = $3, email = $4 where id = $1",
        id.0,
        contact.name.as_str(),
        contact.phone.as_str(),
        contact.email.as_str()
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn city(conn: &mut PgConnection, slug: &str) -> sqlx::Result<Option<PlaceId>> {
    let id = sqlx::query_scalar!("select id from places where slug = $1 and kind = 'city'", slug).fetch_optional(conn).await?;
    Ok(id.map(PlaceId))
}

pub(super) async fn set_profile(
    conn: &mut PgConnection,
    id: OrganisationId,
    city: PlaceId,
    profile: &Profile,
) -> sqlx::Result<()> {
    let [ru, kk, en] = [Lang::Ru, Lang::Kk, Lang::En].map(|lang| profile.about[lang as usize].as_deref());
    sqlx::query!(
        "update organisations set city_id = $2, address = $3, about_ru = coalesce($4, about_ru), about_kk = coalesce($5, about_kk),
                                  about_en = coalesce($6, about_en) where id = $1",
        id.0,
        city.0,
        profile.address,
        ru,
        kk,
        en
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Whether money went elsewhere before.
pub(super) async fn set_iban(conn: &mut PgConnection, id: OrganisationId, iban: &Iban) -> sqlx::Result<bool> {
    sqlx::query!(
        "update organisations set iban = $2, payout_card_id = null where id = $1 and iban is distinct from $2",
        id.0,
        iban.as_str()
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected() > 0)
}

pub(super) async fn set_submitted(conn: &mut PgConnection, id: OrganisationId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("update organisations set submitted_at = coalesce(submitted_at, $2) where id = $1", id.0, ts(now) as Ts)
        .execute(conn)
        .await
        .map(drop)
}

pub(super) async fn promote(conn: &mut PgConnection, id: OrganisationId) -> sqlx::Result<()> {
    sqlx::query!(
        "update organisations set status = 'awaiting_call' where id = $1 and status = 'draft' and submitted_at is not null",
        id.0
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn bin_taken(conn: &mut PgConnection, id: OrganisationId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from organisations other join organisations o on o.bin = other.bin
                          where o.id = $1 and other.id <> o.id and other.status <> 'draft'
                            and other.bin_lost_at is null) as "taken!""#,
        id.0
    )
    .fetch_one(conn)
    .await
}

/// With the whole IBAN, which not everybody may see.
pub(super) async fn view(conn: &mut PgConnection, id: OrganisationId, lang: &str) -> sqlx::Result<Option<OrganisationView>> {
    let row = sqlx::query!(
        r#"select o.slug as "slug!", o.status as "status!", o.name as "name!", o.bin, o.contact_person as "contact_person!",
                  o.phone as "phone!", o.email as "email!", o.address as "address!", o.about_ru as "about_ru!",
                  o.about_kk as "about_kk!", o.about_en as "about_en!", o.iban, o.block_remark, o.submitted_at is not null as "submitted!", city.slug as "city_slug?",
                  in_lang($2, city.name_ru, city.name_kk, city.name_en) as "city?",
                  exists (select from members m join accounts a on a.id = m.account_id
                          where m.organisation_id = o.id and m.role = 'owner' and a.email_confirmed_at is not null) as "confirmed!",
                  exists (select from organisations other
                          where other.bin = o.bin and other.id <> o.id and other.status <> 'draft'
                            and other.bin_lost_at is null) as "bin_taken!",
                  o.bin_claimed_at is not null as "bin_claimed!"
           from organisations o left join places city on city.id = o.city_id
           where o.id = $1"#,
        id.0,
        lang
    )
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        let status = status_of(&row.status)?;
        let unfinished = status == OrganisationStatus::Draft && row.submitted;
        Ok(OrganisationView {
            slug: row.slug,
            status,
            name: row.name,
            bin: row.bin.unwrap_or_default(),
            contact_person: row.contact_person,
            phone: row.phone,
            email: row.email,
            city: row.city_slug.zip(row.city).map(|(slug, name)| Named { slug, name }),
            address: row.address,
            about: [row.about_ru, row.about_kk, row.about_en],
            iban: row.iban.unwrap_or_default(),
            logo: None,
            card: None,
            asked_card: None,
            may_edit_payout: false,
            submitted: row.submitted,
            confirmed: row.confirmed,
            // Whoever has not sent yet shall not look BINs up this way.
            bin_taken: unfinished && row.bin_taken,
            bin_claimed: status == OrganisationStatus::Draft && row.bin_claimed,
            block_remark: row.block_remark,
        })
    })
    .transpose()
}

/// However far its making is.
pub(super) async fn logo(conn: &mut PgConnection, id: OrganisationId) -> sqlx::Result<Option<UploadView>> {
    let row = sqlx::query!(
        "select u.id, u.state, u.key, u.widths[1] as smallest, u.width, u.height
         from organisations o join uploads u on u.id = o.logo_id where o.id = $1",
        id.0
    )
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        let smallest = row.smallest.and_then(|width| u32::try_from(width).ok());
        Ok(UploadView {
            id: row.id.into(),
            state: UploadState::parse(&row.state).ok_or_else(|| unknown_word(&row.state))?,
            address: row.key.zip(smallest).map(|(key, width)| paths::picture(&key, width)),
            width: row.width.unwrap_or(0),
            height: row.height.unwrap_or(0),
        })
    })
    .transpose()
}

/// What is set aside is no longer counted; what is set comes back into the count.
pub(super) async fn set_logo(
    conn: &mut PgConnection,
    id: OrganisationId,
    before: Option<UploadId>,
    logo: Option<UploadId>,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!("update organisations set logo_id = $2 where id = $1", id.0, logo.map(|logo| logo.0))
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "update uploads set discarded_at = case when id = $3 then null else $4::timestamptz end
         where organisation_id = $1 and id in ($2, $3)",
        id.0,
        before.map(|before| before.0),
        logo.map(|logo| logo.0),
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn cities(conn: &mut PgConnection, lang: &str) -> sqlx::Result<Vec<Named>> {
    sqlx::query_as!(
        Named,
        r#"select slug, in_lang($1, name_ru, name_kk, name_en) as "name!" from places where kind = 'city' order by slug"#,
        lang
    )
    .fetch_all(conn)
    .await
}

/// `None`: nothing of such an organisation is public.
pub(super) async fn public_id(conn: &mut PgConnection, slug: &str) -> sqlx::Result<Option<OrganisationId>> {
    let id = sqlx::query_scalar!("select id from organisations where slug = $1 and status = 'active' and kind = 'partner'", slug)
        .fetch_optional(conn)
        .await?;
    Ok(id.map(OrganisationId))
}

pub(super) async fn insert_follow(
    conn: &mut PgConnection,
    account: AccountId,
    organisation: OrganisationId,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into follows (account_id, organisation_id, created_at) values ($1, $2, $3) on conflict do nothing",
        account.0,
        organisation.0,
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn delete_follow(conn: &mut PgConnection, account: AccountId, organisation: OrganisationId) -> sqlx::Result<()> {
    sqlx::query!("delete from follows where account_id = $1 and organisation_id = $2", account.0, organisation.0)
        .execute(conn)
        .await
        .map(drop)
}

pub(super) async fn follows(conn: &mut PgConnection, account: AccountId, slug: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from follows f join organisations o on o.id = f.organisation_id
                          where f.account_id = $1 and o.slug = $2) as "follows!""#,
        account.0,
        slug
    )
    .fetch_one(conn)
    .await
}

pub(super) async fn followed(conn: &mut PgConnection, account: AccountId, limit: i64) -> sqlx::Result<Vec<Followed>> {
    sqlx::query_as!(
        Followed,
        "select o.slug, o.name from follows f join organisations o on o.id = f.organisation_id
         where f.account_id = $1 and o.status = 'active' and o.kind = 'partner' order by f.created_at desc, o.id limit $2",
        account.0,
        limit
    )
    .fetch_all(conn)
    .await
}
