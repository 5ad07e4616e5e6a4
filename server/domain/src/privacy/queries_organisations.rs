//! The SQL of a person's place in organisations, and of their drafts of one.
use crate::{catalog::importing, uploads};
use sapar_shared::ids::{AccountId, PayoutCardId};
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) struct Owned {
    pub(super) id: Uuid,
    pub(super) name: String,
    /// Never active, never sold anything, and nobody else's: there is nobody to hand it over to.
    pub(super) unfinished: bool,
}

pub(super) async fn owned(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<Vec<Owned>> {
    sqlx::query_as!(
        Owned,
        r#"select o.id, o.name,
                  (o.status in ('draft', 'awaiting_call') and o.activated_at is null
                   and not exists (select from members other where other.organisation_id = o.id and other.account_id <> $1)
                   and not exists (select from organisation_orders sale where sale.organisation_id = o.id)) as "unfinished!"
           from members m join organisations o on o.id = m.organisation_id
           where m.account_id = $1 and m.role = 'owner' order by o.created_at, o.id"#,
        account.0
    )
    .fetch_all(conn)
    .await
}

/// Where the person is or was a member under which name, now or before, and the only one of that name: a namesake's work stays
/// theirs.
pub(super) async fn worked_for(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<(Vec<Uuid>, Vec<String>)> {
    let rows = sqlx::query!(
        r#"with people as (select account_id, organisation_id from members union select account_id, organisation_id from past_members),
                own_names as (select name from accounts where id = $1 union select name from past_names where account_id = $1)
           select own.organisation_id as "organisation!", called.name as "name!" from people own cross join own_names called
           where own.account_id = $1
             and not exists (select from people other join accounts a on a.id = other.account_id
                             where other.organisation_id = own.organisation_id and other.account_id <> $1
                               and (a.name = called.name
                                    or exists (select from past_names n where n.account_id = a.id and n.name = called.name)))
           order by own.organisation_id, called.name"#,
        account.0
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.organisation, row.name)).unzip())
}

/// Why the person wanted an organisation renamed, in their own words. That it was asked is the organisation's to keep.
pub(super) async fn forget_reasons(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<()> {
    sqlx::query!("update organisation_changes set reason = '' where requested_by = $1 and reason <> ''", account.0)
        .execute(conn)
        .await
        .map(drop)
}

pub(super) async fn leave(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<()> {
    sqlx::query!("delete from members where account_id = $1", account.0).execute(conn).await.map(drop)
}

/// Pictures with all their sizes, and files of tours.
pub(super) async fn files(conn: &mut PgConnection, organisations: &[Uuid]) -> sqlx::Result<Vec<String>> {
    let uploads = sqlx::query!(
        r#"select id, revision, coalesce(widths, '{}') as "widths!" from uploads where organisation_id = any($1)"#,
        organisations
    )
    .fetch_all(&mut *conn)
    .await?;
    let imports =
        sqlx::query_scalar!("select id from imports where organisation_id = any($1)", organisations).fetch_all(conn).await?;
    let mut files: Vec<String> = imports.into_iter().map(|id| importing::file_path(id.into())).collect();
    for upload in uploads {
        let id = upload.id.into();
        files.extend([uploads::raw_path(id), uploads::master_path(id)]);
        let sizes = (0..=upload.revision).flat_map(|revision| upload.widths.iter().map(move |width| (revision, width)));
        files.extend(sizes.map(|(revision, width)| format!("pictures/{}-{width}.webp", uploads::key(id, revision))));
    }
    Ok(files)
}

/// Cards that the provider keeps for them. No report of a card comes between this and the end of the transaction.
pub(super) async fn lock_cards(conn: &mut PgConnection, organisations: &[Uuid]) -> sqlx::Result<Vec<PayoutCardId>> {
    sqlx::query!("select id from organisations where id = any($1) order by id for update", organisations)
        .fetch_all(&mut *conn)
        .await?;
    let cards = sqlx::query_scalar!(
        "select id from payout_cards where organisation_id = any($1) and card_token is not null order by id",
        organisations
    )
    .fetch_all(conn)
    .await?;
    Ok(cards.into_iter().map(PayoutCardId).collect())
}

/// With their tours, which nobody has ever ordered. Texts, pictures and drafts go with their listing. Cards that the provider
/// keeps stay (`lock_cards`).
pub(super) async fn delete(conn: &mut PgConnection, organisations: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from stock_events where departure_id in (select id from departures where organisation_id = any($1))",
        organisations
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "delete from stock where departure_id in (select id from departures where organisation_id = any($1))",
        organisations
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("delete from imports where organisation_id = any($1)", organisations).execute(&mut *conn).await?;
    sqlx::query!("delete from departures where organisation_id = any($1)", organisations).execute(&mut *conn).await?;
    sqlx::query!(
        "delete from departure_rules where listing_id in (select id from listings where organisation_id = any($1))",
        organisations
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "delete from ticket_types where listing_id in (select id from listings where organisation_id = any($1))",
        organisations
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("delete from uploads where organisation_id = any($1) and purpose = 'listing'", organisations)
        .execute(&mut *conn)
        .await?;
    sqlx::query!("delete from listings where organisation_id = any($1)", organisations).execute(&mut *conn).await?;
    sqlx::query!("delete from invitations where organisation_id = any($1)", organisations).execute(&mut *conn).await?;
    sqlx::query!("delete from api_tokens where organisation_id = any($1)", organisations).execute(&mut *conn).await?;
    sqlx::query!("delete from follows where organisation_id = any($1)", organisations).execute(&mut *conn).await?;
    sqlx::query!("delete from members where organisation_id = any($1)", organisations).execute(&mut *conn).await?;
    // In one statement, for an organisation and its logo refer to each other.
    sqlx::query!(
        "with logos as (delete from uploads where organisation_id = any($1)),
              cards as (delete from payout_cards where organisation_id = any($1) and card_token is null)
         delete from organisations where id = any($1)",
        organisations
    )
    .execute(conn)
    .await
    .map(drop)
}
