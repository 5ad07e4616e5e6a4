//! Looking at an invitation and accepting it.
use crate::error::Tried;
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::{Lang, dto::organisation::InvitationView};

/// Whoever has the token may look.
#[server(prefix = "/fn", endpoint = "invitation", output = Wire)]
pub async fn load_invitation(token: String) -> Tried<InvitationView> {
    Ok(server::load(&token).await)
}

/// Makes whoever is signed in a member.
#[server(prefix = "/fn", endpoint = "invitation-accept", output = Wire)]
pub async fn accept_invitation(lang: Lang, token: String) -> Tried<()> {
    use sapar_shared::{forms::search::encode, paths};
    match server::accept(&token).await {
        Ok(()) => {
            if crate::request::wants_html() {
                leptos_axum::redirect(&paths::partner(lang));
            }
            Ok(Ok(()))
        }
        Err(error) => crate::request::refuse(error, paths::invitation(lang, &encode(&token))),
    }
}

#[cfg(feature = "ssr")]
mod server {
    use crate::{
        error::AppError,
        partner::api::{door, partner_error},
        request::{self, unavailable},
        site::sign_in::api::session,
    };
    use http::header::CACHE_CONTROL;
    use sapar_domain::partners;
    use sapar_shared::dto::organisation::InvitationView;

    pub(super) async fn load(token: &str) -> Result<InvitationView, AppError> {
        request::append_header(CACHE_CONTROL, "private, no-store");
        let actor = match door().await {
            Ok((actor, _)) => Some(actor),
            Err(AppError::SignInFirst) => None,
            Err(error) => return Err(error),
        };
        let services = request::services()?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        partners::invitation(&mut conn, &services.ctx, actor.as_ref(), token).await.map_err(partner_error)
    }

    pub(super) async fn accept(token: &str) -> Result<(), AppError> {
        let (actor, services) = door().await?;
        let cookie = session().ok_or(AppError::SignInFirst)?;
        // No transaction: a failed try must stay counted.
        let mut conn = services.conn().await.map_err(unavailable)?;
        let address = request::client_ip().to_string();
        let accepted = partners::accept(&mut conn, &services.ctx, &actor, &cookie, token, &address).await;
        accepted.map(drop).map_err(partner_error)
    }
}
