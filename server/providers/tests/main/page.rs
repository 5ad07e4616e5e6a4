//! The payment page, as a browser meets it.
use crate::world::World;
use axum::http::StatusCode;
use reqwest::{Response, header};
use sapar_domain::payments::provider::{Outcome, PaymentProvider as _};
use sapar_shared::Lang;
use serde_json::json;
use std::time::Duration;

async fn press(world: &World, url: &str, choice: &str) -> Response {
    let request = world.http.post(url).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    request.body(format!("choice={choice}")).send().await.unwrap()
}

fn header_of(response: &Response, name: header::HeaderName) -> String {
    response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

#[tokio::test]
async fn it_shows_what_is_paid_and_runs_no_script() {
    let world = World::new().await;
    let url = world.started("S-1").await.redirect_url;
    let response = world.http.get(&url).send().await.unwrap();
    let policy = header_of(&response, header::CONTENT_SECURITY_POLICY);
    assert!(policy.starts_with("default-src 'none'") && policy.contains(&world.shop_base), "{policy}");
    let html = response.text().await.unwrap();
    assert!(html.contains("<html lang=\"ru\">") && html.contains("12\u{202f}500\u{202f}₸") && html.contains("S-1"));
    assert!(!html.contains("<b>") && !html.contains("<script"), "{html}");
    assert!(html.contains("Песочница"));
}

#[tokio::test]
async fn it_speaks_three_languages() {
    let world = World::new().await;
    for (lang, word) in [(Lang::Ru, "Оплатить"), (Lang::Kk, "Төлеу"), (Lang::En, "Decline the payment")] {
        let mut order = world.order(lang.code());
        order.lang = lang;
        let url = world.client.start(&order).await.unwrap().redirect_url;
        let html = world.http.get(&url).send().await.unwrap().text().await.unwrap();
        assert!(html.contains(word) && html.contains(&format!("lang=\"{lang}\"")), "{lang}");
    }
}

#[tokio::test]
async fn each_button_leads_where_it_says() {
    let world = World::new().await;
    for (choice, heard, leaves, outcome) in [
        ("approve", 1, true, Outcome::Succeeded),
        ("decline", 1, true, Outcome::Failed),
        ("closed", 0, false, Outcome::Succeeded),
        ("late", 0, true, Outcome::Succeeded),
        ("twice", 2, true, Outcome::Succeeded),
        ("forged", 1, true, Outcome::Succeeded),
    ] {
        let started = world.started(choice).await;
        world.shop.heard.lock().unwrap().clear();
        let response = press(&world, &started.redirect_url, choice).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{choice}");
        let to = header_of(&response, header::LOCATION);
        assert_eq!(to.starts_with(&world.shop_base), leaves, "{choice}: {to}");
        assert_eq!(world.heard(), heard, "{choice}");
        let report = world.client.status(&started.provider_payment_id, choice).await.unwrap();
        assert_eq!(report.outcome, outcome, "{choice}");
        if choice == "late" {
            world.until_heard(1).await;
        }
        let again = press(&world, &started.redirect_url, "decline").await;
        assert_eq!(again.status(), StatusCode::CONFLICT, "{choice}");
        assert!(again.text().await.unwrap().contains("уже решён"), "{choice}");
    }
}

#[tokio::test]
async fn a_page_that_is_over_or_unknown_says_so() {
    let world = World::new().await;
    let mut order = world.order("S-1");
    order.lifetime = 1;
    let url = world.client.start(&order).await.unwrap().redirect_url;
    tokio::time::sleep(Duration::from_millis(1050)).await;
    let html = world.http.get(&url).send().await.unwrap().text().await.unwrap();
    assert!(html.contains("Время оплаты вышло") && !html.contains("<form"));
    assert_eq!(press(&world, &url, "approve").await.status(), StatusCode::CONFLICT);
    let unknown = world.http.get(format!("{}/pay/00", world.base)).send().await.unwrap();
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    assert_eq!(press(&world, &url, "steal").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    world.post_json("/control/outage", &json!({ "payments": true })).await;
    assert_eq!(world.http.get(&url).send().await.unwrap().status(), StatusCode::SERVICE_UNAVAILABLE);
}
