//! What a partner's public page asks for.
use crate::error::AppError;
use crate::wire::Wire;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use sapar_shared::{Lang, dto::catalog::PartnerPage};

#[server(prefix = "/fn", endpoint = "catalog/partner", input = GetUrl, output = Wire)]
pub async fn load_partner(lang: Lang, slug: String) -> Result<PartnerPage, AppError> {
    use crate::request::{services, unavailable};
    let services = services()?;
    let mut conn = services.conn().await.map_err(unavailable)?;
    let page = sapar_domain::catalog::partner_page(&mut conn, &services.ctx, lang, &slug).await.map_err(unavailable)?;
    page.ok_or(AppError::NotFound)
}
