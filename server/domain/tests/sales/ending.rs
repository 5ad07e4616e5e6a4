//! Holds that end, money that comes late, orders given back.
use crate::world::World;
use jiff::SignedDuration;
use sapar_domain::{
    orders::OrderError,
    payments::{self, PaymentError, Settled, Source, provider::Outcome},
    testing::TourBuilder,
};
use sapar_shared::{
    Money,
    dto::order::{OrderStatus, TicketStatus},
};
use sqlx::PgPool;

#[sqlx::test(migrations = "../migrations")]
async fn an_unpaid_hold_ends_after_an_hour_and_not_before(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let placed = world.place(&[world.line(world.tour.adult, 2)]).await.expect("places");
    world.start(&placed).await;
    world.clock.advance(SignedDuration::from_mins(59));
    payments::expire_due(&world.services).await.expect("nothing is due");
    assert_eq!(world.stock().await, (2, 0));
    world.clock.advance(SignedDuration::from_mins(1));
    payments::expire_due(&world.services).await.expect("it expires");
    assert_eq!((world.stock().await, world.view(&placed).await.status), ((0, 0), OrderStatus::Expired));
    assert!(world.provider.asked() > 0, "the provider is asked once more");
    world.run_payment_jobs().await;
    assert_eq!(world.provider.cancelled(&placed.number), 1, "its page is closed");
}

#[sqlx::test(migrations = "../migrations")]
async fn money_that_nobody_told_us_of_is_found_before_expiry(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let placed = world.place(&[world.line(world.tour.adult, 1)]).await.expect("places");
    world.start(&placed).await;
    world.provider.decide(&placed.number, Outcome::Succeeded);
    world.clock.advance(SignedDuration::from_hours(1));
    payments::expire_due(&world.services).await.expect("it asks");
    assert_eq!((world.stock().await, world.view(&placed).await.status), ((0, 1), OrderStatus::Paid));
}

#[sqlx::test(migrations = "../migrations")]
async fn late_money_finds_its_places_again_or_goes_back(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai").capacity(1)).await;
    let late = async || {
        let placed = world.place(&[world.line(world.tour.adult, 1)]).await.expect("a place");
        world.start(&placed).await;
        world.clock.advance(SignedDuration::from_hours(2));
        payments::expire_due(&world.services).await.expect("it expires");
        placed
    };
    let (first, second) = (late().await, late().await);
    let report = world.provider.decide(&first.number, Outcome::Succeeded);
    assert_eq!(world.settle(&report, Source::Callback).await, Settled::Paid, "the place is free again");
    let report = world.provider.decide(&second.number, Outcome::Succeeded);
    assert_eq!(world.settle(&report, Source::Callback).await, Settled::GoesBack);
    let order = world.view(&second).await;
    assert_eq!((order.status, order.late_money_returned), (OrderStatus::Expired, true));
    world.run_payment_jobs().await;
    world.run_payment_jobs().await;
    assert_eq!((world.provider.refunded(&second.number), world.provider.refunded(&first.number)), (1, 0));
    assert_eq!(world.stock().await, (0, 1));
}

#[sqlx::test(migrations = "../migrations")]
async fn cancelling_gives_back_places_and_money_while_that_is_free(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let unpaid = world.place(&[world.line(world.tour.adult, 1)]).await.expect("places");
    assert_eq!(world.cancel(&unpaid).await.expect("given up"), OrderStatus::Cancelled);
    let paid = world.paid(2).await;
    assert_eq!(world.cancel(&paid).await.expect("given back"), OrderStatus::Refunded);
    assert_eq!(world.cancel(&paid).await.expect("pressed twice"), OrderStatus::Refunded);
    world.run_payment_jobs().await;
    assert_eq!((world.stock().await, world.balance().await, world.provider.refunded(&paid.number)), ((0, 0), Money::ZERO, 1));
    assert!(world.view(&paid).await.tickets.iter().all(|t| t.status == TicketStatus::Void));
    let late = world.paid(1).await;
    world.clock.advance(SignedDuration::from_hours(24 * 6));
    assert!(matches!(world.cancel(&late).await, Err(PaymentError::Order(OrderError::TooLate))));
}
