//! The one door from a page or a server function to the house behind it. Only the server has it.
use crate::error::AppError;
use axum::extract::ConnectInfo;
use http::{
    HeaderName, HeaderValue, StatusCode,
    header::{ACCEPT, ACCEPT_LANGUAGE, COOKIE, SET_COOKIE},
    request::Parts,
};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use sapar_domain::Services;
use sapar_shared::Lang;
use std::{
    fmt::{Debug, Display},
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

/// The visitor's address as the server in front made it out; an extension of the request. Without it the socket's is taken.
#[derive(Clone, Copy, Debug)]
pub struct ClientIp(pub IpAddr);

/// Everything a use case needs. `Unavailable` only where somebody forgot to provide it.
pub fn services() -> Result<Services, AppError> {
    use_context::<Services>().ok_or_else(|| unavailable("Services are not in the context"))
}

/// Turns a failure nobody outside can do anything about into `Unavailable` and writes down the cause.
pub fn unavailable(cause: impl Debug) -> AppError {
    tracing::error!(?cause, "unavailable");
    AppError::Unavailable
}

fn parts<T>(read: impl FnOnce(&Parts) -> Option<T>) -> Option<T> {
    use_context::<Parts>().as_ref().and_then(read)
}

/// A request's header, where it is text.
#[must_use]
pub fn header(name: impl Into<HeaderName>) -> Option<String> {
    let name = name.into();
    parts(|parts| parts.headers.get(name)?.to_str().ok().map(str::to_owned))
}

/// A plain form was sent, so the answer must be a page or a redirect to one.
#[must_use]
pub fn wants_html() -> bool {
    header(ACCEPT).is_some_and(|accept| accept.contains("text/html"))
}

/// The path of the request, without the query.
#[must_use]
pub fn path() -> String {
    parts(|parts| Some(parts.uri.path().to_owned())).unwrap_or_default()
}

/// The language in the path's first segment.
#[must_use]
pub fn path_lang() -> Option<Lang> {
    path().split('/').nth(1).and_then(|first| first.parse().ok())
}

/// The language of the page: the path's, else the one chosen before, else the browser's best.
#[must_use]
pub fn page_lang() -> Lang {
    let chosen = || cookie(crate::layout::frame::LANG_COOKIE)?.parse().ok();
    let accepted = || header(ACCEPT_LANGUAGE).unwrap_or_default();
    path_lang().or_else(chosen).unwrap_or_else(|| Lang::negotiate(&accepted()))
}

#[must_use]
pub fn cookie(name: &str) -> Option<String> {
    parts(|parts| {
        let pairs = parts.headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|line| line.split(';'));
        pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
    })
}

/// Sets a cookie for the whole site. `max_age` in seconds; `None` ends with the browser, `Some(0)` deletes. Scripts see it only
/// when `for_scripts` says so.
pub fn set_cookie(name: &str, value: &str, max_age: Option<u32>, for_scripts: bool) {
    let secure = use_context::<Services>().is_some_and(|services| services.ctx.public_url.starts_with("https://"));
    let mut line = format!("{name}={value}; Path=/; SameSite=Lax");
    if let Some(seconds) = max_age {
        line.push_str(&format!("; Max-Age={seconds}"));
    }
    if !for_scripts {
        line.push_str("; HttpOnly");
    }
    if secure {
        line.push_str("; Secure");
    }
    append_header(SET_COOKIE, &line);
}

pub fn append_header(name: HeaderName, value: &str) {
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(value)) {
        response.append_header(name, value);
    }
}

pub fn set_status(code: u16) {
    if let (Some(response), Ok(status)) = (use_context::<ResponseOptions>(), StatusCode::from_u16(code)) {
        response.set_status(status);
    }
}

/// The visitor's address, for payment providers and rate limits.
#[must_use]
pub fn client_ip() -> IpAddr {
    parts(|parts| {
        let behind_proxy = parts.extensions.get::<ClientIp>().map(|ip| ip.0);
        behind_proxy.or_else(|| parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip()))
    })
    .unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
}

/// `light` or `dark` where the visitor has chosen one; else the device decides.
#[must_use]
pub fn theme() -> Option<&'static str> {
    match cookie(crate::ui::theme::COOKIE)?.as_str() {
        "light" => Some("light"),
        "dark" => Some("dark"),
        _ => None,
    }
}

/// The answer to a form: with a script the page handles it, without one the browser goes to `fallback`.
pub fn refuse<T: Default>(error: AppError, fallback: impl Display) -> crate::error::Tried<T> {
    if wants_html() {
        leptos_axum::redirect(&fallback.to_string());
        return Ok(Ok(T::default()));
    }
    Ok(Err(error))
}
