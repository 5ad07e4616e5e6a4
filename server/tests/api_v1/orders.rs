use crate::common::{TestApp, body, for_adults, line};
use jiff::SignedDuration;
use sapar_domain::{
    payments::{self, provider::Outcome},
    testing::TourBuilder,
};
use sapar_shared::Money;
use serde_json::json;
use sqlx::PgPool;

#[sqlx::test(migrations = "./migrations")]
async fn a_sale_from_the_order_to_the_ticket(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let placed = app.order("k-1", &for_adults(&tour, 2)).await;
    assert_eq!(placed.status, 201, "{}", placed.text());
    assert_eq!(placed.header("cache-control"), "no-store");
    let order = placed.json();
    let (token, number) = (order["token"].as_str().unwrap(), order["number"].as_str().unwrap());
    assert_eq!(placed.header("location"), format!("https://sapar.test/api/v1/orders/{token}"));
    assert_eq!(order["status"], "awaiting_payment");
    assert_eq!(order["total"], json!({ "amount": 2_000_000, "currency": "KZT" }));
    assert_eq!(order["expires_at"], "2026-11-21T05:00:00Z");
    assert_eq!(order["payment_url"], "https://pay.test/1");

    let uri = format!("/api/v1/orders/{token}");
    let open = app.get(&uri).await.json();
    assert_eq!((&open["payment_url"], &open["pdf_url"]), (&order["payment_url"], &json!(null)));
    assert_eq!((&open["tickets"], &open["failure"]), (&json!([]), &json!(null)));
    assert_eq!(open["lines"][0]["quantity"], 2);
    assert_eq!(open["lines"][0]["listing_title"], "Көлсай көлдері");
    assert_eq!(app.get(&format!("{uri}?lang=ru")).await.json()["lines"][0]["listing_title"], "Озёра Кольсай");

    app.provider.decide(number, Outcome::Failed);
    payments::poll(&app.services, token).await.unwrap();
    let declined = app.get(&uri).await.json();
    assert_eq!((&declined["status"], &declined["failure"]), (&json!("awaiting_payment"), &json!("Not enough money on the card")));
    assert_eq!(declined["payment_url"], format!("https://sapar.test/kk/orders/{token}"));

    let (paid, codes) = app.paid(&tour, 3).await;
    assert_eq!(codes.len(), 3);
    let paid = app.get(&format!("/api/v1/orders/{paid}")).await.json();
    assert_eq!((&paid["status"], &paid["payment_url"]), (&json!("paid"), &json!(null)));
    assert!(paid["tickets"].as_array().unwrap().iter().all(|t| t["status"] == "issued"));
    assert_eq!(paid["pdf_url"], format!("https://sapar.test/files/orders/{}/tickets.pdf", paid["token"].as_str().unwrap()));
}

#[sqlx::test(migrations = "./migrations")]
async fn what_is_sold_out_says_what_is_left(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one").capacity(3)).await;
    assert_eq!(app.order("k-1", &for_adults(&tour, 2)).await.status, 201);
    let refused = app.order("k-2", &for_adults(&tour, 2)).await;
    assert_eq!(refused.problem(409), "sold_out");
    assert_eq!(refused.json()["left"], json!([{ "ticket_type_id": tour.adult, "places_left": 1 }]));
    assert_eq!(app.order("k-3", &for_adults(&tour, 1)).await.status, 201);
    assert_eq!(app.count("select count(*) from orders").await, 2);
}

#[sqlx::test(migrations = "./migrations")]
async fn buyers_at_once_never_get_more_than_there_is(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one").capacity(5)).await;
    let buyers = (0..12).map(|buyer| {
        let (app, body) = (app.clone(), for_adults(&tour, 1));
        async move { app.order(&format!("buyer-{buyer}"), &body).await.status.as_u16() }
    });
    let answers = futures::future::join_all(buyers).await;
    assert_eq!(answers.iter().filter(|status| **status == 201).count(), 5, "{answers:?}");
    assert!(answers.iter().all(|status| [201, 409].contains(status)), "{answers:?}");
    assert_eq!(app.count("select held::bigint from stock").await, 5);
}

#[sqlx::test(migrations = "./migrations")]
async fn what_cannot_be_bought(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let other = app.tour(TourBuilder::new("two")).await;
    let mixed = json!({ "departure_id": tour.departure, "ticket_type_id": other.adult, "quantity": 1 });
    assert_eq!(app.order("k-1", &body(vec![mixed])).await.problem(409), "not_on_sale");
    assert_eq!(app.order("k-2", &for_adults(&tour, 11)).await.problem(422), "quantity");
    app.later(SignedDuration::from_hours(24 * 8));
    assert_eq!(app.order("k-3", &for_adults(&tour, 1)).await.problem(409), "not_on_sale");
    assert_eq!(app.count("select count(*) from orders").await, 0);
}

