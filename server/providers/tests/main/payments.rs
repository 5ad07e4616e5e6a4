//! Our calls to the provider: every one, and every way in which one goes wrong.
use crate::world::{MERCHANT, SECRET, World, bind, client_config, client_of, serve};
use axum::{Router, http::StatusCode, routing::post};
use sapar_domain::payments::provider::{Outcome, PaymentProvider as _, ProviderError};
use sapar_providers::{
    FreedomPay, Sandbox, SandboxConfig,
    freedompay::{sign::Params, xml},
};
use sapar_shared::Money;
use serde_json::json;
use std::time::{Duration, Instant};

#[tokio::test]
async fn starting_twice_with_one_key_opens_one_payment() {
    let world = World::new().await;
    let first = world.started("S-1").await;
    assert!(first.redirect_url.starts_with(&format!("{}/pay/", world.base)));
    assert_eq!(world.started("S-1").await, first);
    let listed = world.get_json("/control/payments?order=S-1").await;
    assert_eq!(listed.as_array().map(Vec::len), Some(1));
    assert_eq!(listed[0]["amount"], json!(1_250_000));
    assert_eq!(listed[0]["status"], json!("new"));
    assert_eq!(listed[0]["pg_payment_id"].to_string(), first.provider_payment_id);
    assert_eq!(world.get_json("/control/payments?order=S-2").await, json!([]));
    let report = world.client.status(&first.provider_payment_id, "S-1").await.unwrap();
    assert_eq!((report.outcome, report.amount), (Outcome::Pending, None));

    assert_eq!(world.client.find("S-1").await.unwrap(), Some(first.provider_payment_id));
    assert_eq!(world.client.find("S-2").await.unwrap(), None);

    let mut other = world.order("S-1");
    other.amount = Money::from_tenge(1);
    assert!(matches!(world.client.start(&other).await, Err(ProviderError::Refused { .. })));
}

#[tokio::test]
async fn refunds_never_exceed_what_was_paid() {
    let world = World::new().await;
    let id = world.started("S-1").await.provider_payment_id;
    let client = &world.client;
    assert!(matches!(client.refund(&id, None).await, Err(ProviderError::Refused { .. })), "nothing was paid");
    world.decide(&id, "approve", "none").await;
    client.refund(&id, Some(Money::from_tenge(4_000))).await.unwrap();
    let sums = client.sums(&id).await.unwrap().unwrap();
    assert_eq!((sums.paid, sums.refunded), (Money::from_tenge(12_500), Money::from_tenge(4_000)));
    assert!(matches!(client.refund(&id, Some(Money::from_tenge(8_501))).await, Err(ProviderError::Refused { .. })));
    assert_eq!(client.status(&id, "S-1").await.unwrap().outcome, Outcome::Succeeded);
    client.refund(&id, None).await.unwrap();
    client.refund(&id, None).await.unwrap();
    let report = client.status(&id, "S-1").await.unwrap();
    assert_eq!((report.outcome, report.failure.as_deref()), (Outcome::Failed, Some("refunded")));
    assert!(matches!(client.refund(&id, Some(Money::from_tiyn(1))).await, Err(ProviderError::Refused { .. })));
}

#[tokio::test]
async fn a_whole_refund_by_its_amount_repeats_safely() {
    let world = World::new().await;
    let id = world.started("S-1").await.provider_payment_id;
    world.decide(&id, "approve", "none").await;
    for _ in 0..2 {
        world.client.refund(&id, Some(Money::from_tenge(12_500))).await.unwrap();
    }
    assert_eq!(world.get_json("/control/payments?order=S-1").await[0]["refunded"], json!(1_250_000));
}

#[tokio::test]
async fn cancelling_ends_what_nobody_paid_and_leaves_the_rest() {
    let world = World::new().await;
    let open = world.started("S-1").await.provider_payment_id;
    world.client.cancel(&open).await.unwrap();
    world.client.cancel(&open).await.unwrap();
    assert_eq!(world.client.status(&open, "S-1").await.unwrap().outcome, Outcome::Failed);
    assert_eq!(world.decide(&open, "approve", "normal").await.0, StatusCode::CONFLICT);

    let paid = world.started("S-2").await.provider_payment_id;
    world.decide(&paid, "approve", "none").await;
    world.client.cancel(&paid).await.unwrap();
    assert_eq!(world.client.status(&paid, "S-2").await.unwrap().outcome, Outcome::Succeeded);
}

