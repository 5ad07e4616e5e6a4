//! What was approved while its organisation was not active yet.
use super::queries_live as queries;
use crate::{catalog::refresh_listings, kernel::Ctx};
use sapar_shared::ids::{ListingId, OrganisationId};
use sqlx::PgConnection;

/// To be called in the transaction that makes the organisation active, after it is. Returns the listings that travellers see
/// from now on.
pub async fn publish_approved(conn: &mut PgConnection, ctx: &Ctx, organisation: OrganisationId) -> sqlx::Result<Vec<ListingId>> {
    let ids = queries::publish_approved(&mut *conn, organisation.0, ctx.now()).await?;
    let listings: Vec<ListingId> = ids.into_iter().map(ListingId).collect();
    if !listings.is_empty() {
        refresh_listings(conn, ctx, &listings).await?;
    }
    Ok(listings)
}
