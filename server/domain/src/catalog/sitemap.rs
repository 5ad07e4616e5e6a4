//! What search engines should visit.
use super::queries;
use crate::kernel::db::Ts;
use jiff::Timestamp;
use sapar_shared::ids::ListingId;
use sqlx::PgConnection;

/// Listings in one sitemap file: three addresses each, of the 50,000 and 50 MB that the protocol allows.
pub const SITEMAP_PAGE: i64 = 10_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitemapEntry {
    pub slug: String,
    pub updated_at: Timestamp,
}

/// Where the files after the first begin: each value goes to [`sitemap`] as `after`.
pub async fn sitemap_pages(conn: &mut PgConnection) -> sqlx::Result<Vec<ListingId>> {
    Ok(queries::sitemap_pages(conn, SITEMAP_PAGE).await?.into_iter().map(ListingId).collect())
}

/// One file's listings, by id.
pub async fn sitemap(conn: &mut PgConnection, after: Option<ListingId>) -> sqlx::Result<Vec<SitemapEntry>> {
    let rows = queries::sitemap(conn, after.map(|id| id.0), SITEMAP_PAGE).await?;
    Ok(rows.into_iter().map(|row| SitemapEntry { slug: row.slug, updated_at: Ts::to_jiff(row.updated_at) }).collect())
}

/// The slugs of all partners with a public page.
pub async fn sitemap_partners(conn: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    queries::sitemap_partners(conn).await
}
