//! Calling a departure off.
use super::{coming, lock, queries};
use crate::{
    accounts::Actor,
    catalog::{editing::EditError, jobs::EndHolds, refresh_listing},
    inventory,
    kernel::{Ctx, jobs},
};
use sapar_shared::ids::{DepartureId, ListingId};
use sqlx::PgConnection;

/// Its sale stops with the commit: whoever waits for its counters gets nothing, nor does money that comes late. Orders that
/// hold places are given up by a job, for an order is locked before stock. What is paid stays paid here.
pub async fn cancel_departure(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, id: DepartureId) -> Result<(), EditError> {
    let rows = lock(&mut *conn, actor, &[id]).await?;
    let row = rows.first().ok_or(EditError::NotFound)?;
    coming(ctx, row)?;
    inventory::close(&mut *conn, id).await?;
    queries::cancel(&mut *conn, id.0).await?;
    jobs::enqueue(&mut *conn, ctx, &EndHolds { departure: id }, ctx.now()).await?;
    refresh_listing(conn, ctx, ListingId(row.listing_id)).await?;
    Ok(())
}
