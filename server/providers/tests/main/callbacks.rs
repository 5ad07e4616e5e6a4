//! The provider's calls to us: each way in which a callback may come or stay away.
use crate::world::{MERCHANT, SECRET, World};
use axum::http::StatusCode;
use sapar_domain::payments::provider::{CallbackError, Outcome, PaymentProvider as _, Verdict};
use sapar_providers::{Sandbox, SandboxConfig};
use sapar_shared::Money;
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn an_approval_is_told_and_our_answer_recorded() {
    let world = World::new().await;
    let id = world.started("S-1").await.provider_payment_id;
    let (status, answer) = world.decide(&id, "approve", "normal").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!((&answer["status"], &answer["captured"]), (&json!("success"), &json!(1_250_000)));
    let reply = &answer["callbacks"][0];
    assert_eq!((&reply["http_status"], &reply["verdict"], &reply["signature_ok"]), (&json!(200), &json!("ok"), &json!(true)));
    let heard = world.shop.heard.lock().unwrap().remove(0).unwrap();
    assert_eq!(heard.report, world.client.status(&id, "S-1").await.unwrap());
    assert_eq!(heard.report.amount, Some(Money::from_tenge(12_500)));
    assert!(heard.can_reject);
    assert!(!heard.fields.to_string().contains("7701"), "no phone number is kept");
}

#[tokio::test]
async fn a_payment_is_decided_once() {
    let world = World::new().await;
    let id = world.started("S-1").await.provider_payment_id;
    let (one, two) = tokio::join!(world.decide(&id, "approve", "normal"), world.decide(&id, "decline", "normal"));
    let mut statuses = [one.0, two.0];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::CONFLICT]);
    assert_eq!(world.heard(), 1);
    assert_eq!(world.decide("1", "approve", "normal").await.0, StatusCode::NOT_FOUND);
    assert_eq!(world.decide(&id, "steal", "normal").await.0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_decline_is_told() {
    let world = World::new().await;
    let id = world.started("S-1").await.provider_payment_id;
    world.decide(&id, "decline", "normal").await;
    let report = world.shop.heard.lock().unwrap().remove(0).unwrap().report;
    assert_eq!(report.outcome, Outcome::Failed);
    assert_eq!(report.failure.as_deref(), Some("Declined by the bank"));
    assert_eq!(world.client.status(&id, "S-1").await.unwrap().outcome, Outcome::Failed);
}

#[tokio::test]
async fn a_closed_browser_tells_nothing_but_the_status_does() {
    let world = World::new().await;
    let id = world.started("S-1").await.provider_payment_id;
    world.decide(&id, "approve", "none").await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(world.heard(), 0);
    assert_eq!(world.client.status(&id, "S-1").await.unwrap().outcome, Outcome::Succeeded);
}

#[tokio::test]
async fn a_late_callback_comes_after_the_answer() {
    let world = World::new().await;
    let id = world.started("S-1").await.provider_payment_id;
    let (_, answer) = world.decide(&id, "approve", "late").await;
    assert_eq!((world.heard(), &answer["callbacks"]), (0, &json!([])));
    world.until_heard(1).await;
}

#[tokio::test]
async fn twice_is_twice_the_same() {
    let world = World::new().await;
    let id = world.started("S-1").await.provider_payment_id;
    let (_, answer) = world.decide(&id, "approve", "twice").await;
    assert_eq!(answer["callbacks"].as_array().map(Vec::len), Some(2));
    let heard = world.shop.heard.lock().unwrap();
    assert_eq!(heard.len(), 2);
    assert_eq!(heard[0].as_ref().unwrap().report, heard[1].as_ref().unwrap().report);
}

#[tokio::test]
async fn a_forged_callback_is_seen_through_and_the_status_settles() {
    let world = World::new().await;
    let id = world.started("S-1").await.provider_payment_id;
    let (_, answer) = world.decide(&id, "approve", "forged").await;
    assert_eq!(answer["callbacks"][0]["http_status"], json!(403));
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(*world.shop.heard.lock().unwrap(), [Err(CallbackError::Signature)]);
    assert_eq!(world.client.status(&id, "S-1").await.unwrap().outcome, Outcome::Succeeded);
}

#[tokio::test]
async fn an_unheard_callback_is_repeated() {
    let world = World::new().await;
    *world.shop.failures.lock().unwrap() = vec![StatusCode::BAD_GATEWAY, StatusCode::INTERNAL_SERVER_ERROR];
    let id = world.started("S-1").await.provider_payment_id;
    let (_, answer) = world.decide(&id, "approve", "normal").await;
    assert_eq!(answer["callbacks"][0]["http_status"], json!(500));
    world.until_heard(3).await;
    tokio::time::sleep(Duration::from_millis(150)).await;
    assert_eq!(world.heard(), 3, "not again after it was heard");
    let listed = world.get_json("/control/payments?order=S-1").await;
    let statuses: Vec<_> = listed[0]["callbacks"].as_array().unwrap().iter().map(|c| c["http_status"].clone()).collect();
    assert_eq!(statuses, [json!(500), json!(502), json!(200)]);
}

#[tokio::test]
async fn repetitions_come_to_an_end() {
    let world = World::new().await;
    *world.shop.failures.lock().unwrap() = vec![StatusCode::BAD_GATEWAY; 9];
    let id = world.started("S-1").await.provider_payment_id;
    world.decide(&id, "approve", "normal").await;
    world.until_heard(4).await;
    tokio::time::sleep(Duration::from_millis(150)).await;
    assert_eq!(world.heard(), 4, "once and three times more");
}

#[tokio::test]
async fn rejected_money_goes_back() {
    let world = World::new().await;
    *world.shop.verdict.lock().unwrap() = Some(Verdict::Rejected);
    let id = world.started("S-1").await.provider_payment_id;
    let (_, answer) = world.decide(&id, "approve", "normal").await;
    assert_eq!(answer["callbacks"][0]["verdict"], json!("rejected"));
    assert_eq!((&answer["status"], &answer["captured"]), (&json!("error"), &json!(0)));
    assert_eq!(world.client.status(&id, "S-1").await.unwrap().outcome, Outcome::Failed);
}

#[tokio::test]
async fn a_restart_goes_on_with_what_was_due() {
    let world = World::with(|config| config.late = Duration::from_secs(600)).await;
    let id = world.started("S-1").await.provider_payment_id;
    world.decide(&id, "approve", "late").await;
    // The clock cannot be moved, but the file can: the callback becomes due at once.
    let path = world.dir.path().join("payments.jsonl");
    let text = std::fs::read_to_string(&path).unwrap();
    let mut last: serde_json::Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    last["due"][0]["at"] = json!("2026-01-01T00:00:00Z");
    std::fs::write(&path, format!("{last}\n")).unwrap();
    let _again = Sandbox::open(world.dir.path(), SandboxConfig::new(&world.base, MERCHANT, SECRET)).unwrap();
    world.until_heard(1).await;
}
