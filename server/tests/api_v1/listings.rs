use crate::common::TestApp;
use sapar_domain::{catalog, testing::TourBuilder};
use sqlx::PgPool;

async fn two_tours(pool: PgPool) -> TestApp {
    let app = TestApp::new(pool);
    for name in ["one", "two"] {
        app.tour(TourBuilder::new(name).child_quota(3)).await;
    }
    let mut conn = app.services.conn().await.unwrap();
    catalog::refresh_all(&mut conn, &app.services.ctx).await.unwrap();
    drop(conn);
    app
}

#[sqlx::test(migrations = "./migrations")]
async fn a_list_is_followed_to_its_end(pool: PgPool) {
    let app = two_tours(pool).await;
    let first = app.get("/api/v1/listings?kind=tour&lang=kk&q=&limit=1&cursor=").await;
    assert_eq!(first.status, 200);
    assert_eq!(first.header("cache-control"), "public, max-age=5");
    let first = first.json();
    let item = &first["items"][0];
    assert_eq!(item["title"], "Көлсай көлдері");
    assert_eq!(item["price_from"]["currency"], "KZT");
    assert!(item["price_from"]["amount"].is_i64() && item["id"].is_string());
    assert!(item["url"].as_str().unwrap().starts_with("https://sapar.test/kk/tours/tour-"));
    let next = first["next"].as_str().expect("another page");
    let second = app.get(&format!("/api/v1/listings?limit=1&cursor={next}")).await.json();
    assert_ne!(second["items"][0]["slug"], item["slug"]);
    assert!(second["next"].is_null());
    assert_eq!(app.get("/api/v1/listings").await.json()["items"].as_array().map(Vec::len), Some(2));
}

#[sqlx::test(migrations = "./migrations")]
async fn other_kinds_are_empty_and_nonsense_is_refused(pool: PgPool) {
    let app = two_tours(pool).await;
    assert_eq!(app.get("/api/v1/listings?kind=hotel").await.json(), serde_json::json!({ "items": [], "next": null }));
    for (query, field) in [
        ("lang=de", "lang"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=-1", "limit"),
        ("limit=99999999999999999999", "limit"),
        ("kind=xx", "kind"),
        ("cursor=zzz", "cursor"),
        ("cursor=%FF", "cursor"),
    ] {
        let answer = app.get(&format!("/api/v1/listings?{query}")).await;
        assert_eq!(answer.problem(400), "invalid_parameter", "{query}");
        assert_eq!(answer.json()["errors"][0]["field"], field);
    }
    assert_eq!(app.get("/api/v1/listings?lang=ru&lang=kk").await.problem(400), "invalid_parameter");
    for harmless in ["q=%FF%00", "q=%27%20or%201%3D1", "limit=%20", "q=%D0%9A%D0%BE%D0%BB%D1%81%D0%B0%D0%B9"] {
        assert_eq!(app.get(&format!("/api/v1/listings?{harmless}")).await.status, 200, "{harmless}");
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn a_tour_tells_what_is_left(pool: PgPool) {
    let app = two_tours(pool).await;
    let answer = app.get("/api/v1/listings/tour-one?lang=en").await;
    assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "public, max-age=5"));
    let tour = answer.json();
    let departure = &tour["departures"][0];
    assert_eq!(departure["places_left"], 10);
    assert_eq!(departure["starts_at"], "2026-11-28T04:00:00Z");
    let types: Vec<_> = departure["ticket_types"].as_array().unwrap().iter().collect();
    assert_eq!((&types[0]["name"], &types[0]["places_left"]), (&"Adult".into(), &10.into()));
    assert_eq!(types[0]["price"], serde_json::json!({ "amount": 1_000_000, "currency": "KZT" }));
    assert_eq!((&types[1]["name"], &types[1]["places_left"]), (&"Child".into(), &3.into()));
}

#[sqlx::test(migrations = "./migrations")]
async fn unknown_tours_are_not_found(pool: PgPool) {
    let app = two_tours(pool).await;
    for slug in ["nowhere", "%FF", "%00", "tour-one%27--"] {
        assert_eq!(app.get(&format!("/api/v1/listings/{slug}")).await.problem(404), "not_found", "{slug}");
    }
    assert_eq!(app.get("/api/v1/listings/tour-one?lang=xx").await.problem(400), "invalid_parameter");
}