#[tokio::test]
async fn success_is_pending_until_it_is_captured() {
    let world = World::with(|config| config.capture_lag = Duration::from_millis(300)).await;
    let id = world.started("S-1").await.provider_payment_id;
    world.decide(&id, "approve", "none").await;
    assert_eq!(world.client.status(&id, "S-1").await.unwrap().outcome, Outcome::Pending);
    tokio::time::sleep(Duration::from_millis(350)).await;
    let report = world.client.status(&id, "S-1").await.unwrap();
    assert_eq!((report.outcome, report.amount), (Outcome::Succeeded, Some(Money::from_tenge(12_500))));
    assert_eq!(report.currency.as_deref(), Some("KZT"));
}

/// A call that our client never makes.
async fn raw(world: &World, script: &str, params: Params) -> Params {
    let signed = params.with("pg_merchant_id", MERCHANT).with("pg_salt", "s").signed(script, SECRET);
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(signed.to_form()).finish();
    let bytes = world.http.get(format!("{}/{script}?{form}", world.base)).send().await.unwrap().bytes().await.unwrap();
    let reply = xml::read(&bytes).unwrap();
    assert!(reply.verify(script, SECRET));
    reply
}

#[tokio::test]
async fn a_held_payment_is_captured_in_part() {
    let world = World::new().await;
    let init = Params::new()
        .with("pg_order_id", "S-1")
        .with("pg_amount", "100")
        .with("pg_description", "Held")
        .with("pg_auto_clearing", "0");
    let id = raw(&world, "init_payment.php", init).await.get("pg_payment_id").unwrap().to_owned();
    world.decide(&id, "approve", "none").await;
    assert_eq!(world.client.status(&id, "S-1").await.unwrap().outcome, Outcome::Pending);
    let capture = |amount: &str| Params::new().with("pg_payment_id", &id).with("pg_clearing_amount", amount);
    assert_eq!(raw(&world, "do_capture.php", capture("100.01")).await.get("pg_status"), Some("error"));
    assert_eq!(raw(&world, "do_capture.php", capture("60")).await.get("pg_status"), Some("ok"));
    assert_eq!(raw(&world, "do_capture.php", capture("60")).await.get("pg_status"), Some("error"));
    assert_eq!(world.client.status(&id, "S-1").await.unwrap().amount, Some(Money::from_tenge(60)));
}

#[tokio::test]
async fn an_expired_payment_cannot_be_decided() {
    let world = World::new().await;
    let mut order = world.order("S-1");
    order.lifetime = 1;
    let id = world.client.start(&order).await.unwrap().provider_payment_id;
    tokio::time::sleep(Duration::from_millis(1050)).await;
    assert_eq!(world.decide(&id, "approve", "normal").await.0, StatusCode::CONFLICT);
    assert_eq!(world.client.status(&id, "S-1").await.unwrap().outcome, Outcome::Failed);
    assert_eq!(world.heard(), 0);
}

#[tokio::test]
async fn strangers_are_refused() {
    let world = World::new().await;
    let mut config = client_config(&world.base);
    config.merchant_id = "1".to_owned();
    let refused = FreedomPay::new(config).unwrap().start(&world.order("S-1")).await;
    assert!(matches!(refused, Err(ProviderError::Refused { code, .. }) if code == "9998"));
    let mut config = client_config(&world.base);
    config.secret = "another".to_owned();
    let refused = FreedomPay::new(config).unwrap().start(&world.order("S-1")).await;
    assert!(matches!(refused, Err(ProviderError::Malformed(_))), "signed with a secret that we do not have");
    assert_eq!(world.get_json("/control/payments?order=S-1").await, json!([]));
    assert!(matches!(world.client.status("1", "S-1").await, Err(ProviderError::Refused { .. })));
    let id = world.started("S-1").await.provider_payment_id;
    assert!(matches!(world.client.status(&id, "S-2").await, Err(ProviderError::Malformed(_))), "another order's payment");
}

