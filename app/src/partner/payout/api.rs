//! What is asked about the card that money is paid out to.
use crate::error::Tried;
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::{Lang, dto::organisation::CardState};

/// The card in use, and whether the bank still has to tell of another one.
#[server(prefix = "/fn", endpoint = "cabinet-payout-card", output = Wire)]
pub async fn load_card() -> Tried<CardState> {
    Ok(server::state().await)
}

/// Leads to the bank's page, which comes back to `back`. The password is wanted once the organisation was sent.
#[server(prefix = "/fn", endpoint = "cabinet-payout-card-enter", output = Wire)]
pub async fn enter_card(lang: Lang, #[server(default)] password: String, #[server(default)] back: String) -> Tried<()> {
    use crate::site::order::api::door::lead_to;
    let back = server::own(lang, &back);
    match server::enter(lang, &password, &back).await {
        Ok(page) => lead_to(&page),
        Err(error) => crate::request::refuse(error, back),
    }
}

/// Takes the card out of a draft.
#[server(prefix = "/fn", endpoint = "cabinet-payout-card-drop", output = Wire)]
pub async fn drop_card(lang: Lang, #[server(default)] back: String) -> Tried<()> {
    crate::partner::api::done(server::drop().await, &server::own(lang, &back))
}

#[cfg(feature = "ssr")]
mod server {
    use crate::{
        error::AppError,
        partner::api::{door, partner_error, prove},
        request::unavailable,
        site::sign_in::next,
    };
    use sapar_domain::{partners, payments};
    use sapar_shared::{
        Lang,
        dto::organisation::{CardState, Refusal},
        paths,
        roles::Permission,
    };

    /// A page of ours to come back to.
    pub(super) fn own(lang: Lang, typed: &str) -> String {
        next::own(lang, typed).unwrap_or_else(|| paths::partner_organisation(lang))
    }

    pub(super) async fn state() -> Result<CardState, AppError> {
        let (actor, services) = door().await?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        partners::card_state(&mut conn, &services.ctx, &actor).await.map_err(partner_error)
    }

    pub(super) async fn enter(lang: Lang, password: &str, back: &str) -> Result<String, AppError> {
        let (actor, services) = door().await?;
        // Nobody else's password is asked for.
        actor.require(Permission::EditPayout).map_err(|_| AppError::Forbidden)?;
        let proven =
            if password.is_empty() { None } else { Some(prove(&services, &actor, Permission::EditPayout, password).await?) };
        let page = payments::store_card(&services, &actor, proven.as_ref(), back, lang).await.map_err(partner_error)?;
        page.ok_or(AppError::Refused(Refusal::BankAway))
    }

    pub(super) async fn drop() -> Result<(), AppError> {
        let (actor, services) = door().await?;
        let mut tx = services.begin().await.map_err(unavailable)?;
        partners::drop_card(&mut tx, &services.ctx, &actor).await.map_err(partner_error)?;
        tx.commit().await.map_err(unavailable)
    }
}
