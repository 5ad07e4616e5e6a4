//! What a partner's public page asks for.
use crate::error::{AppError, Tried};
use crate::wire::Wire;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use sapar_shared::{Lang, dto::catalog::PartnerPage};

/// `after`: where an earlier page of its tours ended, or empty.
#[server(prefix = "/fn", endpoint = "catalog/partner", input = GetUrl, output = Wire)]
pub async fn load_partner(lang: Lang, slug: String, after: String) -> Result<PartnerPage, AppError> {
    use crate::request::{services, unavailable};
    let services = services()?;
    let mut conn = services.conn().await.map_err(unavailable)?;
    let page = sapar_domain::catalog::partner_page(&mut conn, &services.ctx, lang, &slug, &after).await.map_err(unavailable)?;
    page.ok_or(AppError::NotFound)
}

/// Whether whoever is signed in follows the partner; `None` for a guest.
#[server(prefix = "/fn", endpoint = "partner-follows", output = Wire)]
pub async fn load_follow(slug: String) -> Result<Option<bool>, AppError> {
    server::follows(&slug).await
}

/// Follows, or no longer; answers how it is then. A guest is sent to the door and back to the partner's page.
#[server(prefix = "/fn", endpoint = "partner-follow", output = Wire)]
pub async fn follow_partner(lang: Lang, slug: String, on: bool) -> Tried<bool> {
    use crate::{request, site::sign_in::next};
    use sapar_shared::{forms::search::encode, paths};
    let page = paths::organisation(lang, &encode(&slug));
    match server::follow(&slug, on).await {
        Ok(()) => {
            if request::wants_html() {
                leptos_axum::redirect(&page);
            }
            Ok(Ok(on))
        }
        Err(AppError::SignInFirst) => {
            leptos_axum::redirect(&next::sign_in(lang, &page));
            Ok(Ok(false))
        }
        Err(error) => request::refuse(error, page),
    }
}

#[cfg(feature = "ssr")]
mod server {
    use crate::{
        error::AppError,
        partner::api::{door, partner_error},
        request::unavailable,
    };
    use sapar_domain::partners;

    pub(super) async fn follows(slug: &str) -> Result<Option<bool>, AppError> {
        let (actor, services) = match door().await {
            Err(AppError::SignInFirst) => return Ok(None),
            open => open?,
        };
        let mut conn = services.conn().await.map_err(unavailable)?;
        partners::follows(&mut conn, &services.ctx, &actor, slug).await.map(Some).map_err(partner_error)
    }

    pub(super) async fn follow(slug: &str, on: bool) -> Result<(), AppError> {
        let (actor, services) = door().await?;
        let mut tx = services.begin().await.map_err(unavailable)?;
        partners::follow(&mut tx, &services.ctx, &actor, slug, on).await.map_err(partner_error)?;
        tx.commit().await.map_err(unavailable)
    }
}
