//! What is wrong before a handler sees it, and what describes the API.
use crate::common::{TestApp, for_adults};
use axum::body::Body;
use http::{Method, Request, header};
use sapar_domain::testing::{FakeProvider, TourBuilder};
use sqlx::PgPool;
use std::sync::Arc;

#[sqlx::test(migrations = "./migrations")]
async fn bodies_that_are_no_json(pool: PgPool) {
    let app = TestApp::new(pool);
    let broken: [&[u8]; 7] = [b"", b"{", b"{}{}", b"{\"lang\":\"\xff\"}", b"\xff\xfe", b"{\"lang\":1e999}", b"\"\\ud800\""];
    for body in broken {
        assert_eq!(app.order_raw("key", body.to_vec()).await.problem(400), "malformed_json", "{body:?}");
    }
    let deep = [b"{\"lines\":".to_vec(), b"[".repeat(100_000), b"]".repeat(100_000), b"}".to_vec()].concat();
    assert_eq!(app.order_raw("key", deep).await.problem(400), "malformed_json");
    for (body, field) in [
        ("[]", "body"),
        ("{}", "body"),
        (r#"{"lang":"de"}"#, "lang"),
        (r#"{"lang":5}"#, "lang"),
        (r#"{"lang":"ru","contact":7}"#, "contact"),
    ] {
        let refused = app.order_raw("key", body.into()).await;
        assert_eq!(refused.problem(422), "validation", "{body}");
        assert_eq!(refused.json()["errors"][0]["field"], field, "{body}");
    }
    let huge = r#"{"lang":"ru","contact":{},"lines":[{"quantity":99999999999999999999999999}]}"#;
    let refused = app.order_raw("key", huge.into()).await;
    assert_eq!((refused.problem(422), &refused.json()["errors"][0]["field"]), ("validation".into(), &"lines[0].quantity".into()));
}

#[sqlx::test(migrations = "./migrations")]
async fn bodies_that_are_too_large_or_of_another_kind(pool: PgPool) {
    let app = TestApp::new(pool);
    assert_eq!(app.order_raw("key", vec![b' '; 10 << 20]).await.problem(413), "payload_too_large");
    for kind in ["text/plain", "application/x-www-form-urlencoded"] {
        let request = Request::post("/api/v1/orders").header("idempotency-key", "key").header(header::CONTENT_TYPE, kind);
        assert_eq!(app.send(request.body(Body::from("{}")).unwrap()).await.problem(415), "unsupported_media_type");
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn an_order_needs_one_usable_key(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let order = for_adults(&tour, 1).to_string();
    let bare = Request::post("/api/v1/orders").header(header::CONTENT_TYPE, "application/json").body(Body::from(order.clone()));
    assert_eq!(app.send(bare.unwrap()).await.problem(400), "idempotency_key_required");
    for key in ["", " ", &"k".repeat(256), "кілт"] {
        assert_eq!(app.order_raw(key, order.clone().into()).await.problem(400), "idempotency_key_required", "{key}");
    }
    let twice = Request::post("/api/v1/orders").header("idempotency-key", "a").header("idempotency-key", "b");
    let twice = twice.header(header::CONTENT_TYPE, "application/json").body(Body::from(order));
    assert_eq!(app.send(twice.unwrap()).await.problem(400), "idempotency_key_required");
}

#[sqlx::test(migrations = "./migrations")]
async fn addresses_and_methods_that_are_none(pool: PgPool) {
    let app = TestApp::new(pool);
    for nowhere in ["/api/v1", "/api/v1/", "/api/v1/nothing", "/api/v1/listings/a/b", "/api/v1/%FF", "/api/v1/orders/x/y/z"] {
        assert_eq!(app.get(nowhere).await.problem(404), "not_found", "{nowhere}");
        assert_eq!(app.post(nowhere).await.problem(404), "not_found", "{nowhere}");
    }
    for (method, uri) in
        [(Method::DELETE, "/api/v1/orders/x"), (Method::POST, "/api/v1/listings"), (Method::PUT, "/api/v1/orders")]
    {
        let answer = app.with_method(method, uri).await;
        assert_eq!(answer.problem(405), "method_not_allowed", "{uri}");
        assert!(!answer.header("allow").is_empty());
    }
    assert_eq!(app.get("/api/v1/orders").await.problem(405), "method_not_allowed");
}

#[sqlx::test(migrations = "./migrations")]
async fn too_many_changes_are_braked(pool: PgPool) {
    let app = TestApp::with(pool, Arc::new(FakeProvider::default()), None, true);
    let mut braked = app.post("/api/v1/orders/x/cancel").await;
    for _ in 0..2000 {
        if braked.status != 404 {
            break;
        }
        braked = app.post("/api/v1/orders/x/cancel").await;
    }
    assert_eq!(braked.problem(429), "too_many_requests");
    assert!(braked.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds >= 1));
    assert_eq!(app.get("/api/v1/listings").await.status, 200, "reading is free");
}

#[sqlx::test(migrations = "./migrations")]
async fn without_a_database_it_is_unavailable(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    app.services.pool.close().await;
    let answers = [
        app.get("/api/v1/listings").await,
        app.get("/api/v1/orders/x").await,
        app.order("key", &for_adults(&tour, 1)).await,
        app.get_as("sapar_X", &format!("/api/v1/departures/{}/tickets", tour.departure)).await,
    ];
    for answer in answers {
        assert_eq!((answer.problem(503), answer.header("retry-after")), ("unavailable".into(), "1"));
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn the_document_names_every_address(pool: PgPool) {
    let app = TestApp::new(pool);
    let answer = app.get("/api/v1/openapi.json").await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/json"));
    let document = answer.json();
    let paths: Vec<_> = document["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        paths,
        [
            "/api/v1/departures/{id}/tickets",
            "/api/v1/listings",
            "/api/v1/listings/{slug}",
            "/api/v1/orders",
            "/api/v1/orders/{token}",
            "/api/v1/orders/{token}/cancel",
            "/api/v1/tickets/{code}/activate",
        ]
    );
    assert_eq!(document["servers"][0]["url"], "https://sapar.test");
    assert_eq!(document["components"]["securitySchemes"]["token"]["scheme"], "bearer");
    assert_eq!(document["components"]["schemas"]["PlacedOrder"]["properties"]["status"]["enum"][1], "awaiting_payment");
    let text = answer.text();
    for reference in text.split("\"$ref\":\"#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(document["components"]["schemas"][reference].is_object(), "{reference}");
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn the_reference_needs_nothing_from_elsewhere(pool: PgPool) {
    let app = TestApp::new(pool);
    let answer = app.get("/api/v1/docs").await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "text/html; charset=utf-8"));
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let page = answer.text();
    for never in ["<script", "style=", "<style", "src=\"http", "href=\"http", "onclick"] {
        assert!(!page.contains(never), "{never}");
    }
    // Every link within the page leads somewhere.
    for target in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(page.contains(&format!("id=\"{target}\"")), "{target}");
    }
    for code in ["sold_out", "idempotency_key_reused", "unavailable"] {
        assert!(page.contains(&format!("id=\"{code}\"")), "{code}");
    }
    if let Ok(file) = std::env::var("SAPAR_KEEP_REFERENCE") {
        std::fs::write(file, page).unwrap();
    }
    let style = app.get("/api/v1/docs.css").await;
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    assert!(style.text().contains("--paper") && !style.text().contains("@theme"));
}
