//! What the port answers until the house is open: the first start of a demo draws its pictures for half a minute.
use crate::http::{
    csp, language,
    plain::{More, page},
};
use axum::{Router, extract::Request, middleware, response::Response};
use http::StatusCode;
use sapar_shared::tr::plain as words;

pub fn router() -> Router {
    Router::new().fallback(answer).layer(middleware::from_fn(csp::layer))
}

async fn answer(request: Request) -> Response {
    let lang = language::of(request.uri().path(), request.headers());
    let refresh = More { head: "<meta http-equiv=\"refresh\" content=\"3\">", ..More::default() };
    page(StatusCode::SERVICE_UNAVAILABLE, lang, (words::opening_title(lang), words::opening_text(lang)), refresh, 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use http::header::{ACCEPT_LANGUAGE, RETRY_AFTER};
    use sapar_shared::Lang;
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
