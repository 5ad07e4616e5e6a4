//! What the provider says, and how often.
use crate::world::{World, futures_of};
use jiff::SignedDuration;
use sapar_domain::{
    payments::{
        self, Settled, Source,
        provider::{Outcome, Report},
    },
    testing::TourBuilder,
};
use sapar_shared::{Money, dto::order::OrderStatus};
use sqlx::PgPool;

#[sqlx::test(migrations = "../migrations")]
async fn a_paid_order_has_tickets_postings_and_sold_places(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai").child_quota(3)).await;
    let placed = world.place(&[world.line(world.tour.adult, 2), world.line(world.tour.child, 1)]).await.expect("places");
    assert_eq!(placed.total, Money::from_tenge(25_000));
    assert_eq!(world.stock().await, (3, 0));
    let url = world.start(&placed).await.expect("a payment page");
    assert_eq!(world.view(&placed).await.payment_url.as_deref(), Some(url.as_str()));
    let report = world.provider.decide(&placed.number, Outcome::Succeeded);
    assert_eq!(world.settle(&report, Source::Callback).await, Settled::Paid);
    assert_eq!(world.stock().await, (0, 3));
    assert_eq!(world.balance().await, Money::from_tenge(-25_000), "we owe the partner what was sold");
    world.issue(&placed).await;
    world.issue(&placed).await;
    let order = world.view(&placed).await;
    assert_eq!((order.status, order.tickets.len()), (OrderStatus::Paid, 3), "issuing twice makes no more tickets");
}

#[sqlx::test(migrations = "../migrations")]
async fn whichever_report_comes_first_settles_once(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let placed = world.place(&[world.line(world.tour.adult, 1)]).await.expect("places");
    world.start(&placed).await;
    let report = world.provider.decide(&placed.number, Outcome::Succeeded);
    payments::poll(&world.services, &placed.token).await.expect("the return page asks");
    assert_eq!(world.settle(&report, Source::Callback).await, Settled::Repeat);
    assert_eq!(world.settle(&report, Source::Poll).await, Settled::Repeat);
    assert_eq!((world.stock().await, world.balance().await), ((0, 1), Money::from_tenge(-10_000)));
}

#[sqlx::test(migrations = "../migrations")]
async fn reports_at_once_settle_once(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let placed = world.place(&[world.line(world.tour.adult, 1)]).await.expect("places");
    world.start(&placed).await;
    let report = world.provider.decide(&placed.number, Outcome::Succeeded);
    let all = futures_of(8, || world.settle(&report, Source::Callback)).await;
    assert_eq!(all.iter().filter(|s| **s == Settled::Paid).count(), 1, "{all:?}");
    assert_eq!(world.stock().await, (0, 1));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_callback_over_another_amount_is_not_believed(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let placed = world.place(&[world.line(world.tour.adult, 1)]).await.expect("places");
    world.start(&placed).await;
    let report = world.provider.decide(&placed.number, Outcome::Succeeded);
    for wrong in [
        Report { amount: Some(Money::from_tenge(1)), ..report.clone() },
        Report { amount: None, ..report.clone() },
        Report { currency: Some("USD".into()), ..report.clone() },
    ] {
        assert_eq!(world.settle(&wrong, Source::Callback).await, Settled::Mismatch);
    }
    let foreign = Report { provider_payment_id: "999".into(), ..report.clone() };
    assert_eq!(world.settle(&foreign, Source::Callback).await, Settled::Unknown);
    assert_eq!(world.view(&placed).await.status, OrderStatus::AwaitingPayment);
    assert_eq!(world.settle(&report, Source::Callback).await, Settled::Paid);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_declined_card_may_try_again(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let placed = world.place(&[world.line(world.tour.adult, 1)]).await.expect("places");
    let first = world.start(&placed).await;
    assert_eq!(world.start(&placed).await, first, "a double click opens one payment");
    assert_eq!(world.provider.opened(&placed.number), 1);
    let report = world.provider.decide(&placed.number, Outcome::Failed);
    assert_eq!(world.settle(&report, Source::Callback).await, Settled::Failed);
    let order = world.view(&placed).await;
    assert_eq!((order.status, order.payment_url), (OrderStatus::AwaitingPayment, None));
    assert!(order.failure.is_some());
    assert_ne!(world.start(&placed).await, first);
    let report = world.provider.decide(&placed.number, Outcome::Succeeded);
    assert_eq!(world.settle(&report, Source::Callback).await, Settled::Paid);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_lost_callback_is_made_up_for_by_the_clock(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let placed = world.place(&[world.line(world.tour.adult, 1)]).await.expect("places");
    world.start(&placed).await;
    world.provider.decide(&placed.number, Outcome::Succeeded);
    assert_eq!(payments::poll_due(&world.services).await.expect("not yet"), 0);
    world.clock.advance(SignedDuration::from_secs(11));
    assert_eq!(payments::poll_due(&world.services).await.expect("its turn"), 1);
    assert_eq!(world.view(&placed).await.status, OrderStatus::Paid);
    world.clock.advance(SignedDuration::from_hours(1));
    assert_eq!(payments::poll_due(&world.services).await.expect("no more"), 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn an_unreachable_provider_keeps_the_hold(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let placed = world.place(&[world.line(world.tour.adult, 1)]).await.expect("places");
    world.provider.set_down(true);
    assert_eq!(world.start(&placed).await, None);
    world.provider.set_down(false);
    assert!(world.start(&placed).await.is_some());
    world.provider.set_down(true);
    world.clock.advance(SignedDuration::from_mins(61));
    payments::expire_due(&world.services).await.expect("it waits");
    assert_eq!(world.stock().await, (1, 0), "the customer may have paid: the hold outlives its hour");
    world.clock.advance(SignedDuration::from_mins(20));
    payments::expire_due(&world.services).await.expect("it gives up");
    assert_eq!(world.stock().await, (0, 0));
}
