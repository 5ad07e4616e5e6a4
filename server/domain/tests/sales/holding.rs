//! Places taken out of stock: never more than there are.
use crate::world::{World, futures_of};
use jiff::SignedDuration;
use sapar_domain::{
    inventory,
    orders::{self, OrderError},
    testing::TourBuilder,
};
use sapar_shared::{
    Lang,
    dto::order::{OrderStatus, REPLACED},
    forms::checkout::CartLine,
};
use sqlx::PgPool;
use uuid::Uuid;

#[sqlx::test(migrations = "../migrations")]
async fn the_last_place_is_sold_once(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai").capacity(1)).await;
    let line = [world.line(world.tour.adult, 1)];
    let all = futures_of(12, || world.place(&line)).await;
    assert_eq!(all.iter().filter(|placed| placed.is_ok()).count(), 1);
    for lost in all.into_iter().filter_map(Result::err) {
        assert!(matches!(&lost, OrderError::SoldOut(left) if left[0].places == 0), "{lost}");
    }
    assert_eq!(world.stock().await, (1, 0));
}

#[sqlx::test(migrations = "../migrations")]
async fn quotas_and_capacity_both_hold(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai").capacity(5).child_quota(2)).await;
    assert!(
        matches!(world.place(&[world.line(world.tour.child, 3)]).await, Err(OrderError::SoldOut(left)) if left[0].places == 2)
    );
    world.place(&[world.line(world.tour.adult, 4)]).await.expect("four of five");
    assert!(
        matches!(world.place(&[world.line(world.tour.child, 2)]).await, Err(OrderError::SoldOut(left)) if left[0].places == 1)
    );
    world.place(&[world.line(world.tour.child, 1)]).await.expect("the fifth");
}

#[sqlx::test(migrations = "../migrations")]
async fn nonsense_carts_are_refused(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let adult = world.tour.adult;
    for lines in [
        vec![],
        vec![world.line(adult, 0)],
        vec![world.line(adult, -1)],
        vec![world.line(adult, i32::MAX)],
        vec![world.line(adult, 11)],
        vec![world.line(adult, 1); 101],
    ] {
        assert!(matches!(world.place(&lines).await, Err(OrderError::Quantity)), "{} lines", lines.len());
    }
    let unknown = CartLine { departure_id: Uuid::from_u128(1).into(), ticket_type_id: adult, quantity: 1 };
    assert!(matches!(world.place(&[unknown]).await, Err(OrderError::NotOnSale)));
    world.clock.advance(SignedDuration::from_hours(24 * 8));
    assert!(matches!(world.place(&[world.line(adult, 1)]).await, Err(OrderError::NotOnSale)), "the bus has left");
    assert_eq!(world.stock().await, (0, 0));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_cart_holds_once_whatever_is_pressed(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let cart = Uuid::from_u128(77);
    let hold = async |quantity| {
        let mut tx = world.services.pool.begin().await.expect("a transaction");
        let placed =
            orders::hold_cart(&mut tx, &world.services.ctx, cart, Lang::Ru, &[world.line(world.tour.adult, quantity)]).await;
        tx.commit().await.expect("a commit");
        placed.expect("places")
    };
    let tokens: Vec<String> = futures_of(6, || hold(2)).await.into_iter().map(|p| p.token).collect();
    assert!(tokens.iter().all(|t| *t == tokens[0]), "double clicks and two tabs meet one hold");
    assert_eq!(world.stock().await, (2, 0));
    let newer = hold(3).await.token;
    assert_ne!(newer, tokens[0]);
    assert_eq!(world.stock().await, (3, 0), "a changed mind lets the first hold go");
    let (mut conn, ctx) = (world.services.pool.acquire().await.expect("a connection"), &world.services.ctx);
    let older = orders::view(&mut conn, ctx, &tokens[0], Lang::Ru).await.expect("a view").expect("the order");
    assert_eq!((older.status, older.failure.as_deref()), (OrderStatus::Cancelled, Some(REPLACED)), "its page can say why");
    assert_eq!(orders::held_by_cart(&mut conn, ctx, cart).await.expect("a look"), Some(newer));
}

#[sqlx::test(migrations = "../migrations")]
async fn the_database_itself_refuses_to_oversell(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai").capacity(1)).await;
    let sneaky = sqlx::query("update stock set sold = 2").execute(&world.services.pool).await.expect_err("a constraint");
    assert_eq!(sneaky.as_database_error().and_then(|e| e.constraint()), Some("stock_within_capacity"));
    let mut tx = world.services.pool.begin().await.expect("a transaction");
    let places = [inventory::Places { departure: world.tour.departure, ticket_type: world.tour.adult, quantity: 1 }];
    assert!(inventory::release(&mut tx, &places).await.is_err(), "what is not held cannot be released");
}
