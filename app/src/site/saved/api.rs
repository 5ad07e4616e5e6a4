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
    let slugs: Vec<String> = slugs.split(',').filter(|slug| !slug.is_empty()).take(MOST).map(str::to_owned).collect();
    sapar_domain::catalog::cards_of(&mut conn, lang, &slugs).await.map_err(unavailable)
}

/// As many as a browser keeps.
#[cfg(feature = "ssr")]
const MOST: usize = 60;
