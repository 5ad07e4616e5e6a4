//! An order that is handed from departure to departure asks each time for what is still missing, and for no more.
use crate::world::World;
use sapar_domain::{
    accounts::Actor,
    orders::{self, DeskError},
    testing::TourBuilder,
    tickets,
};
use sapar_shared::{
    Money,
    dto::desk::{DeskRefusal, Happening},
    ids::{DepartureId, OrderId, TicketTypeId},
    roles::Role,
};
use sqlx::PgPool;

const NAME: &str = "Айгүл Сәтбаева";
const PHONE: &str = "8 701 123 45 67";

async fn price(world: &World, of: TicketTypeId, tenge: i64) {
    sqlx::query("update ticket_types set price = $2 where id = $1")
        .bind(of.0)
        .bind(tenge * 100)
        .execute(&world.services.pool)
        .await
        .expect("a price");
}

async fn go(
    world: &World,
    by: &Actor,
    order: OrderId,
    (from, to): (DepartureId, DepartureId),
    paid: i64,
) -> Result<i64, DeskError> {
    let mut tx = world.services.begin().await?;
    let paid = Money::from_tenge(paid);
    let difference = tickets::move_order(&mut tx, &world.services.ctx, by, order, from, to, paid).await?;
    tx.commit().await?;
    Ok(difference.tiyn() / 100)
}

/// What the page shows before anything is moved.
async fn shown(world: &World, by: &Actor, order: OrderId, from: DepartureId) -> i64 {
    let mut conn = world.services.conn().await.expect("a connection");
    let targets = tickets::move_targets(&mut conn, &world.services.ctx, by, order, from).await.expect("targets");
    targets[0].difference.tiyn() / 100
}

/// The difference that a move was refused for.
fn asked(done: &Result<i64, DeskError>) -> Option<i64> {
    match done {
        Err(DeskError::Refused(DeskRefusal::CostsMore { difference })) => Some(difference.tiyn() / 100),
        _ => None,
    }
}

