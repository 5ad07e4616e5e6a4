//! A listing's slug, for whoever knows only its id.
use sapar_shared::ids::ListingId;
use sqlx::PgConnection;

pub async fn slug_of(conn: &mut PgConnection, listing: ListingId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select slug from listings where id = $1", listing.0).fetch_optional(conn).await
}
