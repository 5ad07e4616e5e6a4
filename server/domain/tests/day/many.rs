//! The tickets of several orders at once.
use crate::world::World;
use jiff::SignedDuration;
use sapar_domain::{orders::DeskError, testing::TourBuilder, tickets};
use sapar_shared::{
    dto::desk::{DeskRefusal, MOST_AT_ONCE, ResentMany},
    roles::Role,
};
use sqlx::PgPool;

const NAME: &str = "Айгүл Сәтбаева";
const PHONE: &str = "8 701 123 45 67";
const AGAIN: &str = "select count(*) from jobs where name = 'mail_again'";

#[sqlx::test(migrations = "../migrations")]
async fn what_is_refused_to_one_keeps_no_other_back(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai").capacity(20)).await;
    let seller = world.member(Role::Seller);
    let line = [World::line(&world.tour, world.tour.adult, 1)];
    let (first, second) = (world.paid(NAME, PHONE, &line).await, world.paid(NAME, PHONE, &line).await);
    let number = world.place(NAME, PHONE, &line).await.number;
    let unpaid = world.found(&seller, &number).await[0];
    let cash = world.sell(&seller, &world.sale(1, 1)).await.expect("a sale");
    let mixed = [line[0], World::line(&world.other, world.other.adult, 1)];
    let mixed = world.paid(NAME, PHONE, &mixed).await;
    let foreign = world.paid(NAME, PHONE, &[World::line(&world.other, world.other.adult, 1)]).await;

    let ids = [first, unpaid, cash, mixed, foreign, second, first];
    let done = tickets::resend_many(&world.services, &seller, &ids, true, false).await.expect("an answer");
    let refused = vec![
        (unpaid, Some(DeskRefusal::NotPaid)),
        (cash, Some(DeskRefusal::NoAddress)),
        (mixed, Some(DeskRefusal::SoldByOthers)),
        (foreign, Some(DeskRefusal::SoldByOthers)),
    ];
    assert_eq!(done, ResentMany { sent: vec![first, second], refused });
    assert_eq!(world.count(AGAIN).await, 2, "each once, however often it was named");

    // Each keeps its own limits.
    let again = tickets::resend_many(&world.services, &seller, &[first], true, false).await.expect("an answer");
    assert_eq!(again.refused, [(first, Some(DeskRefusal::JustSent))]);
    world.clock.advance(SignedDuration::from_secs(31));
    let later = tickets::resend_many(&world.services, &seller, &[first], false, true).await.expect("an answer");
    assert_eq!(later.sent, [first]);
    assert_eq!(world.count(AGAIN).await, 2, "by SMS now");
}

#[sqlx::test(migrations = "../migrations")]
async fn whoever_may_not_serve_sends_nothing_and_nobody_sends_a_thousand(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let order = world.paid(NAME, PHONE, &[World::line(&world.tour, world.tour.adult, 1)]).await;
    for by in [world.member(Role::Accountant), world.member(Role::Gate)] {
        let done = tickets::resend_many(&world.services, &by, &[order], true, false).await;
        assert!(matches!(done, Err(DeskError::Forbidden(_))), "{done:?}");
    }
    let stranger = tickets::resend_many(&world.services, &world.stranger(), &[order], true, false).await.expect("an answer");
    assert_eq!(stranger.refused, [(order, Some(DeskRefusal::SoldByOthers))]);
    let many = [order; MOST_AT_ONCE + 1];
    let done = tickets::resend_many(&world.services, &world.member(Role::Owner), &many, true, false).await;
    assert!(matches!(done, Err(DeskError::Refused(DeskRefusal::TooMany))), "{done:?}");
    assert_eq!(world.count(AGAIN).await, 0);
}
