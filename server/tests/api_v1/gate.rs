use crate::common::{Answer, TestApp};
use jiff::{SignedDuration, Timestamp};
use sapar_domain::testing::{Tour, TourBuilder};
use serde_json::{Value, json};
use sqlx::PgPool;

/// A tour that leaves in two hours, and its organiser's token.
async fn today(app: &TestApp) -> (Tour, String) {
    let now: Timestamp = crate::common::NOW.parse().unwrap();
    let tour = app.tour(TourBuilder::new("one").starts_at(now + SignedDuration::from_hours(2))).await;
    (tour, app.token("one").await)
}

async fn activate(app: &TestApp, token: &str, code: &str, body: Option<Value>) -> Answer {
    app.post_as(token, &format!("/api/v1/tickets/{code}/activate"), body).await
}

#[sqlx::test(migrations = "./migrations")]
async fn a_ticket_lets_on_once(pool: PgPool) {
    let app = TestApp::new(pool);
    let (tour, token) = today(&app).await;
    let (order, codes) = app.paid(&tour, 2).await;
    let first = activate(&app, &token, &codes[0], None).await;
    assert_eq!(first.status, 200, "{}", first.text());
    let first = first.json();
    assert_eq!((&first["outcome"], &first["count"]), (&json!("activated"), &json!(1)));
    assert_eq!((&first["ticket"]["status"], &first["ticket"]["order_open"]), (&json!("activated"), &json!(1)));
    assert_eq!(first["ticket"]["activated_by"], "Gate 1");
    let grouped = format!("{}-{}-{}", &codes[0][..4], &codes[0][4..8], &codes[0][8..]).to_lowercase();
    let second = activate(&app, &token, &grouped, Some(json!({}))).await.json();
    assert_eq!((&second["outcome"], &second["count"]), (&json!("already"), &json!(0)));
    assert_eq!(second["ticket"]["activated_at"], first["ticket"]["activated_at"]);
    let order = app.get(&format!("/api/v1/orders/{order}")).await.json();
    let statuses: Vec<_> = order["tickets"].as_array().unwrap().iter().map(|t| t["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["activated", "issued"]);
}

#[sqlx::test(migrations = "./migrations")]
async fn two_phones_let_on_once(pool: PgPool) {
    let app = TestApp::new(pool);
    let (tour, token) = today(&app).await;
    let (_, codes) = app.paid(&tour, 1).await;
    let scans = futures::future::join_all((0..4).map(|_| activate(&app, &token, &codes[0], None))).await;
    let mut outcomes: Vec<_> = scans.iter().map(|scan| scan.json()["outcome"].as_str().unwrap().to_owned()).collect();
    outcomes.sort();
    assert_eq!(outcomes, ["activated", "already", "already", "already"]);
}

#[sqlx::test(migrations = "./migrations")]
async fn a_whole_order_goes_with_one_request(pool: PgPool) {
    let app = TestApp::new(pool);
    let (tour, token) = today(&app).await;
    let (order, codes) = app.paid(&tour, 5).await;
    let whole = || Some(json!({ "whole_order": true }));
    let scans = futures::join!(activate(&app, &token, &codes[1], whole()), activate(&app, &token, &codes[4], whole()));
    let counted: i64 = [&scans.0, &scans.1].iter().map(|scan| scan.json()["count"].as_i64().unwrap()).sum();
    assert_eq!(counted, 5);
    assert_eq!(app.get(&format!("/api/v1/orders/{order}")).await.json()["status"], "completed");
    let list = app.get_as(&token, &format!("/api/v1/departures/{}/tickets", tour.departure)).await;
    assert_eq!((list.status.as_u16(), list.header("cache-control")), (200, "no-store"));
    let list = list.json();
    assert_eq!((&list["departure"]["sold"], &list["departure"]["activated"]), (&json!(5), &json!(5)));
    assert_eq!(list["tickets"].as_array().unwrap().len(), 5);
    assert!(list["tickets"].as_array().unwrap().iter().all(|t| t["status"] == "activated" && t["phone"] == "+77011234567"));
}

#[sqlx::test(migrations = "./migrations")]
async fn void_and_wrong_day_say_so(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let token = app.token("one").await;
    let (order, codes) = app.paid(&tour, 1).await;
    let early = activate(&app, &token, &codes[0], None).await;
    assert_eq!((early.status.as_u16(), &early.json()["outcome"]), (200, &json!("wrong_day")));
    assert_eq!(early.json()["ticket"]["status"], "issued");
    app.post(&format!("/api/v1/orders/{order}/cancel")).await;
    assert_eq!(activate(&app, &token, &codes[0], None).await.json()["outcome"], "void");
}

#[sqlx::test(migrations = "./migrations")]
async fn others_see_nothing(pool: PgPool) {
    let app = TestApp::new(pool);
    let (tour, token) = today(&app).await;
    app.tour(TourBuilder::new("two")).await;
    let stranger = app.token("two").await;
    let (_, codes) = app.paid(&tour, 1).await;
    let list = format!("/api/v1/departures/{}/tickets", tour.departure);
    assert_eq!(app.get_as(&stranger, &list).await.problem(404), "not_found");
    assert_eq!(activate(&app, &stranger, &codes[0], None).await.problem(404), "not_found");
    for unknown in ["7K2M9QXA03TB", "x", "%FF", "%00", "%F0%9F%8E%AB"] {
        assert_eq!(activate(&app, &token, unknown, None).await.problem(404), "not_found", "{unknown}");
    }
    for unknown in ["00000000-0000-7000-8000-000000000000", "7", "%FF"] {
        assert_eq!(
            app.get_as(&token, &format!("/api/v1/departures/{unknown}/tickets")).await.problem(404),
            "not_found",
            "{unknown}"
        );
    }
    assert_eq!(app.count("select count(*) from tickets where status = 'activated'").await, 0);
}

#[sqlx::test(migrations = "./migrations")]
async fn without_a_token_nobody_is_anybody(pool: PgPool) {
    let app = TestApp::new(pool);
    let (tour, token) = today(&app).await;
    let (_, codes) = app.paid(&tour, 1).await;
    let list = format!("/api/v1/departures/{}/tickets", tour.departure);
    let bare = app.get(&list).await;
    assert_eq!((bare.problem(401), bare.header("www-authenticate")), ("unauthorized".into(), "Bearer realm=\"Sapar\""));
    assert_eq!(app.post(&format!("/api/v1/tickets/{}/activate", codes[0])).await.problem(401), "unauthorized");
    assert_eq!(app.get_as("sapar_NOBODY", &list).await.problem(401), "unauthorized");
    // The digest that the database keeps opens nothing.
    let kept: String =
        sqlx::query_scalar("select encode(token_digest, 'hex') from api_tokens").fetch_one(&app.services.pool).await.unwrap();
    assert_eq!(app.get_as(&kept, &list).await.problem(401), "unauthorized");
    sqlx::query("update api_tokens set revoked_at = now()").execute(&app.services.pool).await.unwrap();
    assert_eq!(app.get_as(&token, &list).await.problem(401), "unauthorized");
}

#[sqlx::test(migrations = "./migrations")]
async fn a_wrong_body_activates_nothing(pool: PgPool) {
    let app = TestApp::new(pool);
    let (tour, token) = today(&app).await;
    let (_, codes) = app.paid(&tour, 1).await;
    let refused = activate(&app, &token, &codes[0], Some(json!({ "whole_order": "yes" }))).await;
    assert_eq!((refused.problem(422), &refused.json()["errors"][0]["field"]), ("validation".into(), &json!("whole_order")));
    assert_eq!(activate(&app, &token, &codes[0], None).await.json()["outcome"], "activated");
}
