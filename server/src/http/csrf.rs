//! Requests that change something and come from a browser must come from our own pages.
use crate::state::AppState;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::{
    HeaderMap, Method, StatusCode,
    header::{HOST, ORIGIN},
};

/// By `Sec-Fetch-Site`, which every current browser sends, else by `Origin`. A program sends neither and carries no cookie
/// that somebody else could ride on.
pub async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    // Providers call from their own origin, programs with a bearer token: neither rides on a cookie.
    let cookieless = ["/webhooks/", "/api/v1/"].iter().any(|prefix| request.uri().path().starts_with(prefix));
    if safe || cookieless || is_own(request.headers(), &state.config.public_url) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "cross-site request refused").into_response()
}

fn is_own(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = headers.get(ORIGIN).and_then(|value| value.to_str().ok()) else { return true };
    let host = headers.get(HOST).and_then(|value| value.to_str().ok());
    let same_host = origin.split_once("://").is_some_and(|(_, authority)| Some(authority) == host);
    origin == public_url || same_host
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderName, HeaderValue};

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(k, v)| (HeaderName::from_static(k), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn only_our_own_pages_may_post() {
        let own = |pairs: &[(&'static str, &'static str)]| is_own(&headers(pairs), "https://sapar.kz");
        assert!(own(&[("sec-fetch-site", "same-origin")]));
        assert!(!own(&[("sec-fetch-site", "cross-site"), ("origin", "https://sapar.kz")]));
        assert!(!own(&[("sec-fetch-site", "same-site")]));
        assert!(own(&[("origin", "https://sapar.kz"), ("host", "inner:3000")]));
        assert!(own(&[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")]));
        assert!(!own(&[("origin", "https://evil.kz"), ("host", "sapar.kz")]));
        assert!(!own(&[("origin", "null"), ("host", "sapar.kz")]));
        assert!(own(&[("host", "sapar.kz")]));
    }
}
