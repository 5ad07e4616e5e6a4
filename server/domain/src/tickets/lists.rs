//! Passengers out of the house: the same rows for every kind of file.
use super::{queries, queries_desk};
use crate::{accounts::Actor, kernel::Ctx, orders::DeskError};
use jiff::{SignedDuration, Timestamp};
use sapar_shared::{
    Lang,
    dto::partner::{DepartureRow, Passenger},
    ids::DepartureId,
    roles::Permission,
    when,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// Where a part of the list ended: the last name and its ticket.
pub type After = (String, Uuid);

/// The departure of a list; `None`: not the organisation's.
pub async fn list_head(
    conn: &mut PgConnection,
    _ctx: &Ctx,
    actor: &Actor,
    departure: DepartureId,
    lang: Lang,
) -> Result<Option<DepartureRow>, DeskError> {
    let organisation = actor.require(Permission::ExportLists)?;
    Ok(queries::departure_by_id(conn, organisation, departure, lang.code()).await?)
}

/// Up to `limit` passengers by name, from the one after `after` on, and where the next part begins.
pub async fn list_part(
    conn: &mut PgConnection,
    _ctx: &Ctx,
    actor: &Actor,
    departure: DepartureId,
    after: Option<&After>,
    limit: i64,
    lang: Lang,
) -> Result<(Vec<Passenger>, Option<After>), DeskError> {
    let organisation = actor.require(Permission::ExportLists)?;
    let after = after.map(|(name, id)| (name.as_str(), *id));
    let rows = queries_desk::passengers_after(conn, organisation, departure, after, lang.code(), limit).await?;
    let full = i64::try_from(rows.len()).is_ok_and(|count| count == limit);
    let next = rows.last().filter(|_| full).map(|(id, last)| (last.name.clone(), *id));
    Ok((rows.into_iter().map(|(_, passenger)| passenger).collect(), next))
}

/// The departure whose people are counted at the gate: the named one, or today's that is boarding now.
pub async fn boarding(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    departure: Option<DepartureId>,
    lang: Lang,
) -> Result<Option<DepartureRow>, DeskError> {
    let organisation = actor.require(Permission::SeeDepartures)?;
    let id = match departure {
        Some(id) => Some(id),
        None => {
            let tomorrow = ctx.today().tomorrow().unwrap_or_else(|_| ctx.today());
            let until = when::moment(tomorrow.at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX);
            queries_desk::boarding_now(&mut *conn, organisation, ctx.now() - SignedDuration::from_mins(60), until).await?
        }
    };
    match id {
        Some(id) => Ok(queries::departure_by_id(conn, organisation, id, lang.code()).await?),
        None => Ok(None),
    }
}

/// Counts on whenever what is printed of the order changes; a part of its documents' names in the store.
pub async fn papers_version(conn: &mut PgConnection, order: sapar_shared::ids::OrderId) -> sqlx::Result<i32> {
    queries_desk::papers(conn, order).await
}
