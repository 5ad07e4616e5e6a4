//! Who is asking. Every server function of the cabinet begins here: the actor comes from the cookie each time, the organisation
//! from the actor.
use crate::error::AppError;
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::dto::partner::Me;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub use server::{door, gate_error};

/// Why nobody stands at the cabinet's door. It travels as an answer, not as a failure: a stranger is nothing unusual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WhoError {
    Stranger,
    /// Signed in, but a member of no organisation.
    NoOrganisation,
}

/// Who is signed in.
#[server(prefix = "/fn", endpoint = "who-am-i", output = Wire)]
pub async fn who_am_i() -> Result<Result<Me, WhoError>, AppError> {
    let (actor, _) = match door().await {
        Err(AppError::SignInFirst) => return Ok(Err(WhoError::Stranger)),
        open => open?,
    };
    let Some((organisation_id, organisation, role)) = actor.organisation else { return Ok(Err(WhoError::NoOrganisation)) };
    Ok(Ok(Me { name: actor.name, email: actor.email, organisation_id, organisation, role }))
}

#[cfg(feature = "ssr")]
mod server {
    use crate::{
        error::AppError,
        request::{services, unavailable},
        site::sign_in::api::session,
    };
    use sapar_domain::{
        Services,
        accounts::{self, Actor},
        tickets::GateError,
    };

    /// The actor, with what a use case needs next. `SignInFirst` when the cookie opens nothing.
    pub async fn door() -> Result<(Actor, Services), AppError> {
        let cookie = session().ok_or(AppError::SignInFirst)?;
        let services = services()?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        let actor = accounts::actor(&mut conn, &services.ctx, &cookie).await.map_err(unavailable)?;
        drop(conn);
        Ok((actor.ok_or(AppError::SignInFirst)?, services))
    }

    pub fn gate_error(error: GateError) -> AppError {
        match error {
            GateError::Forbidden(_) => AppError::Forbidden,
            GateError::Database(cause) => unavailable(cause),
        }
    }
}
