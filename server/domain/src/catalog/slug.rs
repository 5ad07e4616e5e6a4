//! Between listings and their slugs.
use super::cards::cards;
use sapar_shared::{Lang, dto::catalog::ListingCard, ids::ListingId};
use sqlx::PgConnection;

pub async fn slug_of(conn: &mut PgConnection, listing: ListingId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select slug from listings where id = $1", listing.0).fetch_optional(conn).await
}

/// The cards of what is still published, in the order of `slugs`.
pub async fn cards_of(conn: &mut PgConnection, lang: Lang, slugs: &[String]) -> sqlx::Result<Vec<ListingCard>> {
    let ids = sqlx::query_scalar!(
        "select l.id from unnest($1::text[]) with ordinality as wanted(slug, n) join listings l on l.slug = wanted.slug
         where l.status = 'published' and l.kind = 'tour' order by wanted.n",
        slugs
    )
    .fetch_all(&mut *conn)
    .await?;
    cards(conn, lang, &ids, None).await
}
