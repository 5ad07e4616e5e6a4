//! The server's half: who asks, from where, and the cookie that they leave with.
use crate::{
    error::{AppError, Tried},
    request::{self, services, unavailable},
    site::sign_in::{
        api::{SESSION_COOKIE, session},
        next,
    },
};
use http::header::{CACHE_CONTROL, USER_AGENT};
use sapar_domain::{
    Services,
    accounts::{self, AccountError, Actor, Device, HALF_OPEN, NewSession, SESSION_DAYS},
};
use sapar_shared::{Lang, paths};

/// Where the request comes from.
pub struct Visitor {
    pub address: String,
    agent: String,
}

impl Visitor {
    #[must_use]
    pub fn now() -> Self {
        Self { address: request::client_ip().to_string(), agent: request::header(USER_AGENT).unwrap_or_default() }
    }

    #[must_use]
    pub fn device(&self) -> Device<'_> {
        Device { address: &self.address, agent: &self.agent }
    }
}

/// The person who is signed in, with what a use case needs next and the cookie. `SignInFirst` when there is none.
pub async fn person() -> Result<(Actor, Services, String), AppError> {
    let cookie = session().ok_or(AppError::SignInFirst)?;
    let services = services()?;
    let mut conn = services.conn().await.map_err(unavailable)?;
    let actor = accounts::actor(&mut conn, &services.ctx, &cookie).await.map_err(unavailable)?;
    drop(conn);
    Ok((actor.ok_or(AppError::SignInFirst)?, services, cookie))
}

#[must_use]
pub fn refused(error: AccountError) -> AppError {
    match error {
        AccountError::Wrong => AppError::WrongSignIn,
        AccountError::TooMany { seconds } => AppError::TooMany { seconds: u32::try_from(seconds).unwrap_or(u32::MAX) },
        AccountError::Over => AppError::Over,
        AccountError::Taken => AppError::Taken,
        AccountError::Form(errors) => AppError::Fields(errors),
        AccountError::Forbidden(_) => AppError::SignInFirst,
        AccountError::Database(cause) => unavailable(cause),
    }
}

/// The browser's cookie from now on.
pub fn keep(session: &NewSession) {
    let seconds = if session.half_open { HALF_OPEN.as_secs() } else { SESSION_DAYS * 24 * 3600 };
    request::set_cookie(SESSION_COOKIE, &session.cookie, Some(u32::try_from(seconds).unwrap_or(u32::MAX)), false);
}

/// A new session takes the place of the one that the browser had. Returns where to go: to the second step, else to `typed`, if
/// it is a page of ours; else to the cabinet of whoever has one, and to the account of everybody else.
pub async fn enter(services: &Services, new: &NewSession, lang: Lang, typed: &str) -> Result<String, AppError> {
    let mut conn = services.conn().await.map_err(unavailable)?;
    if let Some(old) = session() {
        accounts::sign_out(&mut conn, &old).await.map_err(unavailable)?;
    }
    keep(new);
    if new.half_open {
        return Ok(next::with(&paths::sign_in_step(lang), typed));
    }
    if let Some(page) = next::own(lang, typed) {
        return Ok(page);
    }
    let actor = accounts::actor(&mut conn, &services.ctx, &new.cookie).await.map_err(unavailable)?;
    let works = actor.is_some_and(|actor| actor.organisation.is_some());
    Ok(if works { paths::partner(lang) } else { paths::me(lang) })
}

/// What only its owner may see stays in no cache.
pub fn keep_private() {
    request::append_header(CACHE_CONTROL, "private, no-store");
}

/// Sends the browser on, with a script or without one.
pub fn lead_to<T: Default>(address: &str) -> Tried<T> {
    leptos_axum::redirect(address);
    Ok(Ok(T::default()))
}

/// With a script the page says it; without one the browser goes back to the form, which does.
pub fn refuse<T: Default>(error: AppError, page: &str, form: &str) -> Tried<T> {
    let joint = if page.contains('?') { '&' } else { '?' };
    let word = super::refusal::word(&error);
    request::refuse(error, format!("{page}{joint}form={form}&error={word}#{form}"))
}

/// What came of a form on the page of an account: back to it with the news, or with the refusal.
pub fn settled(outcome: Result<(), AppError>, page: &str, form: &str, done: &str) -> Tried<()> {
    match outcome {
        Ok(()) if request::wants_html() => lead_to(&format!("{page}?done={done}")),
        Ok(()) => Ok(Ok(())),
        Err(error) => refuse(error, page, form),
    }
}
