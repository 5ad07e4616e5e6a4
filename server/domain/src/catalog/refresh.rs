//! Keeps the copies by which lists sort, filter and search.
use super::queries_write as queries;
use crate::kernel::{Ctx, db::ts};
use sapar_shared::ids::ListingId;
use sqlx::PgConnection;
use uuid::Uuid;

/// To be called in the transaction that changed a listing's texts, ticket types or departures.
pub async fn refresh_listing(conn: &mut PgConnection, ctx: &Ctx, listing: ListingId) -> sqlx::Result<()> {
    refresh_listings(conn, ctx, &[listing]).await
}

/// The same for several.
pub async fn refresh_listings(conn: &mut PgConnection, ctx: &Ctx, listings: &[ListingId]) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = listings.iter().map(|id| id.0).collect();
    queries::refresh(&mut *conn, ts(ctx.now()), Some(&ids)).await?;
    queries::learn_words(&mut *conn, Some(&ids)).await?;
    queries::announce(conn, &ids).await
}

/// The same for all listings, after they were filled in bulk.
pub async fn refresh_all(conn: &mut PgConnection, ctx: &Ctx) -> sqlx::Result<()> {
    queries::refresh(conn, ts(ctx.now()), None).await?;
    queries::learn_words(conn, None).await
}

/// Moves on the listings whose next departure has left or is full, or that have an earlier one again. Returns them: their cached
/// pages are stale.
pub async fn roll_next_departures(conn: &mut PgConnection, ctx: &Ctx) -> sqlx::Result<Vec<ListingId>> {
    Ok(queries::roll_next_departures(conn, ts(ctx.now())).await?.into_iter().map(ListingId).collect())
}

/// Counts what is sold of a listing, for lists that sort by it.
pub async fn count_sales(conn: &mut PgConnection, listing: ListingId) -> sqlx::Result<()> {
    queries::count_sales(conn, Some(listing.0)).await
}
