//! A partner's public page.
use super::{cards::cards, queries};
use crate::kernel::Ctx;
use sapar_shared::{
    Lang,
    dto::catalog::{PartnerCard, PartnerPage},
};
use sqlx::PgConnection;

/// The page shows so many tours, the most popular ones.
const LISTINGS: i64 = 60;

pub async fn partner_page(conn: &mut PgConnection, _: &Ctx, lang: Lang, slug: &str) -> sqlx::Result<Option<PartnerPage>> {
    if slug.contains('\0') {
        return Ok(None);
    }
    let Some(row) = queries::partner(&mut *conn, lang.code(), slug, LISTINGS).await? else {
        return Ok(None);
    };
    let listings = cards(&mut *conn, lang, &row.listings, None).await?;
    let logo = queries::partner_logo(conn, &row.slug, &row.name).await?;
    let partner = PartnerCard {
        slug: row.slug,
        name: row.name,
        about: row.about,
        city: row.city.unwrap_or_default(),
        phone: row.phone,
        tours: row.tours,
        founded: row.founded,
    };
    Ok(Some(PartnerPage { partner, email: row.email, address: row.address, followers: row.followers, logo, listings }))
}
