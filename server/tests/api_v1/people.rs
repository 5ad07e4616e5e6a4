//! What people get where programs get problems.
use crate::common::{Answer, TestApp};
use axum::body::Body;
use http::{Request, StatusCode};
use sapar_app::error::AppError;
use sapar_domain::testing::{FakeProvider, TourBuilder};
use sapar_shared::{
    Lang,
    tr::{errors as words, order, plain},
};
use sqlx::PgPool;
use std::sync::Arc;

async fn visit(app: &TestApp, uri: &str, headers: &[(&str, &str)]) -> Answer {
    let request = headers.iter().fold(Request::get(uri), |request, (name, value)| request.header(*name, *value));
    app.send(request.body(Body::empty()).unwrap()).await
}

async fn post(app: &TestApp, accept: &str, body: String) -> Answer {
    let request = Request::post("/fn/sign-in")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("referer", "https://sapar.test/kk/sign-in")
        .header("accept", accept);
    app.send(request.body(Body::from(body)).unwrap()).await
}

#[track_caller]
fn is_lost(answer: &Answer, lang: Lang) {
    says(answer, lang, words::not_found_title(lang));
}

#[track_caller]
fn says(answer: &Answer, lang: Lang, words: &str) {
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.text().contains(words), "{lang}: {}", answer.text());
    assert!(answer.text().contains(&format!("<html lang=\"{}\"", lang.code())));
}

#[sqlx::test(migrations = "./migrations")]
async fn an_address_that_leads_nowhere_is_a_page_in_the_visitors_language(pool: PgPool) {
    let app = TestApp::new(pool);
    says(&visit(&app, "/o/zzz", &[("accept-language", "kk")]).await, Lang::Kk, order::lost_title(Lang::Kk));
    for nowhere in ["/t/a%20b", "/files/orders/zzz/tickets.pdf", "/nowhere", "/no/where"] {
        is_lost(&visit(&app, nowhere, &[]).await, Lang::Ru);
        is_lost(&visit(&app, nowhere, &[("accept-language", "kk-KZ,ru;q=0.8"), ("accept", "text/html")]).await, Lang::Kk);
        let chosen = [("accept-language", "kk"), ("cookie", "a=b; sapar_lang=en")];
        is_lost(&visit(&app, nowhere, &chosen).await, Lang::En);
    }
    is_lost(&visit(&app, "/kk/nowhere", &[("accept-language", "en")]).await, Lang::Kk);
    assert!(visit(&app, "/files/orders/zzz/ticket-1.png", &[("accept", "image/png")]).await.body.is_empty());
}

#[sqlx::test(migrations = "./migrations")]
async fn a_refunded_order_has_no_papers(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let (token, _) = app.paid(&tour, 1).await;
    assert_eq!(app.post(&format!("/api/v1/orders/{token}/cancel")).await.status, StatusCode::OK);
    is_lost(&visit(&app, &format!("/files/orders/{token}/tickets.pdf"), &[("accept-language", "en")]).await, Lang::En);
}

#[sqlx::test(migrations = "./migrations")]
async fn the_language_is_remembered_without_a_script(pool: PgPool) {
    let app = TestApp::new(pool);
    // The second one comes from the page cache.
    for _ in 0..2 {
        let page = visit(&app, "/kk", &[("cookie", "sapar_lang=ru")]).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.header("set-cookie").starts_with("sapar_lang=kk; Path=/; SameSite=Lax; Max-Age="), "{:?}", page.headers);
    }
    assert_eq!(visit(&app, "/kk", &[("cookie", "sapar_lang=kk")]).await.header("set-cookie"), "");
    assert_eq!(visit(&app, "/api/v1/listings", &[]).await.header("set-cookie"), "");
}

#[sqlx::test(migrations = "./migrations")]
async fn a_call_that_is_wrong_is_the_callers_fault(pool: PgPool) {
    let app = TestApp::new(pool);
    assert_eq!(post(&app, "*/*", "lang=zz&email=a&password=b&next=".into()).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(post(&app, "*/*", "email=a".into()).await.status, StatusCode::BAD_REQUEST);
    let huge = format!("lang=ru&email={}&password=b&next=", "a".repeat(300 * 1024));
    assert_eq!(post(&app, "*/*", huge).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[sqlx::test(migrations = "./migrations")]
async fn the_brake_speaks_to_whoever_it_stops(pool: PgPool) {
    use leptos::prelude::FromServerFnError as _;
    let app = TestApp::with(pool, Arc::new(FakeProvider::default()), None, true);
    let wrong = || "lang=zz".to_owned();
    let mut answer = post(&app, "*/*", wrong()).await;
    for _ in 0..500 {
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            break;
        }
        answer = post(&app, "*/*", wrong()).await;
    }
    assert!(matches!(AppError::de(answer.body.into()), AppError::TooMany { seconds: 1.. }));
    let page = post(&app, "text/html,*/*", wrong()).await;
    assert_eq!((page.status, page.header("content-type")), (StatusCode::TOO_MANY_REQUESTS, "text/html; charset=utf-8"));
    assert!(page.text().contains(plain::too_many_title(Lang::Kk)) && !page.header("retry-after").is_empty());
    assert_eq!(app.post("/api/v1/orders/x/cancel").await.problem(429), "too_many_requests");
}
