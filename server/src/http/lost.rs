//! What a browser sees behind an address that leads nowhere: the site's own page, with status 404.
use super::language;
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{
    HeaderValue, Method, StatusCode, Uri,
    header::{ACCEPT, CONTENT_TYPE},
};
use tower::ServiceExt as _;

/// Puts the page in the place of a bare 404. `pages` answers 404 to whatever it does not know.
pub async fn layer(State(pages): State<Router>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    // A program that asks for anything reads pages as well as nothing; one that asks for a picture does not.
    let accepts = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
    if !reads || !(accepts.contains("text/html") || accepts.starts_with("*/*")) {
        return next.run(request).await;
    }
    let lang = language::of(request.uri().path(), request.headers());
    let of_order = request.uri().path().starts_with("/o/");
    let (parts, body) = request.into_parts();
    let mut asked = parts.clone();
    let answer = next.run(Request::from_parts(parts, body)).await;
    if answer.status() != StatusCode::NOT_FOUND || answer.headers().contains_key(CONTENT_TYPE) {
        return answer;
    }
    asked.uri =
        format!("/{}/{}404", lang.code(), if of_order { "orders/" } else { "" }).parse().unwrap_or(Uri::from_static("/ru/404"));
    asked.headers.insert(ACCEPT, HeaderValue::from_static("text/html"));
    match pages.oneshot(Request::from_parts(asked, Body::empty())).await {
        Ok(page) => page,
        Err(never) => match never {},
    }
}