#[sqlx::test(migrations = "./migrations")]
async fn a_hold_that_ran_out_is_told(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one").capacity(1)).await;
    let token = app.order("k-1", &for_adults(&tour, 1)).await.json()["token"].as_str().unwrap().to_owned();
    app.later(SignedDuration::from_mins(61));
    let over = app.get(&format!("/api/v1/orders/{token}")).await.json();
    assert_eq!(over["payment_url"], json!(null), "nobody is sent to pay for a hold that is over");
    payments::expire_due(&app.services).await.unwrap();
    assert_eq!(app.get(&format!("/api/v1/orders/{token}")).await.json()["status"], "expired");
    assert_eq!(app.post(&format!("/api/v1/orders/{token}/cancel")).await.problem(409), "not_open");
    assert_eq!(app.order("k-2", &for_adults(&tour, 1)).await.status, 201, "its place is free again");
}

#[sqlx::test(migrations = "./migrations")]
async fn cancelling_gives_places_and_money_back(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one").capacity(1)).await;
    let token = app.order("k-1", &for_adults(&tour, 1)).await.json()["token"].as_str().unwrap().to_owned();
    for _ in 0..2 {
        let cancelled = app.post(&format!("/api/v1/orders/{token}/cancel")).await;
        assert_eq!((cancelled.status.as_u16(), &cancelled.json()["status"]), (200, &json!("cancelled")));
    }
    let (paid, _) = app.paid(&tour, 1).await;
    let refunded = app.post(&format!("/api/v1/orders/{paid}/cancel")).await.json();
    assert_eq!(
        (&refunded["status"], &refunded["tickets"][0]["status"], &refunded["pdf_url"]),
        (&json!("refunded"), &json!("void"), &json!(null))
    );
    let (late, _) = app.paid(&tour, 1).await;
    app.later(SignedDuration::from_hours(24 * 6));
    assert_eq!(app.post(&format!("/api/v1/orders/{late}/cancel")).await.problem(409), "too_late");
    for unknown in ["nobody", "%FF"] {
        assert_eq!(app.post(&format!("/api/v1/orders/{unknown}/cancel")).await.problem(404), "not_found");
        assert_eq!(app.get(&format!("/api/v1/orders/{unknown}")).await.problem(404), "not_found");
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn a_provider_that_is_down_costs_no_order(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    app.provider.set_down(true);
    let placed = app.order("k-1", &for_adults(&tour, 1)).await;
    assert_eq!(placed.status, 201);
    let page = format!("https://sapar.test/kk/orders/{}", placed.json()["token"].as_str().unwrap());
    assert_eq!(placed.json()["payment_url"], page);
    app.provider.set_down(false);
    assert_eq!(app.order("k-1", &for_adults(&tour, 1)).await.body, placed.body, "the first answer stays");
}

#[sqlx::test(migrations = "./migrations")]
async fn what_costs_nothing_is_paid_at_once(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one").adult_price(Money::ZERO)).await;
    let placed = app.order("k-1", &for_adults(&tour, 1)).await.json();
    assert_eq!((&placed["status"], &placed["total"]["amount"]), (&json!("paid"), &json!(0)));
    assert_eq!(placed["payment_url"], format!("https://sapar.test/kk/orders/{}", placed["token"].as_str().unwrap()));
}

#[sqlx::test(migrations = "./migrations")]
async fn everything_wrong_with_a_body_is_named(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let mut wrong = for_adults(&tour, 1);
    wrong["contact"] = json!({ "name": "", "phone": "12", "email": "a@b" });
    let refused = app.order("k", &wrong).await;
    assert_eq!(refused.problem(422), "validation");
    let errors = json!([
        { "field": "contact.name", "code": "missing" }, { "field": "contact.phone", "code": "phone" }, { "field": "contact.email", "code": "email" }
    ]);
    assert_eq!(refused.json()["errors"], errors);

    let lines = |quantities: &[i64]| body(quantities.iter().map(|quantity| line(&tour, *quantity)).collect());
    for quantities in [vec![], vec![1; 101], vec![-1], vec![0], vec![51], vec![i64::from(i32::MIN)]] {
        let refused = app.order("k", &lines(&quantities)).await;
        assert_eq!(refused.problem(422), "validation", "{quantities:?}");
        assert_eq!(refused.json()["errors"][0], json!({ "field": "lines", "code": "quantity" }));
    }
    for quantity in [i64::from(i32::MAX) + 1, i64::MAX, i64::MIN] {
        let refused = app.order("k", &lines(&[quantity])).await;
        assert_eq!(refused.problem(422), "validation");
        assert_eq!(refused.json()["errors"][0], json!({ "field": "lines[0].quantity", "code": "malformed" }));
    }
    // A line a hundred times is one line of a hundred tickets.
    assert_eq!(app.order("k", &lines(&[1; 100])).await.problem(422), "quantity");
    assert_eq!(app.count("select count(*) from orders").await, 0);
}

#[sqlx::test(migrations = "./migrations")]
async fn markup_in_a_name_is_a_name(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let mut order = for_adults(&tour, 1);
    order["contact"]["name"] = json!("<script>alert('Ә')</script>");
    assert_eq!(app.order("k", &order).await.status, 201);
}
