//! Words for the moments in which there is no page: a person gets a text, never a bare status.
use super::{language, routes::api_v1::Problem};
use axum::{
    extract::Request,
    middleware::Next,
    response::{Html, IntoResponse as _, Response},
};
use data_encoding::BASE64;
use http::{
    HeaderMap, HeaderValue, StatusCode, Uri,
    header::{ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERER, RETRY_AFTER},
};
use sapar_shared::{
    Lang, paths,
    tr::{errors, plain as words},
};
use sha2::{Digest as _, Sha256};
use std::time::Duration;

/// No query may take half as long; whoever still waits then is told to ask again.
const PATIENCE: Duration = Duration::from_secs(60);
/// A picture of 25 MB from a phone far from the mast; silence in between ends it sooner.
const PATIENCE_WITH_UPLOADS: Duration = Duration::from_mins(15);

/// LOOK.md's paper, ink and line; the site's own style sheet may be what cannot be had.
const STYLE: &str = ":root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-content:center;\
    padding:1.5rem;font:1.125rem/1.5 system-ui,sans-serif;background:light-dark(#fcfaf6,#0e151d);\
    color:light-dark(#1b2733,#e9eef3)}h1{font-size:1.75rem;line-height:1.2;margin:0 0 .5rem}p{margin:0;max-width:30rem}";

/// HTML beside title and text.
#[derive(Default)]
pub(super) struct More<'a> {
    pub head: &'a str,
    pub foot: &'a str,
}

/// A page that needs nothing but itself, with title and text, to be asked for again in so many seconds.
pub(super) fn page(status: StatusCode, lang: Lang, (title, text): (&str, &str), more: More<'_>, seconds: u64) -> Response {
    let html = format!(
        "<!DOCTYPE html><html lang=\"{}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         {}<title>{title}</title><style>{STYLE}</style><h1>{title}</h1><p>{text}</p>{}</html>",
        lang.code(),
        more.head,
        more.foot,
    );
    let mut response = (status, Html(html)).into_response();
    let headers = response.headers_mut();
    headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let policy = format!("default-src 'none'; style-src 'sha256-{}'", BASE64.encode(&Sha256::digest(STYLE)));
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// The language of the page that is asked for or, for a form, was come from.
pub(super) fn lang_of(path: &str, headers: &HeaderMap) -> Lang {
    let before = headers.get(REFERER).and_then(|value| value.to_str().ok()).and_then(|url| url.parse::<Uri>().ok());
    let from_a_page = path.starts_with("/fn/") || path == paths::UPLOADS;
    let page = before.as_ref().filter(|_| from_a_page).map_or(path, Uri::path);
    language::of(page, headers)
}

/// Whoever asks shows pages to somebody.
pub(super) fn is_person(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

/// Ends what takes too long, and gives words to what a person's browser would get without.
pub async fn layer(request: Request, next: Next) -> Response {
    let (path, headers) = (request.uri().path(), request.headers());
    let api = path.starts_with("/api/");
    let reader = (!api && !path.starts_with("/webhooks/") && is_person(headers)).then(|| lang_of(path, headers));
    let patience = if [paths::UPLOADS, paths::IMPORTS].contains(&path) { PATIENCE_WITH_UPLOADS } else { PATIENCE };
    let answer = match tokio::time::timeout(patience, next.run(request)).await {
        Ok(answer) => answer,
        Err(_) if api => Problem::unavailable(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "1")]).into_response(),
    };
    match reader {
        Some(lang) => worded(lang, answer),
        None => answer,
    }
}

fn worded(lang: Lang, answer: Response) -> Response {
    let status = answer.status();
    if let Some(form) = unread_form(&answer) {
        let back = format!("<p><a href=\"{}\">{}</a></p>", escaped(&form), errors::again(lang));
        let more = More { foot: &back, ..More::default() };
        return page(StatusCode::BAD_REQUEST, lang, (words::form_title(lang), words::form_text(lang)), more, 1);
    }
    let is_page = answer.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page || !(status.is_client_error() || status.is_server_error()) {
        return answer;
    }
    let seconds = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok()).unwrap_or(1);
    let text = match status {
        StatusCode::NOT_FOUND => (errors::not_found_title(lang), errors::not_found_text(lang)),
        status if status.is_client_error() => (words::form_title(lang), words::form_text(lang)),
        _ => (errors::unavailable_title(lang), errors::unavailable_text(lang)),
    };
    page(status, lang, text, More::default(), seconds)
}

/// Leptos sends a browser whose form it could not read back to the form's page with the error in the query, which no page
/// shows. The form's page.
fn unread_form(answer: &Response) -> Option<String> {
    let address: Uri = answer.headers().get(LOCATION)?.to_str().ok()?.parse().ok()?;
    let failed = address.query()?.split('&').any(|pair| pair.starts_with("__err="));
    (failed && answer.status().is_redirection()).then(|| address.path().to_owned())
}

fn escaped(path: &str) -> String {
    path.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_that_was_not_read_is_told_from_one_that_was_refused() {
        let answer = |location: &'static str| (StatusCode::FOUND, [(LOCATION, location)]).into_response();
        let form = |location| unread_form(&answer(location));
        assert_eq!(form("https://sapar.kz/kk/tours/a?x=1&__path=%2Ffn%2Fx&__err=AA").as_deref(), Some("/kk/tours/a"));
        assert_eq!(form("/kk/tours/a?error=quantity"), None);
        assert_eq!(form("/kk/tours/a?q=__err="), None);
        assert_eq!(unread_form(&StatusCode::OK.into_response()), None);
        assert_eq!(escaped("/a\"><b>&"), "/a&quot;>&lt;b>&amp;");
    }

    #[test]
    fn a_bare_refusal_gets_words_and_keeps_its_wait() {
        let bare = (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "7")]).into_response();
        let answer = worded(Lang::Kk, bare);
        assert_eq!((answer.status(), &answer.headers()[RETRY_AFTER]), (StatusCode::SERVICE_UNAVAILABLE, &HeaderValue::from(7)));
        assert!(answer.headers()[CONTENT_TYPE].as_bytes().starts_with(b"text/html"));
        let page = worded(Lang::Kk, (StatusCode::NOT_FOUND, Html("ours")).into_response());
        assert!(!page.headers().contains_key(RETRY_AFTER), "a page that has words stays");
    }
}
