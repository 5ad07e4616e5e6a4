//! What the home page asks for.
use crate::error::AppError;
use crate::wire::Wire;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use sapar_shared::{
    Lang,
    dto::catalog::{FilterOptions, Home},
};

/// What the home page shows, and the places that its search box offers.
#[server(prefix = "/fn", endpoint = "catalog/home", input = GetUrl, output = Wire)]
pub async fn load_home(lang: Lang) -> Result<(Home, FilterOptions), AppError> {
    use crate::request::{services, unavailable};
    let services = services()?;
    let mut conn = services.conn().await.map_err(unavailable)?;
    let home = sapar_domain::catalog::home(&mut conn, &services.ctx, lang).await.map_err(unavailable)?;
    let options = sapar_domain::catalog::filter_options(&mut conn, &services.ctx, lang).await.map_err(unavailable)?;
    Ok((home, options))
}
