//! FreedomPay's own signatures over a provider that does as told.
use crate::common::{Answer, TestApp};
use async_trait::async_trait;
use axum::body::Body;
use http::{Request, header};
use jiff::Timestamp;
use sapar_domain::{
    partners::CardToken,
    payments::{
        PaymentProvider, RESULT_PATH,
        provider::{
            Callback, CallbackError, CardCallback, Outcome, ProviderError, Report, StartPayment, Started, StoreCard, Verdict,
        },
    },
    testing::FakeProvider,
};
use sapar_providers::{
    FreedomPay, FreedomPayConfig,
    freedompay::{sign::Params, xml},
};
use sapar_shared::Money;
use sqlx::PgPool;
use std::{
    future::pending,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

pub(crate) const SECRET: &str = "a secret";
/// The last segment of our address, which is signed too.
pub(crate) const SCRIPT: &str = "result";

pub(crate) struct Signed {
    inner: Arc<FakeProvider>,
    real: FreedomPay,
    /// Takes every question and answers none.
    pub(crate) hangs: AtomicBool,
}

impl Signed {
    async fn reach(&self) {
        if self.hangs.load(Ordering::SeqCst) {
            pending::<()>().await;
        }
    }
}

#[async_trait]
impl PaymentProvider for Signed {
    fn name(&self) -> &'static str {
        self.real.name()
    }

    async fn start(&self, payment: &StartPayment) -> Result<Started, ProviderError> {
        self.reach().await;
        self.inner.start(payment).await
    }

    async fn find(&self, order: &str) -> Result<Option<String>, ProviderError> {
        self.reach().await;
        self.inner.find(order).await
    }

    async fn status(&self, id: &str, order: &str) -> Result<Report, ProviderError> {
        self.reach().await;
        self.inner.status(id, order).await
    }

    async fn refund(&self, id: &str, amount: Option<Money>) -> Result<(), ProviderError> {
        self.reach().await;
        self.inner.refund(id, amount).await
    }

    async fn cancel(&self, id: &str) -> Result<(), ProviderError> {
        self.reach().await;
        self.inner.cancel(id).await
    }

    fn read_callback(&self, path: &str, fields: &[(String, String)], now: Timestamp) -> Result<Callback, CallbackError> {
        self.real.read_callback(path, fields, now)
    }

    async fn store_card(&self, card: &StoreCard) -> Result<String, ProviderError> {
        self.reach().await;
        self.inner.store_card(card).await
    }

    async fn remove_card(&self, customer: &str, token: &CardToken) -> Result<(), ProviderError> {
        self.reach().await;
        self.inner.remove_card(customer, token).await
    }

    fn read_card_callback(&self, path: &str, fields: &[(String, String)]) -> Result<CardCallback, CallbackError> {
        self.real.read_card_callback(path, fields)
    }

    fn callback_reply(&self, path: &str, verdict: Verdict, description: &str, salt: &str) -> String {
        self.real.callback_reply(path, verdict, description, salt)
    }
}

pub(crate) fn app(pool: PgPool) -> (TestApp, Arc<Signed>) {
    let inner = Arc::new(FakeProvider::default());
    let config = FreedomPayConfig {
        base_url: "http://127.0.0.1:9".into(),
        merchant_id: "500123".into(),
        secret: SECRET.into(),
        testing: true,
        timeout: Duration::from_secs(1),
        pause: Duration::ZERO,
        shortest_lifetime: 1,
    };
    let real = FreedomPay::new(config).unwrap();
    let signed = Arc::new(Signed { inner: inner.clone(), real, hangs: AtomicBool::new(false) });
    (TestApp::with(pool, inner, Some(signed.clone()), false), signed)
}

/// What FreedomPay says of a decided payment, not signed yet.
pub(crate) fn told(report: &Report) -> Params {
    let paid = report.outcome == Outcome::Succeeded;
    Params::new()
        .with("pg_order_id", &report.order_number)
        .with("pg_payment_id", &report.provider_payment_id)
        .with_some("pg_amount", report.amount.map(Money::decimal))
        .with_some("pg_currency", report.currency.as_deref())
        .with("pg_result", if paid { "1" } else { "0" })
        .with_some("pg_captured", paid.then_some("1"))
        .with_some("pg_failure_description", report.failure.as_deref())
        .with("pg_can_reject", "1")
        .with("pg_salt", "salt")
}

pub(crate) fn encoded(params: &Params) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(params.to_form()).finish()
}

/// The body of a callback as FreedomPay signs it.
pub(crate) fn callback(report: &Report) -> String {
    encoded(&told(report).signed(SCRIPT, SECRET))
}

pub(crate) async fn call(app: &TestApp, body: impl Into<Body>) -> Answer {
    let request = Request::post(RESULT_PATH).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    app.send(request.body(body.into()).unwrap()).await
}

/// Our signed word on a callback.
#[track_caller]
pub(crate) fn verdict(answer: &Answer) -> String {
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/xml; charset=utf-8"));
    let reply = xml::read(&answer.body).unwrap();
    assert!(reply.verify(SCRIPT, SECRET), "{}", answer.text());
    reply.get("pg_status").unwrap().to_owned()
}
