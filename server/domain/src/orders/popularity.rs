//! How well listings sell, by which lists are sorted. Counted by `catalog::count_sales`, apart from the sale, for a listing
//! stands in a dozen indexes.
use super::{jobs::CountSales, queries};
use crate::kernel::{
    Ctx,
    jobs::{self, Planned},
};
use jiff::SignedDuration;
use sapar_shared::ids::OrderId;
use sqlx::PgConnection;

/// So many sales of a listing are counted at once.
const AFTER: SignedDuration = SignedDuration::from_secs(30);

/// To be called in the transaction that sold the order's places or took them back. A sale in the very moment in which an
/// earlier one is counted waits for the next.
pub async fn count_sales_later(conn: &mut PgConnection, ctx: &Ctx, order: OrderId) -> sqlx::Result<()> {
    let listings = queries::listings_of(&mut *conn, order).await?;
    let run_at = ctx.now() + AFTER;
    let counts: Vec<Planned> =
        listings.into_iter().map(|listing| Planned::at(run_at, &CountSales { listing })).collect::<Result<_, _>>()?;
    jobs::enqueue_all(conn, ctx, &counts).await
}
