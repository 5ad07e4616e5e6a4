//! At the bus.
use crate::world::{World, actor, futures_of};
use jiff::SignedDuration;
use sapar_domain::{accounts::Actor, testing::TourBuilder, tickets};
use sapar_shared::{
    Lang,
    dto::{
        order::OrderStatus,
        partner::{Activation, Look},
    },
};
use sqlx::PgPool;
use uuid::Uuid;

#[sqlx::test(migrations = "../migrations")]
async fn the_gate_lets_each_ticket_on_once(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let placed = world.paid(3).await;
    let codes: Vec<String> = world.view(&placed).await.tickets.into_iter().map(|t| t.code).collect();
    let activate = async |by: Actor, code: String, whole: bool| {
        let mut tx = world.services.pool.begin().await.expect("a transaction");
        let done = tickets::activate(&mut tx, &world.services.ctx, &by, &code, whole, Lang::Ru).await.expect("an answer");
        tx.commit().await.expect("a commit");
        done
    };
    assert!(matches!(activate(world.gate(), codes[0].clone(), false).await, Activation::WrongDay { .. }));
    world.clock.advance(SignedDuration::from_hours(24 * 7));
    assert_eq!(activate(actor(Uuid::from_u128(5).into()), codes[0].clone(), false).await, Activation::Unknown, "a foreign gate");
    let both = futures_of(2, || activate(world.gate(), codes[0].clone(), false)).await;
    assert_eq!(both.iter().filter(|a| matches!(a, Activation::Activated { count: 1, .. })).count(), 1);
    assert!(
        both.iter().any(|a| matches!(a, Activation::Already { ticket } if ticket.activated_by.as_deref() == Some("Айгерім")))
    );
    assert!(
        matches!(activate(world.gate(), codes[0].clone(), true).await, Activation::Activated { count: 2, .. }),
        "the rest of the order"
    );
    assert!(matches!(activate(world.gate(), codes[1].to_lowercase(), false).await, Activation::Already { .. }));
    assert_eq!(world.view(&placed).await.status, OrderStatus::Completed);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_scanned_address_is_believed_only_when_we_signed_it(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let placed = world.paid(1).await;
    let mut conn = world.services.conn().await.expect("a connection");
    let order = world.view(&placed).await.id;
    let paper = tickets::paper(&mut conn, &world.services.ctx, order).await.expect("a look").expect("paper");
    let url = paper.tickets[0].qr_url.clone();
    let look = async |typed: &str| {
        let mut conn = world.services.conn().await.expect("a connection");
        tickets::look(&mut conn, &world.services.ctx, &world.gate(), typed, Lang::Ru).await.expect("an answer")
    };
    assert!(matches!(look(&url).await, Look::Ticket(ticket) if ticket.code == paper.tickets[0].code));
    let forged = format!("{}{}", &url[..url.len() - 1], if url.ends_with('A') { 'Q' } else { 'A' });
    assert_eq!(look(&forged).await, Look::Unknown);
    assert_eq!(look("https://sapar.test/t/").await, Look::Unknown);
    // Another organisation's gate is told so by our signature; a typed code tells it nothing.
    let stranger = actor(Uuid::from_u128(5).into());
    for (typed, seen, done) in
        [(&url, Look::Foreign, Activation::Foreign), (&paper.tickets[0].code, Look::Unknown, Activation::Unknown)]
    {
        let (ctx, lang) = (&world.services.ctx, Lang::Ru);
        assert_eq!(tickets::look(&mut conn, ctx, &stranger, typed, lang).await.expect("an answer"), seen);
        assert_eq!(tickets::activate(&mut conn, ctx, &stranger, typed, false, lang).await.expect("an answer"), done);
    }
}
