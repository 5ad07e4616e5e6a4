//! A sandbox, a client of it and a shop that hears its callbacks, each on a port of its own.
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
    routing::post,
};
use jiff::Timestamp;
use sapar_domain::payments::provider::{Callback, CallbackError, PaymentProvider as _, Position, StartPayment, Started, Verdict};
use sapar_providers::{FreedomPay, FreedomPayConfig, Sandbox, SandboxConfig};
use sapar_shared::{Lang, Money, contact::Phone};
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tempfile::TempDir;
use tokio::net::TcpListener;

pub(crate) const MERCHANT: &str = "500123";
pub(crate) const SECRET: &str = "a secret";
const HOOK: &str = "/hooks/freedompay/result";

/// What the shop heard, and how it answers next.
#[derive(Default)]
pub(crate) struct Shop {
    pub(crate) heard: Mutex<Vec<Result<Callback, CallbackError>>>,
    /// Statuses to answer with before answering well.
    pub(crate) failures: Mutex<Vec<StatusCode>>,
    pub(crate) verdict: Mutex<Option<Verdict>>,
}

pub(crate) struct World {
    pub(crate) dir: TempDir,
    pub(crate) sandbox: Sandbox,
    pub(crate) base: String,
    pub(crate) shop_base: String,
    pub(crate) shop: Arc<Shop>,
    pub(crate) client: Arc<FreedomPay>,
    pub(crate) http: reqwest::Client,
}

pub(crate) async fn bind() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    (listener, base)
}

pub(crate) fn serve(listener: TcpListener, router: Router) {
    tokio::spawn(async move { axum::serve(listener, router).await });
}

pub(crate) fn client_of(base: &str) -> FreedomPay {
    FreedomPay::new(client_config(base)).unwrap()
}

pub(crate) fn client_config(base: &str) -> FreedomPayConfig {
    FreedomPayConfig {
        base_url: base.to_owned(),
        merchant_id: MERCHANT.to_owned(),
        secret: SECRET.to_owned(),
        testing: true,
        timeout: Duration::from_secs(2),
        pause: Duration::ZERO,
        shortest_lifetime: 1,
    }
}

pub(crate) fn plain_http() -> reqwest::Client {
    // The crate builds its clients with a provider of its own; the tests' bare one needs TLS as little as they do.
    reqwest::Client::builder()
        .tls_backend_preconfigured(
            rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_root_certificates(rustls::RootCertStore::empty())
                .with_no_client_auth(),
        )
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

async fn hear(State((shop, client)): State<(Arc<Shop>, Arc<FreedomPay>)>, body: Bytes) -> Response {
    let fields: Vec<_> = form_urlencoded::parse(&body).into_owned().collect();
    let read = client.read_callback(HOOK, &fields, Timestamp::now());
    let held = read.is_ok();
    shop.heard.lock().unwrap().push(read);
    if let Some(status) = shop.failures.lock().unwrap().pop() {
        return status.into_response();
    }
    if !held {
        return StatusCode::FORBIDDEN.into_response();
    }
    let verdict = shop.verdict.lock().unwrap().unwrap_or(Verdict::Ok);
    client.callback_reply(HOOK, verdict, "heard", "salt").into_response()
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut SandboxConfig)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (listener, base) = bind().await;
        let mut config = SandboxConfig::new(&base, MERCHANT, SECRET);
        config.retries = [20, 20, 20].map(Duration::from_millis).to_vec();
        config.late = Duration::from_millis(150);
        change(&mut config);
        let sandbox = Sandbox::open(dir.path(), config).unwrap();
        serve(listener, sandbox.router());
        let (shop_listener, shop_base) = bind().await;
        let shop = Arc::new(Shop::default());
        let client = Arc::new(client_of(&base));
        let state = (Arc::clone(&shop), Arc::clone(&client));
        serve(shop_listener, Router::new().route(HOOK, post(hear)).with_state(state));
        Self { dir, sandbox, base, shop_base, shop, client, http: plain_http() }
    }

    pub(crate) fn order(&self, number: &str) -> StartPayment {
        StartPayment {
            order_number: number.to_owned(),
            idempotency_key: format!("key-{number}"),
            amount: Money::from_tenge(12_500),
            description: "Көлсай <b>2 дня</b> & \"всё включено\"; без забот".to_owned(),
            lang: Lang::Ru,
            phone: Phone::parse("+7 701 123 45 67"),
            email: Some("aigul@example.kz".to_owned()),
            client_ip: Some("127.0.0.1".to_owned()),
            lifetime: 3600,
            result_url: format!("{}{HOOK}", self.shop_base),
            return_url: format!("{}/ru/orders/token/return", self.shop_base),
            positions: (0..12)
                .map(|i| Position { name: format!("Взрослый {i}"), count: 1, price: Money::from_tenge(1000) })
                .collect(),
        }
    }

    pub(crate) async fn started(&self, number: &str) -> Started {
        self.client.start(&self.order(number)).await.unwrap()
    }

    /// By the control, as the brief for tests has it.
    pub(crate) async fn decide(&self, id: &str, action: &str, callback: &str) -> (StatusCode, Value) {
        let body = json!({ "action": action, "callback": callback });
        self.post_json(&format!("/control/payments/{id}"), &body).await
    }

    pub(crate) async fn post_json(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        let request = self.http.post(format!("{}{path}", self.base)).header("content-type", "application/json");
        let response = request.body(body.to_string()).send().await.unwrap();
        let status = response.status();
        (status, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap_or(Value::Null))
    }

    pub(crate) async fn get_json(&self, path: &str) -> Value {
        let bytes = self.http.get(format!("{}{path}", self.base)).send().await.unwrap().bytes().await.unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    pub(crate) fn heard(&self) -> usize {
        self.shop.heard.lock().unwrap().len()
    }

    /// Waits up to five seconds for the shop to have heard `count` callbacks.
    pub(crate) async fn until_heard(&self, count: usize) {
        for _ in 0..500 {
            if self.heard() >= count {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("heard {} callbacks, not {count}", self.heard());
    }
}
