//! Signing in and out, for a script and for a plain form alike.
use crate::error::{AppError, Tried};
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::Lang;

#[cfg(feature = "ssr")]
pub use server::{SESSION_COOKIE, session};

/// Opens a session and leads to `next`. It never says whether the e-mail or the password was wrong.
#[server(prefix = "/fn", endpoint = "sign-in", output = Wire)]
pub async fn sign_in(lang: Lang, email: String, password: String, next: String) -> Tried<Option<()>> {
    use super::next;
    let target = next::safe(lang, &next);
    match server::open(&email, &password).await {
        Ok(()) => {
            leptos_axum::redirect(&target);
            Ok(Ok(None))
        }
        Err(error) => {
            let why = super::page::why(&error);
            crate::request::refuse(error, format!("{}&error={why}", next::sign_in(lang, &target)))
        }
    }
}

/// Ends the session, in the database and in the browser.
#[server(prefix = "/fn", endpoint = "sign-out", output = Wire)]
pub async fn sign_out(lang: Lang) -> Result<(), AppError> {
    server::close().await?;
    leptos_axum::redirect(&sapar_shared::paths::sign_in(lang));
    Ok(())
}

#[cfg(feature = "ssr")]
mod server {
    use crate::{
        error::AppError,
        request::{self, services, unavailable},
    };
    use sapar_domain::accounts::{self, NewSession, SESSION_DAYS, SignInError};

    /// Scripts never see it.
    pub const SESSION_COOKIE: &str = "sapar_session";

    /// The visitor's session, if the browser sent one.
    #[must_use]
    pub fn session() -> Option<String> {
        request::cookie(SESSION_COOKIE).filter(|cookie| !cookie.is_empty())
    }

    pub(super) async fn open(email: &str, password: &str) -> Result<(), AppError> {
        let services = services()?;
        let address = request::client_ip().to_string();
        // No transaction: a failed attempt must stay counted.
        let mut conn = services.conn().await.map_err(unavailable)?;
        let NewSession { cookie, .. } =
            accounts::sign_in(&mut conn, &services.ctx, email, password, &address).await.map_err(|error| match error {
                SignInError::Wrong => AppError::WrongSignIn,
                SignInError::TooMany { seconds } => AppError::TooMany { seconds: u32::try_from(seconds).unwrap_or(u32::MAX) },
                SignInError::Database(cause) => unavailable(cause),
            })?;
        let age = u32::try_from(SESSION_DAYS * 24 * 3600).unwrap_or(u32::MAX);
        request::set_cookie(SESSION_COOKIE, &cookie, Some(age), false);
        Ok(())
    }

    pub(super) async fn close() -> Result<(), AppError> {
        if let Some(cookie) = session() {
            let services = services()?;
            let mut conn = services.conn().await.map_err(unavailable)?;
            accounts::sign_out(&mut conn, &cookie).await.map_err(unavailable)?;
        }
        request::set_cookie(SESSION_COOKIE, "", Some(0), false);
        Ok(())
    }
}
