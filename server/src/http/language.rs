//! The visitor's language, where the address does not name it, and remembering it where it does.
use crate::state::AppState;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{
    HeaderMap, HeaderValue, Method,
    header::{ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE, SET_COOKIE},
};
use sapar_app::layout::{frame::LANG_COOKIE, lang::of_path};
use sapar_shared::Lang;

const YEAR: u32 = 365 * 24 * 3600;

/// The language that the path names, else the one chosen before, else the browser's best.
#[must_use]
pub fn of(path: &str, headers: &HeaderMap) -> Lang {
    let accepted = || headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    of_path(path).or_else(|| chosen(headers)).unwrap_or_else(|| Lang::negotiate(accepted()))
}

fn chosen(headers: &HeaderMap) -> Option<Lang> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == LANG_COOKIE).and_then(|(_, code)| code.parse().ok())
}

/// Remembers the language of the page that is visited, for those without a script. Outside the page cache, for the pages that
/// it keeps are everybody's.
pub async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let asked = of_path(request.uri().path()).filter(|_| *request.method() == Method::GET);
    let new = asked.filter(|lang| chosen(request.headers()) != Some(*lang));
    let mut response = next.run(request).await;
    let is_page = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if let (Some(lang), true) = (new, is_page) {
        let secure = if state.config.public_url.starts_with("https://") { "; Secure" } else { "" };
        let cookie = format!("{LANG_COOKIE}={}; Path=/; SameSite=Lax; Max-Age={YEAR}{secure}", lang.code());
        if let Ok(cookie) = HeaderValue::try_from(cookie) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_then_the_choice_then_the_browser() {
        let headers = |cookie: &'static str, accepted: &'static str| {
            HeaderMap::from_iter([
                (COOKIE, HeaderValue::from_static(cookie)),
                (ACCEPT_LANGUAGE, HeaderValue::from_static(accepted)),
            ])
        };
        assert_eq!(of("/ru/tours", &headers("sapar_lang=kk", "en")), Lang::Ru);
        assert_eq!(of("/nowhere", &headers("a=b; sapar_lang=kk", "en")), Lang::Kk);
        assert_eq!(of("/nowhere", &headers("sapar_lang=xx", "en;q=0.9,ru;q=0.5")), Lang::En);
    }
}
