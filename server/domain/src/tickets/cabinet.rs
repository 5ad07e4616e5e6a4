//! What the gate sees before anybody arrives: the day's departures and their passengers.
use super::{GateError, queries};
use crate::{accounts::Actor, kernel::Ctx};
use jiff::civil::Date;
use sapar_shared::{
    Lang,
    dto::partner::{Day, DepartureDetail},
    ids::DepartureId,
    roles::Permission,
};
use sqlx::PgConnection;

/// Today (Almaty) when no date is given.
pub async fn day(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, date: Option<Date>, lang: Lang) -> Result<Day, GateError> {
    let organisation = actor.require(Permission::SeeDepartures)?;
    let day = date.unwrap_or_else(|| ctx.today());
    let departures = queries::departures_of_day(&mut *conn, organisation, day, lang.code()).await?;
    let next_day = queries::next_day(conn, organisation, day).await?;
    Ok(Day { day, today: ctx.today(), now: ctx.now(), departures, next_day })
}

pub async fn departure(
    conn: &mut PgConnection,
    _ctx: &Ctx,
    actor: &Actor,
    id: DepartureId,
    lang: Lang,
) -> Result<Option<DepartureDetail>, GateError> {
    let organisation = actor.require(Permission::SeeDepartures)?;
    let Some(departure) = queries::departure_by_id(&mut *conn, organisation, id, lang.code()).await? else { return Ok(None) };
    let passengers = queries::passengers(conn, organisation, id, lang.code()).await?;
    Ok(Some(DepartureDetail { departure, passengers }))
}
