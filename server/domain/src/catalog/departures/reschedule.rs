//! Moving a departure to another hour or day.
use super::{coming, lock, queries};
use crate::{
    accounts::Actor,
    catalog::{editing::EditError, refresh_listing},
    inventory,
    kernel::{Ctx, db::OnConstraint as _},
};
use jiff::{SignedDuration, Timestamp};
use sapar_shared::{
    dto::editor::StockRefusal,
    ids::{DepartureId, ListingId},
};
use sqlx::PgConnection;

/// Only while nobody has bought or is about to pay: they would have to be told.
pub async fn move_departure(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    id: DepartureId,
    starts_at: Timestamp,
) -> Result<(), EditError> {
    let rows = lock(&mut *conn, actor, &[id]).await?;
    let row = rows.first().ok_or(EditError::NotFound)?;
    coming(ctx, row)?;
    if starts_at <= ctx.now() {
        return Err(EditError::Stock(StockRefusal::InPast));
    }
    let sold = inventory::taken(&mut *conn, id).await?;
    if sold > 0 {
        return Err(EditError::Stock(StockRefusal::Sold { sold }));
    }
    let ends_at = starts_at.saturating_add(SignedDuration::from_mins(row.duration_minutes.into())).unwrap_or(Timestamp::MAX);
    queries::reschedule(&mut *conn, id.0, starts_at, ends_at)
        .await
        .on_constraint("departures_unique_start", || EditError::Stock(StockRefusal::StartTaken))?;
    refresh_listing(conn, ctx, ListingId(row.listing_id)).await?;
    Ok(())
}
