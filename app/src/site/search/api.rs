//! What the results page asks for.
use crate::error::AppError;
use crate::wire::Wire;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use sapar_shared::{
    Lang,
    dto::catalog::{FilterOptions, ListingPage},
};

/// One page of results; `query` is the page's own query string.
#[server(prefix = "/fn", endpoint = "catalog/search", input = GetUrl, output = Wire)]
pub async fn load_results(lang: Lang, #[server(default)] query: String) -> Result<ListingPage, AppError> {
    use crate::request::{services, unavailable};
    let services = services()?;
    let query = crate::site::parts::search_query::of_string(query.trim_start_matches('?'));
    let mut conn = services.conn().await.map_err(unavailable)?;
    sapar_domain::catalog::search(&mut conn, &services.ctx, lang, &query).await.map_err(unavailable)
}

/// What the filters offer.
#[server(prefix = "/fn", endpoint = "catalog/filters", input = GetUrl, output = Wire)]
pub async fn load_filters(lang: Lang) -> Result<FilterOptions, AppError> {
    use crate::request::{services, unavailable};
    let services = services()?;
    let mut conn = services.conn().await.map_err(unavailable)?;
    sapar_domain::catalog::filter_options(&mut conn, &services.ctx, lang).await.map_err(unavailable)
}
