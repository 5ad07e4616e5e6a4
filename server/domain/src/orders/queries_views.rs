//! The SQL of saved views.
use super::DeskError;
use crate::kernel::db::{Day, OnConstraint as _, Ts, day, ts, unknown_word};
use jiff::Timestamp;
use sapar_shared::{
    dto::{
        desk::{Channel, DeskRefusal, OrderGroup, OrdersQuery},
        views::SavedView,
    },
    ids::{AccountId, OrganisationId, SavedViewId},
};
use sqlx::PgConnection;

pub(super) async fn of_member(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    account: AccountId,
) -> sqlx::Result<Vec<SavedView>> {
    let rows = sqlx::query!(
        "select id, name, status, channel, listing_id, day from saved_views
         where account_id = $1 and organisation_id = $2 order by created_at, id",
        account.0,
        organisation.0,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let query = OrdersQuery {
                group: row.status.map(|word| OrderGroup::parse(&word).ok_or_else(|| unknown_word(&word))).transpose()?,
                channel: row.channel.map(|word| Channel::parse(&word).ok_or_else(|| unknown_word(&word))).transpose()?,
                listing: row.listing_id.map(Into::into),
                day: row.day.map(|day| day.to_jiff()),
                ..OrdersQuery::default()
            };
            Ok(SavedView { id: row.id.into(), name: row.name, query })
        })
        .collect()
}

/// Whether they are a member at all. Nobody else counts their views until the transaction ends.
pub(super) async fn lock_member(conn: &mut PgConnection, organisation: OrganisationId, account: AccountId) -> sqlx::Result<bool> {
    sqlx::query!(
        "select role from members where account_id = $1 and organisation_id = $2 for no key update",
        account.0,
        organisation.0,
    )
    .fetch_optional(conn)
    .await
    .map(|member| member.is_some())
}

/// One of `views::MOST`.
pub(super) async fn free_place(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    account: AccountId,
) -> sqlx::Result<Option<i16>> {
    sqlx::query_scalar!(
        "select min(n)::int2 from generate_series(1, 20) n
         where not exists (select from saved_views where account_id = $1 and organisation_id = $2 and place = n)",
        account.0,
        organisation.0,
    )
    .fetch_one(conn)
    .await
}

pub(super) struct New<'a> {
    pub(super) organisation: OrganisationId,
    pub(super) account: AccountId,
    pub(super) place: i16,
    pub(super) at: Timestamp,
    pub(super) view: &'a SavedView,
}

/// What a constraint refuses ends the transaction.
pub(super) async fn insert(conn: &mut PgConnection, new: &New<'_>) -> Result<(), DeskError> {
    let query = &new.view.query;
    let inserted = sqlx::query!(
        "insert into saved_views (id, account_id, organisation_id, place, name, status, channel, listing_id, day, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        new.view.id.0,
        new.account.0,
        new.organisation.0,
        new.place,
        new.view.name.as_str(),
        query.group.map(OrderGroup::as_str),
        query.channel.map(Channel::as_str),
        query.listing.map(|listing| listing.0),
        query.day.map(day) as Option<Day>,
        ts(new.at) as Ts,
    )
    .execute(conn)
    .await
    .map(drop);
    match inserted {
        Err(sqlx::Error::Database(refusal)) if refusal.constraint() == Some("saved_views_listing") => Err(DeskError::NotFound),
        inserted => inserted.on_constraint("saved_views_name", || DeskRefusal::ViewTaken.into()),
    }
}

pub(super) async fn delete(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    account: AccountId,
    view: SavedViewId,
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from saved_views where id = $1 and account_id = $2 and organisation_id = $3",
        view.0,
        account.0,
        organisation.0,
    )
    .execute(conn)
    .await
    .map(drop)
}
