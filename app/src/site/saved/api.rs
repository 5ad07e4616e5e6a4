//! Fresh cards for tours that a browser remembers by slug.
use crate::error::AppError;
use crate::wire::Wire;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use sapar_shared::{Lang, dto::catalog::ListingCard};

/// Slugs joined by commas; what has been withdrawn since is left out.
#[server(prefix = "/fn", endpoint = "catalog/saved", input = GetUrl, output = Wire)]
pub async fn load_saved(lang: Lang, slugs: String) -> Result<Vec<ListingCard>, AppError> {
    use crate::request::{services, unavailable};
    let services = services()?;
    let mut conn = services.conn().await.map_err(unavailable)?;
    let mut cards = Vec::new();
    for slug in slugs.split(',').filter(|slug| !slug.is_empty()).take(MOST) {
        if let Some(tour) = sapar_domain::catalog::tour(&mut conn, &services.ctx, lang, slug).await.map_err(unavailable)? {
            cards.push(card(tour));
        }
    }
    Ok(cards)
}

/// More would be work for the database that nobody looks at.
#[cfg(feature = "ssr")]
const MOST: usize = 24;

#[cfg(feature = "ssr")]
fn card(tour: sapar_shared::dto::catalog::Tour) -> ListingCard {
    let next = tour.departures.iter().find(|departure| departure.places_left > 0);
    ListingCard {
        id: tour.id,
        place: tour.places.last().map(|place| place.name.clone()).unwrap_or_default(),
        partner: tour.partner.name,
        next_departure: next.map(|departure| departure.starts_at),
        places_left: next.map(|departure| departure.places_left),
        cover: tour.pictures.into_iter().next(),
        slug: tour.slug,
        title: tour.title,
        summary: tour.summary,
        category: tour.category,
        price_from: tour.price_from,
        duration_minutes: tour.duration_minutes,
        guide_languages: tour.guide_languages,
    }
}
