//! The SQL of cards that money is paid out to. Their tokens are read by `to_remove` alone.
use super::{StoredCard, queries_members::role_of};
use crate::kernel::db::{Day, Ts, day, ts, unknown_word};
use jiff::Timestamp;
use sapar_shared::{
    dto::organisation::{AskedCard, CardState},
    ids::{AccountId, OrganisationId, PayoutCardId},
    requisites::{CardBrand, CardFace},
    roles::Role,
};
use sqlx::PgConnection;

pub(super) struct NewCard<'a> {
    pub(super) id: PayoutCardId,
    pub(super) organisation: OrganisationId,
    pub(super) account: AccountId,
    pub(super) proven: bool,
    /// Of the token in the address that the provider reports to.
    pub(super) digest: Vec<u8>,
    pub(super) provider: &'a str,
    pub(super) now: Timestamp,
    pub(super) expires_at: Timestamp,
}

pub(super) async fn insert(conn: &mut PgConnection, new: &NewCard<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into payout_cards (id, organisation_id, requested_by, proven, token_digest, provider, state, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, 'waiting', $7, $8)",
        new.id.0,
        new.organisation.0,
        new.account.0,
        new.proven,
        new.digest,
        new.provider,
        ts(new.now) as Ts,
        ts(new.expires_at) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Whatever of the organisation's is waited for, or failed and might be tried once more.
pub(super) async fn give_up_asked(conn: &mut PgConnection, id: OrganisationId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update payout_cards set state = 'given_up', decided_at = coalesce(decided_at, $2)
         where organisation_id = $1 and state in ('waiting', 'failed')",
        id.0,
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn give_up(conn: &mut PgConnection, id: PayoutCardId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update payout_cards set state = 'given_up', decided_at = $2 where id = $1 and state = 'waiting'",
        id.0,
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Not of an organisation that has gone.
pub(super) async fn by_digest(conn: &mut PgConnection, digest: &[u8]) -> sqlx::Result<Option<(PayoutCardId, OrganisationId)>> {
    let row = sqlx::query!(
        r#"select id, organisation_id as "organisation_id!" from payout_cards
           where token_digest = $1 and organisation_id is not null"#,
        digest
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.id.into(), row.organisation_id.into())))
}

/// A request of which something is told.
pub(super) struct Asked {
    pub(super) requested_by: Option<AccountId>,
    pub(super) proven: bool,
    pub(super) expires_at: Timestamp,
    /// Nobody asked for another one, or for an account, since.
    pub(super) is_wanted: bool,
    /// Its card is known, or was.
    pub(super) is_told: bool,
}

pub(super) async fn lock(conn: &mut PgConnection, id: PayoutCardId) -> sqlx::Result<Option<Asked>> {
    let row = sqlx::query!(
        r#"select requested_by, proven, expires_at as "expires_at: Ts", state in ('waiting', 'failed') as "is_wanted!",
                  (card_token is not null or removed_at is not null) as "is_told!"
           from payout_cards where id = $1 for no key update"#,
        id.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Asked {
        requested_by: row.requested_by.map(AccountId),
        proven: row.proven,
        expires_at: row.expires_at.to_jiff(),
        is_wanted: row.is_wanted,
        is_told: row.is_told,
    }))
}

pub(super) async fn fail(conn: &mut PgConnection, id: PayoutCardId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update payout_cards set state = 'failed', decided_at = $2 where id = $1 and state = 'waiting'",
        id.0,
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn store(conn: &mut PgConnection, id: PayoutCardId, card: &StoredCard, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update payout_cards set state = 'stored', card_token = $2, brand = $3, last_four = $4, expires_on = $5::date, decided_at = $6
         where id = $1",
        id.0,
        card.token.expose(),
        card.face.brand.as_str(),
        card.face.last_four,
        card.face.good_until.map(day) as Option<Day>,
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

/// What was waited for has failed for those who look; the token is kept until the provider has forgotten the card.
pub(super) async fn keep_unused(
    conn: &mut PgConnection,
    id: PayoutCardId,
    card: &StoredCard,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update payout_cards set state = case state when 'waiting' then 'failed' else state end, card_token = $2,
                                 decided_at = coalesce(decided_at, $3)
         where id = $1",
        id.0,
        card.token.expose(),
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Instead of an account.
pub(super) async fn set_card(conn: &mut PgConnection, id: OrganisationId, card: Option<PayoutCardId>) -> sqlx::Result<()> {
    sqlx::query!(
        "update organisations set payout_card_id = $2, iban = case when $2::uuid is null then iban end where id = $1",
        id.0,
        card.map(|card| card.0)
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn to_remove(conn: &mut PgConnection, id: PayoutCardId) -> sqlx::Result<Option<String>> {
    let token = sqlx::query_scalar!(
        "select card_token from payout_cards c
         where c.id = $1 and not exists (select from organisations o where o.payout_card_id = c.id)",
        id.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(token.flatten())
}

/// Nothing is kept of it where its organisation has gone.
pub(super) async fn removed(conn: &mut PgConnection, id: PayoutCardId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "with gone as (delete from payout_cards where id = $1 and organisation_id is null)
         update payout_cards set card_token = null, removed_at = $2 where id = $1 and organisation_id is not null",
        id.0,
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn role(conn: &mut PgConnection, id: OrganisationId, account: AccountId) -> sqlx::Result<Option<Role>> {
    let word = sqlx::query_scalar!("select role from members where organisation_id = $1 and account_id = $2", id.0, account.0)
        .fetch_optional(conn)
        .await?;
    word.map(|word| role_of(&word)).transpose()
}

/// The card that money goes to, and what is to be said of the one that was asked for last.
pub(super) async fn state(conn: &mut PgConnection, id: OrganisationId, now: Timestamp) -> sqlx::Result<CardState> {
    let asked = sqlx::query!(
        r#"select state, expires_at > $2 as "is_open!" from payout_cards
           where organisation_id = $1 order by created_at desc, id desc limit 1"#,
        id.0,
        ts(now) as Ts
    )
    .fetch_optional(&mut *conn)
    .await?;
    let asked = asked.and_then(|row| match row.state.as_str() {
        "waiting" if row.is_open => Some(AskedCard::Waiting),
        "failed" => Some(AskedCard::Failed),
        _ => None,
    });
    let used = sqlx::query!(
        r#"select c.brand as "brand!", c.last_four as "last_four!", c.expires_on as "expires_on: Day"
           from organisations o join payout_cards c on c.id = o.payout_card_id where o.id = $1"#,
        id.0
    )
    .fetch_optional(conn)
    .await?;
    let face = |word: &str, last_four, expires_on: Option<Day>| {
        let brand = CardBrand::parse(word).ok_or_else(|| unknown_word(word))?;
        Ok::<_, sqlx::Error>(CardFace { brand, last_four, good_until: expires_on.map(|day| day.to_jiff()) })
    };
    let card = used.map(|row| face(&row.brand, row.last_four, row.expires_on)).transpose()?;
    Ok(CardState { card, asked })
}