#[tokio::test]
async fn an_outage_can_be_tried_again() {
    let world = World::new().await;
    let (status, state) = world.post_json("/control/outage", &json!({ "payments": true })).await;
    assert_eq!((status, state), (StatusCode::OK, json!({ "payments": true, "sms": false, "smtp": false })));
    assert!(matches!(world.client.start(&world.order("S-1")).await, Err(ProviderError::Unreachable(_))));
    world.post_json("/control/outage", &json!({ "payments": false })).await;
    world.started("S-1").await;

    let nobody = client_of("http://127.0.0.1:1");
    assert!(matches!(nobody.start(&world.order("S-1")).await, Err(ProviderError::Unreachable(_))));
    let (listener, base) = bind().await;
    let mut config = client_config(&base);
    config.timeout = Duration::from_millis(100);
    let silent = FreedomPay::new(config).unwrap().start(&world.order("S-1")).await;
    drop(listener);
    assert_eq!(silent, Err(ProviderError::Unreachable("timed out".to_owned())));
}

#[tokio::test]
async fn nonsense_is_malformed() {
    let world = World::new().await;
    let forged =
        Params::new().with("pg_status", "ok").with("pg_payment_id", "1").with("pg_redirect_url", "https://evil.example/");
    let wrong_id = Params::new().with("pg_status", "ok").with("pg_payment_id", "1a").with("pg_redirect_url", "https://a.kz/");
    let script = Params::new().with("pg_status", "ok").with("pg_payment_id", "1").with("pg_redirect_url", "javascript:alert(1)");
    let sign = |params: Params| xml::write(&params.signed("init_payment.php", SECRET));
    let bodies = [
        String::new(),
        "<html>".to_owned(),
        "<response><pg_status>ok</pg_status></response>".to_owned(),
        xml::write(&forged),
        xml::write(&forged.signed("init_payment.php", "guess")),
        format!("<response><pg_status>ok</pg_status><x>{}</x></response>", "x".repeat(70_000)),
        sign(wrong_id),
        sign(script),
        sign(Params::new().with("pg_x", "1")),
    ];
    for body in bodies {
        let (listener, base) = bind().await;
        let answer = body.clone();
        serve(listener, Router::new().route("/init_payment.php", post(|| async move { answer })));
        let got = client_of(&base).start(&world.order("S-1")).await;
        assert!(matches!(got, Err(ProviderError::Malformed(_))), "{got:?} for {}", body.chars().take(99).collect::<String>());
    }
}

#[tokio::test]
async fn calls_about_one_payment_keep_their_distance() {
    let world = World::new().await;
    let mut config = client_config(&world.base);
    config.pause = Duration::from_millis(200);
    let polite = FreedomPay::new(config).unwrap();
    let (one, two) = (world.started("S-1").await.provider_payment_id, world.started("S-2").await.provider_payment_id);
    let begun = Instant::now();
    polite.status(&one, "S-1").await.unwrap();
    polite.status(&two, "S-2").await.unwrap();
    assert!(begun.elapsed() < Duration::from_millis(190), "different payments do not wait for each other");
    polite.status(&one, "S-1").await.unwrap();
    let waited = begun.elapsed();
    assert!((Duration::from_millis(195)..Duration::from_millis(900)).contains(&waited), "{waited:?}");
}

#[tokio::test]
async fn a_restart_forgets_nothing() {
    let world = World::new().await;
    let open = world.started("S-1").await;
    let paid = world.started("S-2").await.provider_payment_id;
    world.decide(&paid, "approve", "none").await;
    world.client.refund(&paid, Some(Money::from_tenge(500))).await.unwrap();

    let (listener, base) = bind().await;
    let again = Sandbox::open(world.dir.path(), SandboxConfig::new(&base, MERCHANT, SECRET)).unwrap();
    serve(listener, again.router());
    let client = client_of(&base);
    assert_eq!(client.status(&open.provider_payment_id, "S-1").await.unwrap().outcome, Outcome::Pending);
    assert_eq!(client.sums(&paid).await.unwrap().unwrap().refunded, Money::from_tenge(500));
    assert_eq!(client.start(&world.order("S-1")).await.unwrap().provider_payment_id, open.provider_payment_id);
    let new = client.start(&world.order("S-3")).await.unwrap().provider_payment_id;
    assert!(new.parse::<u64>().unwrap() > paid.parse::<u64>().unwrap());
}
