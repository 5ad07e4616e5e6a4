//! A provider that answers late, or whose answers get lost on their way.
use crate::world::{World, futures_of};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sapar_domain::{
    orders::OrderError,
    payments::{
        self, PaymentError, PaymentProvider, Settled, Source,
        provider::{Callback, CallbackError, Outcome, ProviderError, Report, StartPayment, Started, Verdict},
    },
    testing::{FakeProvider, TourBuilder},
};
use sapar_shared::{Money, dto::order::OrderStatus};
use sqlx::PgPool;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use tokio::sync::Semaphore;

/// Carries everything out. Its answers about starting wait while `slow`; with `deaf`, no answer arrives.
struct Far {
    inner: Arc<FakeProvider>,
    deaf: AtomicBool,
    slow: AtomicBool,
    asked: Semaphore,
    may_answer: Semaphore,
    /// The customer pays this order in the moment before its page is closed.
    paid_before_closing: Option<String>,
}

impl Far {
    fn lose<T>(&self, answer: T) -> Result<T, ProviderError> {
        if self.deaf.load(Ordering::SeqCst) { Err(ProviderError::Unreachable("the answer got lost".into())) } else { Ok(answer) }
    }
}

#[async_trait]
impl PaymentProvider for Far {
    fn name(&self) -> &'static str {
        self.inner.name()
    }

    async fn start(&self, payment: &StartPayment) -> Result<Started, ProviderError> {
        let started = self.inner.start(payment).await?;
        if self.slow.load(Ordering::SeqCst) {
            self.asked.add_permits(1);
            self.may_answer.acquire().await.expect("a semaphore").forget();
        }
        self.lose(started)
    }

    async fn find(&self, order: &str) -> Result<Option<String>, ProviderError> {
        let found = self.inner.find(order).await?;
        self.lose(found)
    }

    async fn status(&self, id: &str, order: &str) -> Result<Report, ProviderError> {
        let report = self.inner.status(id, order).await?;
        self.lose(report)
    }

    async fn refund(&self, id: &str, amount: Option<Money>) -> Result<(), ProviderError> {
        self.inner.refund(id, amount).await?;
        self.lose(())
    }

    async fn cancel(&self, id: &str) -> Result<(), ProviderError> {
        let slipped_in = self.paid_before_closing.as_ref().and_then(|order| self.inner.try_decide(order, Outcome::Succeeded));
        if slipped_in.is_none() {
            self.inner.cancel(id).await?;
        }
        self.lose(())
    }

    fn read_callback(&self, path: &str, fields: &[(String, String)], now: Timestamp) -> Result<Callback, CallbackError> {
        self.inner.read_callback(path, fields, now)
    }

    fn callback_reply(&self, path: &str, verdict: Verdict, description: &str, salt: &str) -> String {
        self.inner.callback_reply(path, verdict, description, salt)
    }
}

fn put_far(world: &mut World, paid_before_closing: Option<String>) -> Arc<Far> {
    let far = Arc::new(Far {
        inner: world.provider.clone(),
        deaf: AtomicBool::new(false),
        slow: AtomicBool::new(false),
        asked: Semaphore::new(0),
        may_answer: Semaphore::new(0),
        paid_before_closing,
    });
    world.services.payments = far.clone();
    far
}

#[sqlx::test(migrations = "../migrations")]
async fn lost_answers_are_asked_for_again_and_nothing_is_done_twice(pool: PgPool) {
    let mut world = World::new(pool, TourBuilder::new("kolsai")).await;
    let far = put_far(&mut world, None);
    let placed = world.place(&[world.line(world.tour.adult, 2)]).await.expect("places");
    far.deaf.store(true, Ordering::SeqCst);
    assert_eq!(world.start(&placed).await, None, "the hold stands, the customer may try again");
    far.deaf.store(false, Ordering::SeqCst);
    assert_eq!(world.start(&placed).await.as_deref(), Some("https://pay.test/1"));
    assert_eq!(world.provider.opened(&placed.number), 1);
    let report = world.provider.decide(&placed.number, Outcome::Succeeded);
    assert_eq!(world.settle(&report, Source::Callback).await, Settled::Paid);
    world.issue(&placed).await;

    far.deaf.store(true, Ordering::SeqCst);
    assert_eq!(world.cancel(&placed).await.expect("given back"), OrderStatus::Refunded);
    assert_eq!(world.try_payment_jobs().await, 1, "we do not know that the money went back");
    far.deaf.store(false, Ordering::SeqCst);
    world.clock.advance(SignedDuration::from_mins(5));
    assert_eq!(world.try_payment_jobs().await, 0);
    assert_eq!((world.provider.refunded(&placed.number), world.balance().await), (1, Money::ZERO));
    assert_eq!(world.settle(&report, Source::Callback).await, Settled::Repeat);
}

