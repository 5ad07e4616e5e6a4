//! What a mailed link asks of the server. Looking at it changes nothing: mail programs open links by themselves.
use crate::error::Tried;
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::{Lang, dto::account::LinkView};

/// What the link is about; `Over` when it works no more.
#[server(prefix = "/fn", endpoint = "look-at-link", output = Wire)]
pub async fn look_at_link(token: String) -> Tried<LinkView> {
    use crate::{
        request::{services, unavailable},
        site::{
            enter::door::{keep_private, refused},
            sign_in::api::session,
        },
    };
    use sapar_domain::accounts;

    keep_private();
    let services = services()?;
    let mut conn = services.conn().await.map_err(unavailable)?;
    Ok(accounts::look_at_link(&mut conn, &services.ctx, &token, session().as_deref()).await.map_err(refused))
}

/// Follows the link. `password` is empty where the browser's own session is enough.
#[server(prefix = "/fn", endpoint = "confirm-link", output = Wire)]
pub async fn confirm_link(lang: Lang, token: String, #[server(default)] password: String) -> Tried<Option<()>> {
    use crate::site::{enter::door, sign_in::next::encode};
    use sapar_shared::paths;
    match server::confirm(&token, &password).await {
        Ok((done, true)) => door::lead_to(&format!("{}?done={done}", paths::partner_organisation(lang))),
        Ok((done, false)) => door::lead_to(&format!("{}?done={done}", paths::me(lang))),
        Err(error) => door::refuse(error, &paths::confirm(lang, &encode(&token)), "confirm"),
    }
}

/// Ends the change that the link is about; whoever has the link may.
#[server(prefix = "/fn", endpoint = "refuse-change", output = Wire)]
pub async fn refuse_change(lang: Lang, token: String) -> Tried<Option<()>> {
    use crate::site::{enter::door, sign_in::next::encode};
    use sapar_shared::paths;
    match server::refuse(&token).await {
        Ok(()) => door::lead_to(&format!("{}?done=refused", paths::me(lang))),
        Err(error) => door::refuse(error, &paths::confirm(lang, &encode(&token)), "refuse"),
    }
}

#[cfg(feature = "ssr")]
mod server {
    use crate::{
        error::AppError,
        request::{services, unavailable},
        site::{
            enter::door::{Visitor, keep, refused},
            sign_in::api::session,
        },
    };
    use sapar_domain::accounts::{self, Confirmed};
    use sapar_shared::{dto::organisation::OrganisationStatus, roles::Permission};

    pub(super) async fn refuse(token: &str) -> Result<(), AppError> {
        let services = services()?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        accounts::refuse_change(&mut conn, &services.ctx, token, &Visitor::now().address).await.map_err(refused)
    }

    /// The word of what came of it, and whether an organisation of theirs has been waiting for it.
    pub(super) async fn confirm(token: &str, password: &str) -> Result<(&'static str, bool), AppError> {
        let services = services()?;
        let (visitor, cookie) = (Visitor::now(), session());
        let mut conn = services.conn().await.map_err(unavailable)?;
        let done = accounts::confirm(&mut conn, &services.ctx, token, cookie.as_deref(), password, &visitor.device()).await;
        let (word, cookie) = match done.map_err(refused)? {
            Confirmed::Email(session) => {
                keep(&session);
                ("email", Some(session.cookie))
            }
            Confirmed::Changed => ("changed", cookie),
            Confirmed::OneSide => return Ok(("one-side", false)),
        };
        let Some(cookie) = cookie else { return Ok((word, false)) };
        let actor = accounts::actor(&mut conn, &services.ctx, &cookie).await.map_err(unavailable)?;
        let waits = actor.is_some_and(|actor| {
            matches!(actor.organisation_status, Some(OrganisationStatus::Draft | OrganisationStatus::AwaitingCall))
                && actor.require(Permission::EditOrganisation).is_ok()
        });
        // Another address in the place of a mistyped one is waited for, too.
        Ok((if waits { "email" } else { word }, waits))
    }
}
