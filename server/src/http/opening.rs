//! What the port answers until the house is open: the first start of a demo draws its pictures for half a minute.
use crate::http::{csp, language};
use axum::{
    Router,
    extract::Request,
    middleware,
    response::{Html, IntoResponse as _, Response},
};
use data_encoding::BASE64;
use http::{
    HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, RETRY_AFTER},
};
use sapar_shared::{Lang, tr::errors as words};
use sha2::{Digest as _, Sha256};

/// LOOK.md's paper, ink and line; the site's own style sheet is not served yet.
const STYLE: &str = ":root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-content:center;\
    padding:1.5rem;font:1.125rem/1.5 system-ui,sans-serif;background:light-dark(#fcfaf6,#0e151d);\
    color:light-dark(#1b2733,#e9eef3)}h1{font-size:1.75rem;line-height:1.2;margin:0 0 .5rem}p{margin:0;max-width:30rem}";

pub fn router() -> Router {
    Router::new().fallback(answer).layer(middleware::from_fn(csp::layer))
}

async fn answer(request: Request) -> Response {
    let lang = language::of(request.uri().path(), request.headers());
    let refresh = "<meta http-equiv=\"refresh\" content=\"3\">";
    plain(StatusCode::SERVICE_UNAVAILABLE, lang, (words::opening_title(lang), words::opening_text(lang)), refresh, 3)
}

/// A page that needs nothing but itself, with title and text, to be asked for again in so many seconds.
pub fn plain(status: StatusCode, lang: Lang, (title, text): (&str, &str), head: &str, seconds: u64) -> Response {
    let html = format!(
        "<!DOCTYPE html><html lang=\"{}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         {head}<title>{title}</title><style>{STYLE}</style><h1>{title}</h1><p>{text}</p></html>",
        lang.code()
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

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use http::header::ACCEPT_LANGUAGE;
    use tower::ServiceExt as _;

    #[tokio::test]
    async fn says_so_in_the_visitors_language() {
        let request = Request::get("/").header(ACCEPT_LANGUAGE, "kk-KZ,ru;q=0.8").body(Body::empty()).expect("a request");
        let answer = router().oneshot(request).await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.headers()[RETRY_AFTER], "3");
        let body = to_bytes(answer.into_body(), 10_000).await.expect("a body");
        assert!(String::from_utf8_lossy(&body).contains(words::opening_title(Lang::Kk)));
    }
}