#[sqlx::test(migrations = "../migrations")]
async fn double_clicks_wait_for_one_payment_page(pool: PgPool) {
    let mut world = World::new(pool, TourBuilder::new("kolsai")).await;
    let far = put_far(&mut world, None);
    far.slow.store(true, Ordering::SeqCst);
    let placed = world.place(&[world.line(world.tour.adult, 1)]).await.expect("places");
    far.may_answer.add_permits(4);
    let pages = futures_of(4, || world.start(&placed)).await;
    assert!(pages.iter().all(|page| page.as_deref() == Some("https://pay.test/1")), "{pages:?}");
    assert_eq!(world.provider.opened(&placed.number), 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_is_sent_to_pay_for_an_order_given_up_meanwhile(pool: PgPool) {
    let mut world = World::new(pool, TourBuilder::new("kolsai")).await;
    let far = put_far(&mut world, None);
    far.slow.store(true, Ordering::SeqCst);
    let placed = world.place(&[world.line(world.tour.adult, 1)]).await.expect("places");
    let given_up = async {
        far.asked.acquire().await.expect("a semaphore").forget();
        assert_eq!(world.cancel(&placed).await.expect("given up"), OrderStatus::Cancelled);
        assert_eq!(world.try_payment_jobs().await, 0);
        far.may_answer.add_permits(1);
    };
    let (page, ()) = futures::join!(payments::start(&world.services, &placed.token, None), given_up);
    assert!(matches!(page, Err(PaymentError::Order(OrderError::NotOpen(OrderStatus::Cancelled)))), "{page:?}");
    world.try_payment_jobs().await;
    assert_eq!(world.provider.cancelled(&placed.number), 1, "and its page is closed");
}

#[sqlx::test(migrations = "../migrations")]
async fn money_that_slips_in_while_the_page_is_closed_is_not_lost(pool: PgPool) {
    let mut world = World::new(pool, TourBuilder::new("kolsai")).await;
    let placed = world.place(&[world.line(world.tour.adult, 1)]).await.expect("places");
    put_far(&mut world, Some(placed.number.clone()));
    world.start(&placed).await.expect("a payment page");
    assert_eq!(world.cancel(&placed).await.expect("given up"), OrderStatus::Cancelled);
    world.try_payment_jobs().await;
    assert_eq!(world.view(&placed).await.status, OrderStatus::Paid, "the customer paid and its place was free");
    assert_eq!((world.stock().await, world.provider.kept(&placed.number)), ((0, 1), 1));
}

#[sqlx::test(migrations = "../migrations")]
async fn money_paid_on_a_page_whose_opening_was_cut_off_is_found(pool: PgPool) {
    let mut world = World::new(pool, TourBuilder::new("kolsai")).await;
    let far = put_far(&mut world, None);
    let (paid, left) = (
        world.place(&[world.line(world.tour.adult, 1)]).await.expect("places"),
        world.place(&[world.line(world.tour.adult, 1)]).await.expect("places"),
    );
    far.deaf.store(true, Ordering::SeqCst);
    for order in [&paid, &left] {
        assert_eq!(world.start(order).await, None, "the answer with the payment's id got lost");
    }
    far.deaf.store(false, Ordering::SeqCst);
    world.provider.decide(&paid.number, Outcome::Succeeded);
    world.clock.advance(SignedDuration::from_mins(61));
    assert_eq!(payments::expire_due(&world.services).await.expect("holds end"), 2);
    assert_eq!(world.view(&paid).await.status, OrderStatus::Paid);
    assert_eq!(world.view(&left).await.status, OrderStatus::Expired);
    assert_eq!(world.try_payment_jobs().await, 0);
    assert_eq!(world.provider.cancelled(&left.number), 1, "nobody may pay there any more");
    assert_eq!((world.provider.kept(&paid.number), world.provider.kept(&left.number)), (1, 0));
}
