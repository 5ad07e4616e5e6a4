//! What the sign-up asks of the server; the later steps are saved as on the organisation's page.
use crate::error::Tried;
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::{Lang, dto::organisation::StartView};

#[server(prefix = "/fn", endpoint = "cabinet-start", output = Wire)]
pub async fn load_start(lang: Lang) -> Tried<StartView> {
    Ok(server::load(lang).await)
}

/// The first step makes the draft, or changes the one that is there; then it leads to `next`.
#[server(prefix = "/fn", endpoint = "cabinet-start-company", output = Wire)]
pub async fn start(lang: Lang, name: String, bin: String, next: String) -> Tried<()> {
    match server::start(name, bin).await {
        Ok(()) => {
            leptos_axum::redirect(&crate::site::sign_in::next::safe(lang, &next));
            Ok(Ok(()))
        }
        Err(error) => crate::request::refuse(error, sapar_shared::paths::partner_start(lang)),
    }
}

/// All is filled in: a moderator shall call.
#[server(prefix = "/fn", endpoint = "cabinet-start-send", output = Wire)]
pub async fn submit_draft(lang: Lang) -> Tried<()> {
    match server::send().await {
        Ok(()) => {
            leptos_axum::redirect(&sapar_shared::paths::partner_organisation(lang));
            Ok(Ok(()))
        }
        Err(error) => crate::request::refuse(error, sapar_shared::paths::partner_start(lang)),
    }
}

#[cfg(feature = "ssr")]
mod server {
    use crate::{
        error::AppError,
        partner::api::{door, look, partner, partner_error, within},
        request::unavailable,
        site::sign_in::api::session,
    };
    use sapar_domain::partners;
    use sapar_shared::{
        Lang,
        dto::organisation::{OrganisationStatus, StartView},
        forms::organisation::CompanyForm,
        roles::Permission,
    };

    pub(super) async fn load(lang: Lang) -> Result<StartView, AppError> {
        look!(partner, |conn, ctx, actor| partners::start_page(conn, ctx, actor, lang))
    }

    pub(super) async fn start(name: String, bin: String) -> Result<(), AppError> {
        let (actor, services) = door().await?;
        let cookie = session().ok_or(AppError::SignInFirst)?;
        let form = CompanyForm { name, bin };
        let mut tx = services.begin().await.map_err(unavailable)?;
        let in_draft =
            actor.organisation_status == Some(OrganisationStatus::Draft) && actor.require(Permission::EditOrganisation).is_ok();
        let saved = if in_draft {
            partners::save_company(&mut tx, &services.ctx, &actor, &form).await
        } else {
            partners::start(&mut tx, &services.ctx, &actor, &cookie, &form).await.map(drop)
        };
        saved.map_err(partner_error)?;
        tx.commit().await.map_err(unavailable)
    }

    pub(super) async fn send() -> Result<(), AppError> {
        within!(partner, |conn, ctx, actor| partners::submit(conn, ctx, actor)).map(drop)
    }
}
