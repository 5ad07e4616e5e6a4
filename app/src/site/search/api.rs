//! What the results page asks for.
use crate::error::AppError;
use crate::wire::Wire;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use sapar_shared::{
    Lang,
    dto::catalog::{FilterOptions, ListingPage},
};

/// More than this is not put together at once.
pub const MOST_PAGES: usize = 10;

/// The first `pages` pages of results, of which there is one at least; `query` is the page's own query string.
#[server(prefix = "/fn", endpoint = "catalog/search", input = GetUrl, output = Wire)]
pub async fn load_results(
    lang: Lang,
    #[server(default)] query: String,
    #[server(default)] pages: usize,
) -> Result<ListingPage, AppError> {
    use crate::request::{services, unavailable};
    use sapar_domain::catalog::{PAGE, search_page};
    let services = services()?;
    let query = crate::site::parts::search_query::of_string(query.trim_start_matches('?'));
    let size = PAGE * pages.clamp(1, MOST_PAGES);
    let mut conn = services.conn().await.map_err(unavailable)?;
    search_page(&mut conn, &services.ctx, lang, &query, size).await.map_err(unavailable)
}

/// What the filters offer.
#[server(prefix = "/fn", endpoint = "catalog/filters", input = GetUrl, output = Wire)]
pub async fn load_filters(lang: Lang) -> Result<FilterOptions, AppError> {
    use crate::request::{services, unavailable};
    let services = services()?;
    let mut conn = services.conn().await.map_err(unavailable)?;
    sapar_domain::catalog::filter_options(&mut conn, &services.ctx, lang).await.map_err(unavailable)
}
