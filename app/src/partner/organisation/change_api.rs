//! What is asked of a moderator about name and BIN.
use crate::error::Tried;
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::{Lang, dto::organisation::CompanyState};

/// As they are now, and what was asked of us.
#[server(prefix = "/fn", endpoint = "cabinet-organisation-change", output = Wire)]
pub async fn load_change() -> Tried<CompanyState> {
    Ok(server::load().await)
}

/// What waited before is replaced.
#[server(prefix = "/fn", endpoint = "cabinet-organisation-change-request", output = Wire)]
pub async fn request_change(
    lang: Lang,
    name: String,
    bin: String,
    #[server(default)] reason: String,
    #[server(default)] password: String,
) -> Tried<()> {
    use sapar_shared::forms::organisation::ChangeForm;
    let form = ChangeForm { name, bin, reason };
    crate::partner::api::done(server::request(&form, &password).await, &sapar_shared::paths::partner_organisation(lang))
}

#[server(prefix = "/fn", endpoint = "cabinet-organisation-change-withdraw", output = Wire)]
pub async fn withdraw_change(lang: Lang) -> Tried<()> {
    crate::partner::api::done(server::withdraw().await, &sapar_shared::paths::partner_organisation(lang))
}

/// Another organisation is registered with the draft's BIN, and a moderator shall look whose it is.
#[server(prefix = "/fn", endpoint = "cabinet-organisation-claim-bin", output = Wire)]
pub async fn claim_bin(lang: Lang) -> Tried<()> {
    crate::partner::api::done(server::claim().await, &sapar_shared::paths::partner_organisation(lang))
}

#[cfg(feature = "ssr")]
mod server {
    use crate::{
        error::AppError,
        partner::api::{door, look, partner, partner_error, prove, within},
        request::unavailable,
    };
    use sapar_domain::partners;
    use sapar_shared::{dto::organisation::CompanyState, forms::organisation::ChangeForm, roles::Permission};

    pub(super) async fn load() -> Result<CompanyState, AppError> {
        look!(partner, |conn, ctx, actor| partners::company(conn, ctx, actor))
    }

    pub(super) async fn request(form: &ChangeForm, password: &str) -> Result<(), AppError> {
        let (actor, services) = door().await?;
        let proven = match password {
            "" => None,
            typed => Some(prove(&services, &actor, Permission::RequestChange, typed).await?),
        };
        let mut tx = services.begin().await.map_err(unavailable)?;
        let asked = partners::request_change(&mut tx, &services.ctx, &actor, proven.as_ref(), form).await;
        asked.map_err(partner_error)?;
        tx.commit().await.map_err(unavailable)
    }

    pub(super) async fn withdraw() -> Result<(), AppError> {
        within!(partner, |conn, ctx, actor| partners::withdraw_change(conn, ctx, actor))
    }

    pub(super) async fn claim() -> Result<(), AppError> {
        within!(partner, |conn, ctx, actor| partners::claim_bin(conn, ctx, actor))
    }
}
