//! What is done for a customer.
use crate::world::World;
use jiff::SignedDuration;
use sapar_domain::{
    orders::{self, DeskError},
    testing::TourBuilder,
    tickets,
};
use sapar_shared::{
    Lang, Money,
    dto::{
        desk::{DeskRefusal, Happening},
        partner::{Activation, Look},
    },
    roles::Role,
};
use sqlx::PgPool;

const NAME: &str = "Айгүл Сәтбаева";
const PHONE: &str = "8 701 123 45 67";

/// Runs a use case in a transaction that is committed when it did something.
macro_rules! within {
    ($world:expr, |$tx:ident| $work:expr) => {{
        let mut $tx = $world.services.pool.begin().await.expect("a transaction");
        let done = $work.await;
        if done.is_ok() {
            $tx.commit().await.expect("a commit");
        }
        done
    }};
}

#[sqlx::test(migrations = "../migrations")]
async fn moving_an_order_keeps_the_sums_of_stock(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai").capacity(5)).await;
    let seller = world.member(Role::Seller);
    let (from, ctx) = (world.tour.departure, &world.services.ctx);
    let order = world.paid(NAME, PHONE, &[World::line(&world.tour, world.tour.adult, 2)]).await;
    let (full, to) = (world.departure(24, 1).await, world.departure(48, 2).await);
    let before = world.detail(&seller, order).await.expect("an order");
    let paper = tickets::paper(&mut world.services.conn().await.expect("a connection"), ctx, order)
        .await
        .expect("a look")
        .expect("paper");

    let refused = within!(world, |tx| tickets::move_order(&mut tx, ctx, &seller, order, from, full, Money::ZERO));
    assert!(matches!(refused, Err(DeskError::Refused(DeskRefusal::SoldOut { left: 1 }))), "{refused:?}");
    assert_eq!((world.stock(from).await, world.stock(full).await), ((0, 2, 0), (0, 0, 0)));

    let foreign =
        within!(world, |tx| tickets::move_order(&mut tx, ctx, &seller, order, from, world.other.departure, Money::ZERO));
    assert!(matches!(foreign, Err(DeskError::Refused(DeskRefusal::NoDeparture))));

    let moved = within!(world, |tx| tickets::move_order(&mut tx, ctx, &seller, order, from, to, Money::ZERO));
    assert_eq!(moved.expect("moved"), Money::ZERO);
    assert_eq!((world.stock(from).await, world.stock(to).await), ((0, 0, 0), (0, 2, 0)));
    let after = world.detail(&seller, order).await.expect("an order");
    assert!(after.tickets.iter().all(|ticket| ticket.departure_id == to));
    let codes = |detail: &sapar_shared::dto::desk::OrderDetail| detail.tickets.iter().map(|t| t.code.clone()).collect::<Vec<_>>();
    assert_eq!(codes(&before), codes(&after), "tickets keep their codes");
    assert!(matches!(after.history[0].what, Happening::Moved { difference: Money::ZERO, .. }));
    let mut conn = world.services.conn().await.expect("a connection");
    let renewed = tickets::paper(&mut conn, ctx, order).await.expect("a look").expect("paper");
    assert_ne!(paper.tickets[0].qr_url, renewed.tickets[0].qr_url, "signed with the new departure");
    assert_eq!(tickets::papers_version(&mut conn, order).await.expect("a version"), 1);
    let told = "select count(*) from jobs where name in ('mail_again', 'text_again') and payload -> 'moved' ->> 1 is not null";
    assert_eq!(world.count(told).await, 2, "by mail and by SMS, with both days");
    // Whoever still holds the old paper is told where the ticket is now.
    let look = tickets::look(&mut conn, ctx, &seller, &paper.tickets[0].qr_url, Lang::Ru).await.expect("a look");
    assert!(matches!(look, Look::Ticket(ticket) if ticket.departure_id == to && !ticket.right_day));
}

