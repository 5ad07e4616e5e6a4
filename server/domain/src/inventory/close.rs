//! The end of a departure's sale.
use super::queries_plan as queries;
use sapar_shared::ids::DepartureId;
use sqlx::PgConnection;

/// From here on nothing of the departure is free; what is held or sold may still be given back.
pub async fn close(conn: &mut PgConnection, departure: DepartureId) -> sqlx::Result<()> {
    queries::lock_all(&mut *conn, &[departure.0]).await?;
    queries::close(conn, departure.0).await
}
