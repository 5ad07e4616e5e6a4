//! Signing in and out, for a script and for a plain form alike.
use crate::error::{AppError, Tried};
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::Lang;

#[cfg(feature = "ssr")]
pub use server::{SESSION_COOKIE, session};

/// Opens a session and leads to `next`, or to the second step. It never says whether the e-mail or the password was wrong.
#[server(prefix = "/fn", endpoint = "sign-in", output = Wire)]
pub async fn sign_in(lang: Lang, email: String, password: String, next: String) -> Tried<Option<()>> {
    use crate::site::enter::door;
    match server::open(lang, &email, &password, &next).await {
        Ok(target) => door::lead_to(&target),
        Err(error) => door::refuse(error, &super::next::with(&sapar_shared::paths::sign_in(lang), &next), "sign-in"),
    }
}

/// Sends a code to the number, if it is anybody's, and leads to where it is typed. Every number gets the same answer.
#[server(prefix = "/fn", endpoint = "ask-code", output = Wire)]
pub async fn ask_code(lang: Lang, phone: String, next: String) -> Tried<Option<()>> {
    use crate::site::enter::door;
    let page = super::next::with(&sapar_shared::paths::sign_in_code(lang), &next);
    match server::ask_code(lang, &phone).await {
        Ok(request) => {
            let joint = if next.is_empty() { '?' } else { '&' };
            door::lead_to(&format!("{page}{joint}request={request}"))
        }
        Err(error) => door::refuse(error, &page, "ask"),
    }
}

/// Opens a session with the code of a message; `request` is what the page got when it asked for the code.
#[server(prefix = "/fn", endpoint = "sign-in-code", output = Wire)]
pub async fn sign_in_code(lang: Lang, request: String, code: String, next: String) -> Tried<Option<()>> {
    use crate::site::enter::door;
    match server::by_code(lang, &request, &code, &next).await {
        Ok(target) => door::lead_to(&target),
        Err(error) => {
            let page = super::next::with(&sapar_shared::paths::sign_in_code(lang), &next);
            let joint = if next.is_empty() { '?' } else { '&' };
            door::refuse(error, &format!("{page}{joint}request={}", super::next::encode(&request)), "code")
        }
    }
}

/// Turns the half-open session into a whole one.
#[server(prefix = "/fn", endpoint = "sign-in-step", output = Wire)]
pub async fn sign_in_step(lang: Lang, code: String, next: String) -> Tried<Option<()>> {
    use crate::site::enter::door;
    match server::second_step(lang, &code, &next).await {
        Ok(target) => door::lead_to(&target),
        Err(error) => door::refuse(error, &super::next::with(&sapar_shared::paths::sign_in_step(lang), &next), "step"),
    }
}

/// Whether a sign-in of this browser waits for its second step, or has had it.
#[server(prefix = "/fn", endpoint = "load-step", output = Wire)]
pub async fn load_step() -> Result<bool, AppError> {
    crate::site::enter::door::keep_private();
    server::awaits_step().await
}

/// Ends the session, in the database and in the browser. Whoever is to come back to a page loads it anew: the way there is no
/// change of address.
#[server(prefix = "/fn", endpoint = "sign-out", output = Wire)]
pub async fn sign_out(lang: Lang, #[server(default)] next: String) -> Result<(), AppError> {
    server::close().await?;
    match super::next::own(lang, &next) {
        None => leptos_axum::redirect(&sapar_shared::paths::sign_in(lang)),
        Some(page) if crate::request::wants_html() => leptos_axum::redirect(&page),
        Some(_) => {}
    }
    Ok(())
}

#[cfg(feature = "ssr")]
mod server {
    use crate::{
        error::AppError,
        request::{self, services, unavailable},
        site::enter::door::{self, Visitor, refused},
    };
    use sapar_domain::accounts;
    use sapar_shared::Lang;

    /// Scripts never see it.
    pub const SESSION_COOKIE: &str = "sapar_session";

    /// The visitor's session, if the browser sent one.
    #[must_use]
    pub fn session() -> Option<String> {
        request::cookie(SESSION_COOKIE).filter(|cookie| !cookie.is_empty())
    }

    /// Where to go.
    pub(super) async fn open(lang: Lang, email: &str, password: &str, next: &str) -> Result<String, AppError> {
        let services = services()?;
        let visitor = Visitor::now();
        // No transaction: a failed attempt must stay counted.
        let mut conn = services.conn().await.map_err(unavailable)?;
        let opened = accounts::sign_in(&mut conn, &services.ctx, email, password, &visitor.device()).await.map_err(refused)?;
        drop(conn);
        door::enter(&services, &opened, lang, next).await
    }

    pub(super) async fn ask_code(lang: Lang, phone: &str) -> Result<String, AppError> {
        let services = services()?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        let address = Visitor::now().address;
        let request = accounts::ask_code(&mut conn, &services.ctx, lang, phone, &address).await.map_err(refused)?;
        Ok(request.to_string())
    }

    pub(super) async fn by_code(lang: Lang, request: &str, code: &str, next: &str) -> Result<String, AppError> {
        let request = request.parse().map_err(|_| AppError::WrongSignIn)?;
        let services = services()?;
        let visitor = Visitor::now();
        let mut conn = services.conn().await.map_err(unavailable)?;
        let opened = accounts::sign_in_by_code(&mut conn, &services.ctx, request, code, &visitor.device()).await;
        drop(conn);
        door::enter(&services, &opened.map_err(refused)?, lang, next).await
    }

    pub(super) async fn second_step(lang: Lang, code: &str, next: &str) -> Result<String, AppError> {
        let cookie = session().ok_or(AppError::Over)?;
        let services = services()?;
        let visitor = Visitor::now();
        let mut conn = services.conn().await.map_err(unavailable)?;
        let opened = accounts::pass_second_step(&mut conn, &services.ctx, &cookie, code, &visitor.device()).await;
        drop(conn);
        door::enter(&services, &opened.map_err(refused)?, lang, next).await
    }

    pub(super) async fn awaits_step() -> Result<bool, AppError> {
        let Some(cookie) = session() else { return Ok(false) };
        let services = services()?;
        let mut conn = services.conn().await.map_err(unavailable)?;
        let waits = accounts::awaits_second_step(&mut conn, &services.ctx, &cookie).await.map_err(unavailable)?;
        Ok(waits || accounts::actor(&mut conn, &services.ctx, &cookie).await.map_err(unavailable)?.is_some())
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
