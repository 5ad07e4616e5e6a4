//! Who offers a tour, as everybody may know them.
use super::queries_partner as queries;
use sapar_shared::{Lang, dto::catalog::PartnerCard, paths};
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn partner_card(conn: &mut PgConnection, lang: Lang, organisation: Uuid) -> sqlx::Result<PartnerCard> {
    let row = queries::card(conn, lang.code(), organisation).await?;
    let width = row.logo_width.and_then(|width| u32::try_from(width).ok());
    Ok(PartnerCard {
        slug: row.slug,
        name: row.name,
        about: row.about,
        about_lang: row.about_lang.parse().unwrap_or_default(),
        city: row.city.unwrap_or_default(),
        phone: row.phone,
        tours: row.tours,
        founded: row.founded,
        logo: row.logo_key.zip(width).map(|(key, width)| paths::picture(&key, width)),
    })
}
