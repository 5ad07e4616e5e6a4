//! The SMS client against the gateway's sandbox.
use crate::world::{MERCHANT, SECRET, World};
use sapar_domain::tickets::senders::SmsSender as _;
use sapar_providers::{Mobizon, MobizonConfig, Sandbox, SandboxConfig, mobizon::SmsStatus};
use sapar_shared::contact::Phone;
use serde_json::json;
use std::time::Duration;

fn gateway(world: &World, key: &str) -> Mobizon {
    let config = MobizonConfig {
        base_url: world.base.clone(),
        api_key: key.to_owned(),
        from: Some("Sapar".to_owned()),
        timeout: Duration::from_secs(2),
    };
    Mobizon::new(config).unwrap()
}

#[tokio::test]
async fn a_message_arrives_as_it_was_written() {
    let world = World::with(|config| config.sms_key = Some("key".to_owned())).await;
    let phone = Phone::parse("+7 701 123 45 67").unwrap();
    let text = "Сапар: билеттеріңіз https://sapar.kz/o/AB?x=1&y=2 + 100% «ок»";
    let gateway_ = gateway(&world, "key");
    let id = gateway_.send(&phone, text).await.unwrap();
    let second = gateway_.send(&Phone::parse("87051112233").unwrap(), "Второе").await.unwrap();
    assert_ne!(id, second);
    let messages = world.get_json("/control/messages?to=%2B77011234567").await;
    assert_eq!(messages.as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&messages[0]["to"], &messages[0]["text"], &messages[0]["from"]),
        (&json!("77011234567"), &json!(text), &json!("Sapar"))
    );
    assert_eq!(world.get_json("/control/messages").await[0]["text"], json!("Второе"), "newest first");
    let statuses = gateway_.statuses(&[id.clone(), second, "999".to_owned()]).await.unwrap();
    assert_eq!(statuses.len(), 2);
    assert_eq!(statuses[0], (id.clone(), SmsStatus::Delivered));

    let again = Sandbox::open(world.dir.path(), SandboxConfig::new(&world.base, MERCHANT, SECRET)).unwrap();
    assert_eq!(again.messages(), world.sandbox.messages());
}

#[tokio::test]
async fn refusals_and_outages_are_errors_without_the_number() {
    let world = World::with(|config| config.sms_key = Some("key".to_owned())).await;
    let phone = Phone::parse("+7 701 123 45 67").unwrap();
    let wrong = gateway(&world, "guess").send(&phone, "x").await.unwrap_err().to_string();
    assert!(wrong.contains("code 8") && !wrong.contains("7701"), "{wrong}");
    assert!(gateway(&world, "key").send(&phone, "").await.unwrap_err().to_string().contains("code 1"));
    world.post_json("/control/outage", &json!({ "sms": true })).await;
    assert!(gateway(&world, "key").send(&phone, "x").await.unwrap_err().to_string().contains("503"));
    world.post_json("/control/outage", &json!({ "sms": false })).await;
    gateway(&world, "key").send(&phone, "x").await.unwrap();
    assert_eq!(world.sandbox.messages().len(), 1);
}
