//! Who is asking. Every server function of the cabinet begins here: the actor comes from the cookie each time, the organisation
//! from the actor.
use crate::error::AppError;
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::dto::partner::Me;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub use server::{done, door, gate, partner, partner_error, prove};
#[cfg(feature = "ssr")]
pub(crate) use server::{look, within};

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
    let (actor, services) = match door().await {
        Err(AppError::SignInFirst) => return Ok(Err(WhoError::Stranger)),
        open => open?,
    };
    let account = actor.account.ok_or(AppError::Forbidden)?;
    let status = actor.organisation_status;
    let Some(((organisation_id, organisation, role), status)) = actor.organisation.clone().zip(status) else {
        return Ok(Err(WhoError::NoOrganisation));
    };
    let mut conn = services.conn().await.map_err(crate::request::unavailable)?;
    let organisations =
        sapar_domain::partners::memberships(&mut conn, &services.ctx, &actor).await.map_err(server::partner_error)?;
    let block_remark =
        sapar_domain::partners::block_remark(&mut conn, &services.ctx, &actor).await.map_err(server::partner_error)?;
    let logo = sapar_domain::partners::face(&mut conn, &services.ctx, &actor).await.map_err(server::partner_error)?;
    let (name, email) = (actor.name, actor.email);
    Ok(Ok(Me { account, name, email, organisation_id, organisation, logo, role, status, block_remark, organisations }))
}

#[cfg(feature = "ssr")]
mod server {
    use crate::{
        error::{AppError, Tried},
        request::{self, services, unavailable},
        site::{enter::door::refused, sign_in::api::session},
    };
    use sapar_domain::{
        Services,
        accounts::{self, AccountError, Actor, Proven},
        partners::PartnerError,
        tickets::GateError,
    };
    use sapar_shared::{forms::FieldError, roles::Permission};

    /// One use case in one transaction, which a refusal undoes. `$told` makes an answer of what came of it.
    macro_rules! within {
        ($told:path, |$conn:ident, $ctx:ident, $actor:ident| $work:expr) => {
            async {
                let (actor, services) = $crate::partner::api::door().await?;
                let mut tx = services.begin().await.map_err($crate::request::unavailable)?;
                let done = {
                    let ($conn, $ctx, $actor) = (&mut *tx, &services.ctx, &actor);
                    $work.await
                };
                if done.is_ok() {
                    tx.commit().await.map_err($crate::request::unavailable)?;
                }
                $told(done)
            }
            .await
        };
    }

    /// One use case that only reads.
    macro_rules! look {
        ($told:path, |$conn:ident, $ctx:ident, $actor:ident| $work:expr) => {
            async {
                let (actor, services) = $crate::partner::api::door().await?;
                let mut conn = services.conn().await.map_err($crate::request::unavailable)?;
                let ($conn, $ctx, $actor) = (&mut *conn, &services.ctx, &actor);
                $told($work.await)
            }
            .await
        };
    }
    pub(crate) use {look, within};

    /// The actor, with what a use case needs next. `SignInFirst` when the cookie opens nothing.
    pub async fn door() -> Result<(Actor, Services), AppError> {
        let cookie = session().ok_or(AppError::SignInFirst)?;
        let services = services()?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        let actor = accounts::actor(&mut conn, &services.ctx, &cookie).await.map_err(unavailable)?;
        drop(conn);
        Ok((actor.ok_or(AppError::SignInFirst)?, services))
    }

    /// The answer to a form that belongs to `page`: with a script the page shows it, without one the browser goes there.
    pub fn done(outcome: Result<(), AppError>, page: &str) -> Tried<()> {
        match outcome {
            Ok(()) => {
                if request::wants_html() {
                    leptos_axum::redirect(page);
                }
                Ok(Ok(()))
            }
            Err(error) => request::refuse(error, page),
        }
    }

    /// Asks whoever may do this for the password once more. No transaction: a failed try must stay counted.
    pub async fn prove(services: &Services, actor: &Actor, wants: Permission, password: &str) -> Result<Proven, AppError> {
        let mut conn = services.conn().await.map_err(unavailable)?;
        let address = request::client_ip().to_string();
        accounts::prove(&mut conn, &services.ctx, actor, wants, password, &address).await.map_err(|error| match error {
            AccountError::Forbidden(_) => AppError::Forbidden,
            error => refused(error),
        })
    }

    /// What came of a use case of an organisation's.
    pub fn partner<T>(done: Result<T, PartnerError>) -> Result<T, AppError> {
        done.map_err(partner_error)
    }

    /// What came of a use case at the gate.
    pub fn gate<T>(done: Result<T, GateError>) -> Result<T, AppError> {
        done.map_err(|error| match error {
            GateError::Forbidden(_) => AppError::Forbidden,
            GateError::Database(cause) => unavailable(cause),
        })
    }

    pub fn partner_error(error: PartnerError) -> AppError {
        match error {
            PartnerError::Forbidden(_) => AppError::Forbidden,
            PartnerError::Account(error) => refused(error),
            PartnerError::NotFound => AppError::NotFound,
            PartnerError::ProofWanted => AppError::Fields(vec![("password".to_owned(), FieldError::Missing)]),
            PartnerError::Refused(why) => AppError::Refused(why),
            PartnerError::Form(errors) => AppError::Fields(errors),
            PartnerError::Database(cause) => unavailable(cause),
        }
    }
}
