//! Keeps the copies by which lists sort, filter and search.
use super::queries_write as queries;
use crate::kernel::{
    Ctx,
    db::ts,
    events::{self, Event},
};
use sapar_shared::ids::ListingId;
use sqlx::PgConnection;

/// To be called in the transaction that changed a listing's texts, ticket types or departures.
pub async fn refresh_listing(conn: &mut PgConnection, ctx: &Ctx, listing: ListingId) -> sqlx::Result<()> {
    queries::refresh(conn, ts(ctx.now()), Some(&[listing.0])).await?;
    queries::learn_words(conn, Some(&[listing.0])).await?;
    events::notify(conn, Event::Listing(listing)).await
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
