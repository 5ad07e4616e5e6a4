use crate::common::{TestApp, for_adults};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sapar_domain::{
    payments::{
        PaymentProvider,
        provider::{Callback, CallbackError, ProviderError, Report, StartPayment, Started, Verdict},
    },
    testing::{FakeProvider, TourBuilder},
};
use sapar_shared::Money;
use sqlx::PgPool;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// A provider whose payment pages open only when the test lets them.
struct Slow {
    inner: Arc<FakeProvider>,
    asked: Semaphore,
    may_answer: Semaphore,
}

#[async_trait]
impl PaymentProvider for Slow {
    fn name(&self) -> &'static str {
        self.inner.name()
    }

    async fn start(&self, payment: &StartPayment) -> Result<Started, ProviderError> {
        self.asked.add_permits(1);
        self.may_answer.acquire().await.unwrap().forget();
        self.inner.start(payment).await
    }

    async fn find(&self, order: &str) -> Result<Option<String>, ProviderError> {
        self.inner.find(order).await
    }

    async fn status(&self, id: &str, order: &str) -> Result<Report, ProviderError> {
        self.inner.status(id, order).await
    }

    async fn refund(&self, id: &str, amount: Option<Money>) -> Result<(), ProviderError> {
        self.inner.refund(id, amount).await
    }

    async fn cancel(&self, id: &str) -> Result<(), ProviderError> {
        self.inner.cancel(id).await
    }

    fn read_callback(&self, path: &str, fields: &[(String, String)], now: Timestamp) -> Result<Callback, CallbackError> {
        self.inner.read_callback(path, fields, now)
    }

    fn callback_reply(&self, path: &str, verdict: Verdict, description: &str, salt: &str) -> String {
        self.inner.callback_reply(path, verdict, description, salt)
    }
}

fn slow(pool: PgPool) -> (TestApp, Arc<Slow>) {
    let inner = Arc::new(FakeProvider::default());
    let slow = Arc::new(Slow { inner: inner.clone(), asked: Semaphore::new(0), may_answer: Semaphore::new(0) });
    (TestApp::with(pool, inner, Some(slow.clone()), false), slow)
}

const ORDERS: &str = "select count(*) from orders";

#[sqlx::test(migrations = "./migrations")]
async fn a_repeat_gets_the_first_answer(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let order = for_adults(&tour, 2);
    let first = app.order("key", &order).await;
    assert_eq!(first.status, 201);
    app.later(SignedDuration::from_hours(2));
    let pretty = serde_json::to_vec_pretty(&order).unwrap();
    for repeat in [app.order("key", &order).await, app.order_raw("key", pretty).await] {
        assert_eq!((repeat.status, &repeat.body), (first.status, &first.body));
        assert_eq!(repeat.header("location"), first.header("location"));
    }
    assert_eq!(app.order("key", &for_adults(&tour, 1)).await.problem(422), "idempotency_key_reused");
    assert_eq!(app.count(ORDERS).await, 1);
}

#[sqlx::test(migrations = "./migrations")]
async fn a_refusal_is_an_answer_too(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one").capacity(1)).await;
    let first = app.order("key", &for_adults(&tour, 2)).await;
    assert_eq!(first.problem(409), "sold_out");
    sqlx::query("update stock set capacity = 9").execute(&app.services.pool).await.unwrap();
    let repeat = app.order("key", &for_adults(&tour, 2)).await;
    assert_eq!((repeat.problem(409), &repeat.body), ("sold_out".into(), &first.body));
    assert_eq!(app.order("another", &for_adults(&tour, 2)).await.status, 201);
}

#[sqlx::test(migrations = "./migrations")]
async fn a_corrected_body_may_keep_its_key(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let mut wrong = for_adults(&tour, 1);
    wrong["contact"]["phone"] = "12".into();
    assert_eq!(app.order("key", &wrong).await.problem(422), "validation");
    assert_eq!(app.order("key", &for_adults(&tour, 1)).await.status, 201);
}

#[sqlx::test(migrations = "./migrations")]
async fn a_repeat_that_comes_too_soon_is_told_so(pool: PgPool) {
    let (app, provider) = slow(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let first = tokio::spawn({
        let (app, order) = (app.clone(), for_adults(&tour, 1));
        async move { app.order("key", &order).await }
    });
    provider.asked.acquire().await.unwrap().forget();
    let early = app.order("key", &for_adults(&tour, 1)).await;
    assert_eq!((early.problem(409), early.header("retry-after")), ("in_flight".into(), "1"));
    assert_eq!(app.order("key", &for_adults(&tour, 2)).await.problem(422), "idempotency_key_reused");
    provider.may_answer.add_permits(1);
    let first = first.await.unwrap();
    assert_eq!(first.status, 201);
    assert_eq!(app.order("key", &for_adults(&tour, 1)).await.body, first.body);
    assert_eq!(app.count(ORDERS).await, 1);
}

#[sqlx::test(migrations = "./migrations")]
async fn who_hangs_up_leaves_no_half_order(pool: PgPool) {
    let (app, provider) = slow(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let order = for_adults(&tour, 1);
    tokio::select! {
        answer = app.order("key", &order) => panic!("answered: {answer:?}"),
        asked = provider.asked.acquire() => asked.unwrap().forget(),
    }
    provider.may_answer.add_permits(1);
    let mut answer = app.order("key", &order).await;
    for _ in 0..500 {
        if answer.status != 409 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        answer = app.order("key", &order).await;
    }
    assert_eq!((answer.status.as_u16(), &answer.json()["payment_url"]), (201, &"https://pay.test/1".into()));
    assert_eq!(app.count(ORDERS).await, 1);
}

#[sqlx::test(migrations = "./migrations")]
async fn after_a_crash_the_order_is_found_again(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let order = for_adults(&tour, 1);
    let first = app.order("key", &order).await;
    // As the key is left by a process that died between placing and answering.
    let crash = "update idempotency_keys set status = null, body = jsonb_build_object('number', body->'number')";
    sqlx::query(crash).execute(&app.services.pool).await.unwrap();
    assert_eq!(app.order("key", &order).await.problem(409), "in_flight");
    app.later(SignedDuration::from_secs(61));
    let again = app.order("key", &order).await;
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    assert_eq!(app.count(ORDERS).await, 1);
    assert_eq!(app.provider.opened(first.json()["number"].as_str().unwrap()), 1);
}

#[sqlx::test(migrations = "./migrations")]
async fn a_double_click_places_one_order(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let order = for_adults(&tour, 1);
    let clicks = futures::future::join_all((0..6).map(|_| app.order("key", &order))).await;
    let answered: Vec<_> = clicks.iter().filter(|answer| answer.status == 201).collect();
    assert!(!answered.is_empty() && answered.iter().all(|answer| answer.body == answered[0].body));
    for early in clicks.iter().filter(|answer| answer.status != 201) {
        assert_eq!(early.problem(409), "in_flight");
    }
    assert_eq!(app.count(ORDERS).await, 1);
}

#[sqlx::test(migrations = "./migrations")]
async fn nothing_that_opens_an_order_is_kept(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    app.provider.set_down(true);
    let token = app.order("key", &for_adults(&tour, 1)).await.json()["token"].as_str().unwrap().to_owned();
    let kept: String = sqlx::query_scalar("select body::text from idempotency_keys").fetch_one(&app.services.pool).await.unwrap();
    assert!(!kept.contains(&token), "{kept}");
}
