//! What the pages have in common on which a bank would ask for a card.
use super::texts::{self, Outcome, Texts};
use axum::{
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY},
    },
    response::{IntoResponse as _, Response},
};
use reqwest::Url;
use sapar_shared::Lang;
use serde::Deserialize;

const STYLE: &str = include_str!("page.css");

/// What every page is written in, `sandbox/shell.html`.
pub(super) struct Shell<'a> {
    pub(super) lang: Lang,
    pub(super) t: &'static Texts,
    pub(super) nonce: &'a str,
    pub(super) style: &'static str,
}

/// There is nothing to choose any more.
pub(super) struct Over<'a> {
    pub(super) outcome: &'static Outcome,
    pub(super) kind: &'static str,
    pub(super) note: Option<&'static str>,
    pub(super) back: Option<&'a str>,
}

/// The button that was pressed.
#[derive(Deserialize)]
pub(super) struct Chosen<C> {
    pub(super) choice: C,
}

/// As a shop writes `pg_language`: Kazakh has its country's code there.
pub(super) fn language(code: &str) -> Lang {
    match code {
        "kz" | "kk" => Lang::Kk,
        "en" => Lang::En,
        _ => Lang::Ru,
    }
}

/// The browser's, where no shop has named one.
pub(super) fn browsers(headers: &HeaderMap) -> Lang {
    let wanted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    wanted.split([',', ';', '-']).find_map(|part| part.trim().parse().ok()).unwrap_or(Lang::Ru)
}

pub(super) fn origin(url: &str) -> Option<String> {
    Url::parse(url).ok().map(|url| url.origin().ascii_serialization())
}

/// `targets` are the origins that a form's answer may lead on to: browsers hold redirects against `form-action`, too.
pub(super) fn respond(
    status: StatusCode,
    targets: &str,
    lang: Lang,
    page: impl FnOnce(Shell<'_>) -> askama::Result<String>,
) -> Response {
    let nonce = hex::encode(rand::random::<[u8; 16]>());
    let Ok(html) = page(Shell { lang, t: texts::of(lang), nonce: &nonce, style: STYLE }) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; img-src data:; form-action 'self' {targets}; base-uri 'none'; frame-ancestors 'none'"
    );
    let Ok(policy) = HeaderValue::from_str(&policy) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CONTENT_SECURITY_POLICY, policy),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ];
    (status, headers, html).into_response()
}