async fn handed_over(world: &World, by: &Actor, order: OrderId) -> i64 {
    let history = world.detail(by, order).await.expect("an order").history;
    let more = history.iter().filter_map(|row| match row.what {
        Happening::Moved { difference, .. } if difference > Money::ZERO => Some(difference.tiyn() / 100),
        _ => None,
    });
    more.sum()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_further_move_asks_only_for_what_is_missing(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let (seller, adult, a) = (world.member(Role::Seller), world.tour.adult, world.tour.departure);
    let order = world.paid(NAME, PHONE, &[World::line(&world.tour, adult, 1)]).await;
    let (b, c) = (world.departure(24, 5).await, world.departure(48, 5).await);

    price(&world, adult, 10_500).await;
    assert_eq!(shown(&world, &seller, order, a).await, 500);
    assert_eq!(go(&world, &seller, order, (a, b), 500).await.expect("moved"), 500);
    price(&world, adult, 10_700).await;
    assert_eq!(shown(&world, &seller, order, b).await, 200);
    assert_eq!(asked(&go(&world, &seller, order, (b, c), 0).await), Some(200));
    assert_eq!(asked(&go(&world, &seller, order, (b, c), 700).await), Some(200), "not what was paid already");
    assert_eq!(go(&world, &seller, order, (b, c), 200).await.expect("moved"), 200);

    // Back, to the first price: the difference is said, and nothing is paid.
    price(&world, adult, 10_000).await;
    assert_eq!(shown(&world, &seller, order, c).await, -700);
    assert_eq!(go(&world, &seller, order, (c, a), 0).await.expect("moved"), -700);
    // The partner has it still, so dearer places that cost no more than that ask for nothing.
    price(&world, adult, 10_700).await;
    assert_eq!(go(&world, &seller, order, (a, b), 0).await.expect("moved"), 0);
    price(&world, adult, 10_800).await;
    assert_eq!(go(&world, &seller, order, (b, a), 100).await.expect("moved"), 100);

    let mut conn = world.services.conn().await.expect("a connection");
    assert_eq!(orders::given(&mut conn, order).await.expect("an order"), Money::from_tenge(10_800), "with what moves brought in");
    let detail = world.detail(&seller, order).await.expect("an order");
    assert_eq!(
        (detail.total, detail.lines[0].unit_price),
        (Money::from_tenge(10_000), Money::from_tenge(10_000)),
        "as it was sold"
    );
    assert_eq!(handed_over(&world, &seller, order).await, 800);
    assert_eq!(world.count("select sum(extra)::bigint from order_lines").await, 80_000, "what the history tells");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_handed_over_is_counted_for_all_places_together(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let (seller, adult, child) = (world.member(Role::Seller), world.tour.adult, world.tour.child);
    let lines = [World::line(&world.tour, adult, 2), World::line(&world.tour, child, 1)];
    let order = world.paid(NAME, PHONE, &lines).await;
    let (a, b) = (world.tour.departure, world.departure(24, 5).await);
    // Two dearer by 500 each, one cheaper by 200.
    price(&world, adult, 10_500).await;
    price(&world, child, 4_800).await;
    assert_eq!(go(&world, &seller, order, (a, b), 800).await.expect("moved"), 800);
    assert_eq!(go(&world, &seller, order, (b, a), 0).await.expect("moved"), 0);
    // Now the other way round: 1 000 less, and 1 200 more.
    price(&world, adult, 10_000).await;
    price(&world, child, 6_000).await;
    assert_eq!(go(&world, &seller, order, (a, b), 200).await.expect("moved"), 200);
    assert_eq!(world.count("select sum(extra)::bigint from order_lines").await, 100_000);
}

#[sqlx::test(migrations = "../migrations")]
async fn of_two_phones_one_takes_the_difference(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai").capacity(20)).await;
    let (seller, adult, a) = (world.member(Role::Seller), world.tour.adult, world.tour.departure);
    let (b, c) = (world.departure(24, 20).await, world.departure(48, 20).await);
    for _ in 0..6 {
        price(&world, adult, 10_000).await;
        let order = world.paid(NAME, PHONE, &[World::line(&world.tour, adult, 1)]).await;
        price(&world, adult, 10_500).await;
        let (first, second) = futures::join!(go(&world, &seller, order, (a, b), 500), go(&world, &seller, order, (a, c), 500));
        let (done, other) = if first.is_ok() { (first, second) } else { (second, first) };
        assert_eq!(done.expect("one of them has moved it"), 500);
        assert!(matches!(other, Err(DeskError::NotFound)), "nothing is left there: {other:?}");
        assert_eq!(handed_over(&world, &seller, order).await, 500);
    }
    assert_eq!(world.stock(a).await, (0, 0, 0));
    assert_eq!(world.stock(b).await.1 + world.stock(c).await.1, 6);
}

#[sqlx::test(migrations = "../migrations")]
async fn an_older_page_takes_no_difference_that_is_not_owed(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let (seller, adult, a) = (world.member(Role::Seller), world.tour.adult, world.tour.departure);
    let order = world.paid(NAME, PHONE, &[World::line(&world.tour, adult, 1)]).await;
    let (b, c) = (world.departure(24, 5).await, world.departure(48, 5).await);
    price(&world, adult, 10_500).await;
    // There and back by a colleague, while the page still asks for 500.
    go(&world, &seller, order, (a, b), 500).await.expect("moved");
    go(&world, &seller, order, (b, a), 0).await.expect("moved");
    let late = go(&world, &seller, order, (a, c), 500).await;
    assert!(matches!(late, Err(DeskError::Refused(DeskRefusal::NothingToPay))), "{late:?}");
    // Or the price has gone on meanwhile.
    price(&world, adult, 10_900).await;
    assert_eq!(asked(&go(&world, &seller, order, (a, c), 500).await), Some(400));
    assert_eq!(handed_over(&world, &seller, order).await, 500);
    assert_eq!(world.stock(c).await, (0, 0, 0), "nothing was taken there");
}

#[sqlx::test(migrations = "../migrations")]
async fn the_tables_keep_what_was_paid(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let (seller, adult, a) = (world.member(Role::Seller), world.tour.adult, world.tour.departure);
    let order = world.paid(NAME, PHONE, &[World::line(&world.tour, adult, 1)]).await;
    let b = world.departure(24, 5).await;
    price(&world, adult, 10_500).await;
    go(&world, &seller, order, (a, b), 500).await.expect("moved");
    for (sql, kept) in [
        ("update order_lines set unit_price = unit_price + 50000, extra = 0", "order_lines_keep_price"),
        ("update order_lines set extra = 0", "order_lines_keep_extra"),
        ("update order_lines set extra = -unit_price - 1", "order_lines_agreed"),
    ] {
        let wrong = sqlx::query(sql).execute(&world.services.pool).await.expect_err("it is kept");
        let constraint = wrong.as_database_error().and_then(sqlx::error::DatabaseError::constraint).map(str::to_owned);
        assert_eq!(constraint.as_deref(), Some(kept), "{sql}");
    }
}
