//! For what may be done only while nobody has bought.
use super::queries_plan as queries;
use sapar_shared::ids::DepartureId;
use sqlx::PgConnection;

/// How many places of the departure are held or sold; until the transaction ends nobody takes another.
pub async fn taken(conn: &mut PgConnection, departure: DepartureId) -> sqlx::Result<i32> {
    let counters = queries::lock_all(conn, &[departure.0]).await?;
    Ok(counters.iter().filter(|counter| counter.ticket_type_id.is_none()).map(|counter| counter.taken).sum())
}