#[sqlx::test(migrations = "../migrations")]
async fn dearer_places_want_their_difference(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let (seller, ctx, from) = (world.member(Role::Seller), &world.services.ctx, world.tour.departure);
    let order = world.paid(NAME, PHONE, &[World::line(&world.tour, world.tour.adult, 2)]).await;
    let to = world.departure(24, 5).await;
    let price = async |tenge: i64| {
        sqlx::query("update ticket_types set price = $2 where id = $1")
            .bind(world.tour.adult.0)
            .bind(tenge * 100)
            .execute(&world.services.pool)
            .await
            .expect("a price");
    };
    price(12_000).await;
    let difference = Money::from_tenge(4_000);
    let targets = within!(world, |tx| tickets::move_targets(&mut tx, ctx, &seller, order, from)).expect("targets");
    assert!(matches!(&targets[..], [target] if target.departure_id == to && target.difference == difference && target.free == 5));
    let refused = within!(world, |tx| tickets::move_order(&mut tx, ctx, &seller, order, from, to, Money::ZERO));
    assert!(matches!(refused, Err(DeskError::Refused(DeskRefusal::CostsMore { difference: more })) if more == difference));
    let moved = within!(world, |tx| tickets::move_order(&mut tx, ctx, &seller, order, from, to, difference));
    assert_eq!(moved.expect("moved"), difference);
    let detail = world.detail(&seller, order).await.expect("an order");
    assert_eq!(detail.total, Money::from_tenge(20_000), "what was paid stays what was paid");
    assert!(matches!(detail.history[0].what, Happening::Moved { difference: more, .. } if more == difference));
    let owner = world.member(Role::Owner);
    let mut conn = world.services.conn().await.expect("a connection");
    let day = orders::attention(&mut conn, ctx, &owner, Lang::Ru).await.expect("an answer");
    assert_eq!((day.online, day.cash), (Money::from_tenge(20_000), difference), "what was handed over is the day's cash");
    price(9_000).await;
    let back = within!(world, |tx| tickets::move_order(&mut tx, ctx, &seller, order, to, from, Money::ZERO));
    assert_eq!(back.expect("moved back"), Money::from_tenge(-6_000), "a lower price is written down");
    let day = orders::attention(&mut conn, ctx, &owner, Lang::Ru).await.expect("an answer");
    assert_eq!(day.cash, difference, "what is to be given back is no cash of the day");
    world.clock.advance(SignedDuration::from_hours(24));
    let day = orders::attention(&mut conn, ctx, &owner, Lang::Ru).await.expect("an answer");
    assert_eq!(day.cash, Money::ZERO, "another day");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_name_changes_until_it_is_used(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let (seller, ctx) = (world.member(Role::Seller), &world.services.ctx);
    let order = world.paid(NAME, PHONE, &[World::line(&world.tour, world.tour.adult, 2)]).await;
    let codes: Vec<String> = world.detail(&seller, order).await.expect("an order").tickets.into_iter().map(|t| t.code).collect();
    let name = async |code: &str, name: &str| within!(world, |tx| tickets::rename(&mut tx, ctx, &seller, order, code, name));
    name(&codes[0], " Дана  Ким ").await.expect("renamed");
    let detail = world.detail(&seller, order).await.expect("an order");
    assert_eq!((detail.tickets[0].holder.as_str(), detail.tickets[1].holder.as_str()), ("Дана Ким", NAME));
    assert!(matches!(&detail.history[0].what, Happening::Renamed { from, to, .. } if from == NAME && to == "Дана Ким"));
    assert!(matches!(name(&codes[0], "1").await, Err(DeskError::Refused(DeskRefusal::Name))));
    assert!(matches!(name("7K2M9QXA03TB", "Дана Ким").await, Err(DeskError::NotFound)));
    let mut conn = world.services.conn().await.expect("a connection");
    let gate = world.member(Role::Gate);
    let used = tickets::activate(&mut conn, ctx, &gate, &codes[1], false, Lang::Ru).await.expect("an answer");
    assert!(matches!(used, Activation::Activated { count: 1, .. }));
    assert!(matches!(name(&codes[1], "Дана Ким").await, Err(DeskError::Refused(DeskRefusal::Used))));
    let detail = world.detail(&seller, order).await.expect("an order");
    assert_eq!(detail.history[0].what, Happening::Activated { count: 1 });
    // Of an order with a used ticket nothing is moved.
    let to = world.departure(24, 5).await;
    let moved = within!(world, |tx| tickets::move_order(&mut tx, ctx, &seller, order, world.tour.departure, to, Money::ZERO));
    assert!(matches!(moved, Err(DeskError::Refused(DeskRefusal::Used))));
}

#[sqlx::test(migrations = "../migrations")]
async fn tickets_are_sent_again_but_not_for_ever(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let (seller, ctx) = (world.member(Role::Seller), &world.services.ctx);
    let order = world.paid(NAME, PHONE, &[World::line(&world.tour, world.tour.adult, 1)]).await;
    for _ in 0..5 {
        within!(world, |tx| tickets::resend(&mut tx, ctx, &seller, order, true, true)).expect("sent");
        let twice = within!(world, |tx| tickets::resend(&mut tx, ctx, &seller, order, false, true));
        assert!(matches!(twice, Err(DeskError::Refused(DeskRefusal::JustSent | DeskRefusal::TooOften))), "{twice:?}");
        world.clock.advance(SignedDuration::from_secs(31));
    }
    assert_eq!(world.count("select count(*) from jobs where name in ('mail_again', 'text_again')").await, 10);
    let sixth = within!(world, |tx| tickets::resend(&mut tx, ctx, &seller, order, true, false));
    assert!(matches!(sixth, Err(DeskError::Refused(DeskRefusal::TooOften))));
    world.clock.advance(SignedDuration::from_hours(25));
    within!(world, |tx| tickets::resend(&mut tx, ctx, &seller, order, true, false)).expect("the next day");
    let cash = world
        .sell(&seller, &{
            let mut sale = world.sale(1, 1);
            sale.departure = world.departure(48, 5).await;
            sale
        })
        .await
        .expect("a sale");
    let nowhere = within!(world, |tx| tickets::resend(&mut tx, ctx, &seller, cash, true, true));
    assert!(matches!(nowhere, Err(DeskError::Refused(DeskRefusal::NoAddress))));
}

#[sqlx::test(migrations = "../migrations")]
async fn lower_roles_and_strangers_are_refused(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let ctx = &world.services.ctx;
    let order = world.paid(NAME, PHONE, &[World::line(&world.tour, world.tour.adult, 1)]).await;
    let code = world.detail(&world.member(Role::Owner), order).await.expect("an order").tickets[0].code.clone();
    let (from, to) = (world.tour.departure, world.departure(24, 5).await);
    for by in [world.member(Role::Accountant), world.member(Role::Gate), world.stranger()] {
        let all = [
            within!(world, |tx| tickets::resend(&mut tx, ctx, &by, order, true, false)),
            within!(world, |tx| tickets::rename(&mut tx, ctx, &by, order, &code, "Дана Ким")),
            within!(world, |tx| orders::note(&mut tx, ctx, &by, order, "x")),
            within!(world, |tx| tickets::move_order(&mut tx, ctx, &by, order, from, to, Money::ZERO)).map(drop),
            within!(world, |tx| tickets::move_targets(&mut tx, ctx, &by, order, from)).map(drop),
        ];
        for (at, done) in all.into_iter().enumerate() {
            assert!(matches!(done, Err(DeskError::Forbidden(_) | DeskError::NotFound)), "{at}: {by:?}");
        }
    }
    assert_eq!(world.count("select count(*) from order_events where by_name is not null").await, 0);
    let seller = world.member(Role::Seller);
    within!(world, |tx| orders::note(&mut tx, ctx, &seller, order, " Позвонить вечером ")).expect("a note");
    let detail = world.detail(&seller, order).await.expect("an order");
    assert_eq!(detail.history[0].what, Happening::Noted { text: "Позвонить вечером".into() });
}
