//! What the pages of the day hear: whatever changes their numbers or passengers is told to whose day it is.
use crate::world::World;
use sapar_domain::{catalog, inventory, kernel::events::Event, testing::TourBuilder, tickets};
use sapar_shared::{Lang, dto::order::OrderStatus, money::Money, roles::Role};
use sqlx::PgPool;

const NAME: &str = "Айгүл Сәтбаева";
const PHONE: &str = "8 701 123 45 67";

/// The news since the last look that a page of somebody's day listens to.
async fn told(world: &World) -> Vec<Event> {
    let all: Vec<String> =
        sqlx::query_scalar("delete from news returning payload").fetch_all(&world.services.pool).await.expect("news");
    let mut events: Vec<Event> = all.iter().filter_map(|payload| Event::parse(payload)).collect();
    events.retain(|event| matches!(event, Event::Sale { .. } | Event::Day(_)));
    events
}

/// Runs a use case in a transaction that is committed.
macro_rules! within {
    ($world:expr, |$tx:ident| $work:expr) => {{
        let mut $tx = $world.services.pool.begin().await.expect("a transaction");
        let done = $work.await.expect("done");
        $tx.commit().await.expect("a commit");
        done
    }};
}

#[sqlx::test(migrations = "../migrations")]
async fn whatever_changes_the_day_is_told(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai").capacity(10)).await;
    let (ctx, own) = (&world.services.ctx, world.tour.organisation);
    let (owner, seller, gate) = (world.member(Role::Owner), world.member(Role::Seller), world.member(Role::Gate));
    let line = [World::line(&world.tour, world.tour.adult, 2)];

    let order = world.settled(NAME, PHONE, &line).await;
    let sale = |status| Event::Sale { organisation: own, order, status };
    assert!(told(&world).await.contains(&sale(OrderStatus::Paid)));
    // The passengers come a moment after the money.
    world.issue(order).await;
    assert_eq!(told(&world).await, [sale(OrderStatus::Paid)]);

    let codes: Vec<String> = world.detail(&owner, order).await.expect("an order").tickets.into_iter().map(|t| t.code).collect();
    within!(world, |tx| tickets::rename(&mut tx, ctx, &seller, order, &codes[0], "Ержан Әлімұлы"));
    assert_eq!(told(&world).await, [sale(OrderStatus::Paid)], "another name");
    let later = world.departure(24, 5).await;
    let another = world.paid(NAME, PHONE, &line).await;
    told(&world).await;
    within!(world, |tx| tickets::move_order(&mut tx, ctx, &seller, another, world.tour.departure, later, Money::ZERO));
    let moved = Event::Sale { organisation: own, order: another, status: OrderStatus::Paid };
    assert_eq!(told(&world).await, [moved], "handed over to another day");

    // One word for each that is let on, and in the statement that lets on.
    let mut conn = world.services.conn().await.expect("a connection");
    for (code, status) in [(&codes[0], OrderStatus::Paid), (&codes[1], OrderStatus::Completed)] {
        tickets::activate(&mut conn, ctx, &gate, code, false, Lang::Ru).await.expect("an answer");
        assert_eq!(told(&world).await, [sale(status)]);
        tickets::activate(&mut conn, ctx, &gate, code, false, Lang::Ru).await.expect("an answer");
        assert_eq!(told(&world).await, [], "a second try is no news");
    }

    within!(world, |tx| inventory::sell_elsewhere(&mut tx, ctx, &seller, world.tour.departure, 0, 3));
    assert_eq!(told(&world).await, [Event::Day(own)], "sold elsewhere");
    within!(world, |tx| catalog::refresh_listing(&mut tx, ctx, world.tour.listing));
    assert_eq!(told(&world).await, [Event::Day(own)], "departures were added, moved or called off");
}
