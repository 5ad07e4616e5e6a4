//! The counter sells from the same stock, once.
use crate::world::World;
use jiff::SignedDuration;
use sapar_domain::{
    inventory::{self, ElsewhereError},
    ledger::{self, Account},
    orders::{self, DeskError},
    payments::{self, PaymentError},
    testing::TourBuilder,
    tickets,
};
use sapar_shared::{
    Lang, Money,
    dto::{
        desk::{Channel, CounterDeparture, DeskRefusal, Happening, PaymentState, UndoReason},
        order::{OrderStatus, TicketStatus},
    },
    forms::{FieldError, cash::CashForm},
    roles::Role,
};
use sqlx::PgPool;

#[sqlx::test(migrations = "../migrations")]
async fn a_cash_sale_takes_stock_and_makes_tickets(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai").capacity(5).child_quota(1)).await;
    let seller = world.member(Role::Seller);
    let mut sale = world.sale(1, 2);
    sale.lines[1].1 = 1;
    let order = world.sell(&seller, &sale).await.expect("a sale");
    assert_eq!(world.stock(world.tour.departure).await, (0, 3, 0));
    let detail = world.detail(&seller, order).await.expect("an order");
    assert_eq!((detail.status, detail.channel, detail.total), (OrderStatus::Paid, Channel::Cash, Money::from_tenge(25_000)));
    assert_eq!(detail.tickets.iter().filter(|t| t.status == TicketStatus::Issued).count(), 3);
    assert!(detail.tickets.iter().all(|ticket| ticket.holder.is_empty()), "nobody said a name");
    assert!(matches!(&detail.payments[..], [paid] if paid.provider == "cash" && paid.state == PaymentState::Succeeded));
    assert!(detail.history.iter().any(|row| row.what == Happening::SoldForCash && row.by.as_deref() == Some("Айгерім")));
    // The partner's money, from the first moment.
    let mut conn = world.services.conn().await.expect("a connection");
    assert_eq!(ledger::balance(&mut conn, Account::Partner(world.tour.organisation)).await.expect("a balance"), Money::ZERO);
    // The quota of children is gone, the departure's places are not.
    sale.key = uuid::Uuid::from_u128(2);
    let refused = world.sell(&seller, &sale).await;
    let child = world.tour.child;
    assert!(
        matches!(refused, Err(DeskError::Refused(DeskRefusal::TypeSoldOut { ticket_type, left: 0 })) if ticket_type == child)
    );
    assert_eq!(world.stock(world.tour.departure).await, (0, 3, 0));
    assert_eq!(world.count("select count(*) from orders").await, 1, "what was refused leaves nothing");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_double_tap_sells_once(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let seller = world.member(Role::Seller);
    let sale = world.sale(7, 2);
    let all = futures::future::join_all((0..6).map(|_| world.sell(&seller, &sale))).await;
    let orders: Vec<_> = all.into_iter().map(|sold| sold.expect("a sale")).collect();
    assert!(orders.iter().all(|order| *order == orders[0]), "each tap hears of the one sale");
    assert_eq!(world.stock(world.tour.departure).await, (0, 2, 0));
    assert_eq!(world.count("select count(*) from tickets").await, 2);
    assert_eq!(world.count("select count(*) from payments").await, 1);
    // Another organisation that comes by the key learns nothing of it.
    assert!(matches!(world.sell(&world.stranger(), &sale).await, Err(DeskError::NotFound)));
}

#[sqlx::test(migrations = "../migrations")]
async fn the_counter_sells_only_what_is_its_own(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    for role in [Role::Accountant, Role::Gate] {
        assert!(matches!(world.sell(&world.member(role), &world.sale(1, 1)).await, Err(DeskError::Forbidden(_))), "{role:?}");
    }
    let foreign = world.sell(&world.stranger(), &world.sale(2, 1)).await;
    assert!(matches!(foreign, Err(DeskError::Refused(DeskRefusal::NoDeparture))));
    let seller = world.member(Role::Seller);
    for adults in [0, -1, 51] {
        let refused = world.sell(&seller, &world.sale(3, adults)).await;
        assert!(matches!(refused, Err(DeskError::Refused(DeskRefusal::Quantity))), "{adults}");
    }
    let mut sale = world.sale(4, 1);
    sale.contact = CashForm { name: String::new(), phone: "12".into(), email: String::new() };
    assert!(
        matches!(world.sell(&seller, &sale).await, Err(DeskError::Form(errors)) if errors == [("phone".into(), FieldError::Phone)])
    );
}

async fn offered(world: &World) -> Vec<CounterDeparture> {
    let mut conn = world.services.conn().await.expect("a connection");
    let (ctx, seller) = (&world.services.ctx, world.member(Role::Seller));
    orders::counter(&mut conn, ctx, &seller, None, Some(world.tour.departure), Lang::Ru).await.expect("a counter").departures
}

#[sqlx::test(migrations = "../migrations")]
async fn the_counter_sells_until_the_bus_leaves(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let seller = world.member(Role::Seller);
    // To the public the sale closes an hour before, not to whoever stands there.
    sqlx::query("update ticket_types set closes_minutes_before = 60").execute(&world.services.pool).await.expect("a rule");
    world.clock.advance(SignedDuration::from_mins(119));
    assert_eq!(offered(&world).await.len(), 1);
    world.sell(&seller, &world.sale(1, 1)).await.expect("a minute before it leaves");
    world.clock.advance(SignedDuration::from_secs(61));
    assert!(offered(&world).await.is_empty());
    let late = world.sell(&seller, &world.sale(2, 1)).await;
    assert!(matches!(late, Err(DeskError::Refused(DeskRefusal::Left))), "{late:?}");
    assert_eq!(world.stock(world.tour.departure).await, (0, 1, 0));
}

#[sqlx::test(migrations = "../migrations")]
async fn one_order_holds_no_more_than_the_listing_says(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai").capacity(7)).await;
    let (seller, adult) = (world.member(Role::Seller), world.tour.adult);
    sqlx::query("update ticket_types set min_per_order = 2, max_per_order = 4 where id = $1")
        .bind(adult.0)
        .execute(&world.services.pool)
        .await
        .expect("a rule");
    let departures = offered(&world).await;
    let kind = departures[0].types.iter().find(|kind| kind.id == adult).expect("adults");
    assert_eq!((kind.min, kind.max), (2, 4));
    for (key, adults) in [(1, 1), (2, 5)] {
        let refused = world.sell(&seller, &world.sale(key, adults)).await;
        let Err(DeskError::Refused(DeskRefusal::Bounds { ticket_type, min: 2, max: 4 })) = refused else {
            panic!("{adults}: {refused:?}")
        };
        assert_eq!(ticket_type, adult);
    }
    world.sell(&seller, &world.sale(3, 2)).await.expect("the least");
    // Of each type enough is left, of the departure too little.
    let mut sale = world.sale(4, 4);
    sale.lines[1].1 = 3;
    let together = world.sell(&seller, &sale).await;
    assert!(matches!(together, Err(DeskError::Refused(DeskRefusal::SoldOut { left: 5 }))), "{together:?}");
    world.sell(&seller, &world.sale(5, 4)).await.expect("the most");
    assert_eq!(world.stock(world.tour.departure).await, (0, 6, 0));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_called_off_is_not_sold(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let seller = world.member(Role::Seller);
    let order = world.sell(&seller, &world.sale(1, 1)).await.expect("a sale");
    sqlx::query("update departures set status = 'cancelled' where id = $1")
        .bind(world.tour.departure.0)
        .execute(&world.services.pool)
        .await
        .expect("called off");
    assert!(offered(&world).await.is_empty());
    let refused = world.sell(&seller, &world.sale(2, 1)).await;
    assert!(matches!(refused, Err(DeskError::Refused(DeskRefusal::CalledOff))), "{refused:?}");
    // Who paid in cash gets it back in cash.
    let mut tx = world.services.begin().await.expect("a transaction");
    let (ctx, owner) = (&world.services.ctx, world.member(Role::Owner));
    tickets::undo_sale(&mut tx, ctx, &owner, order, UndoReason::Other, "Выезд отменён").await.expect("taken back");
    tx.commit().await.expect("a commit");
    assert_eq!(world.stock(world.tour.departure).await, (0, 0, 0));
}

#[sqlx::test(migrations = "../migrations")]
async fn cash_is_not_given_back_by_the_platform(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let order = world.sell(&world.member(Role::Owner), &world.sale(1, 1)).await.expect("a sale");
    let mut conn = world.services.conn().await.expect("a connection");
    let view = orders::find_by_id(&mut conn, &world.services.ctx, order, Lang::Ru).await.expect("a look").expect("an order");
    assert!(!view.can_cancel);
    let cancelled = payments::cancel(&mut conn, &world.services.ctx, &view.token).await;
    assert!(matches!(cancelled, Err(PaymentError::Order(_))), "{cancelled:?}");
    let paper = tickets::paper(&mut conn, &world.services.ctx, order).await.expect("a look").expect("paper");
    assert_eq!((paper.tickets.len(), paper.contact_email.as_str()), (1, ""));
}

#[sqlx::test(migrations = "../migrations")]
async fn places_sold_elsewhere_are_not_sold_here(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai").capacity(3)).await;
    let (seller, departure) = (world.member(Role::Seller), world.tour.departure);
    let count = async |by: &sapar_domain::accounts::Actor, was, becomes| {
        let mut tx = world.services.pool.begin().await.expect("a transaction");
        let done = inventory::sell_elsewhere(&mut tx, &world.services.ctx, by, departure, was, becomes).await;
        if done.is_ok() {
            tx.commit().await.expect("a commit");
        }
        done
    };
    assert_eq!(count(&seller, 0, 2).await.expect("counted"), 2);
    assert_eq!(count(&seller, 0, 2).await.expect("a repeat changes nothing"), 2);
    assert!(matches!(count(&seller, 0, 1).await, Err(ElsewhereError::Changed { now: 2 })));
    assert!(matches!(count(&seller, 2, 4).await, Err(ElsewhereError::SoldOut { left: 1 })));
    assert!(matches!(count(&seller, 2, -1).await, Err(ElsewhereError::SoldOut { .. })));
    assert!(matches!(count(&world.stranger(), 2, 0).await, Err(ElsewhereError::NotFound)));
    assert!(matches!(count(&world.member(Role::Gate), 2, 0).await, Err(ElsewhereError::Forbidden(_))));
    let refused = world.sell(&seller, &world.sale(1, 2)).await;
    assert!(matches!(refused, Err(DeskError::Refused(DeskRefusal::TypeSoldOut { left: 1, .. }))));
    world.sell(&seller, &world.sale(2, 1)).await.expect("the last place");
    assert_eq!(world.stock(departure).await, (0, 1, 2));
    assert!(matches!(count(&seller, 2, 3).await, Err(ElsewhereError::SoldOut { left: 0 })), "what is sold here is not free");
    assert_eq!(world.count("select places_left::bigint from departures order by starts_at limit 1").await, 0);
    let mut conn = world.services.conn().await.expect("a connection");
    let history = inventory::elsewhere_history(&mut conn, &world.services.ctx, &seller, departure).await.expect("a history");
    assert!(matches!(&history[..], [row] if (row.was, row.became) == (0, 2)));
    // The table itself holds it, whoever writes.
    let over = sqlx::query("update stock set elsewhere = 3 where departure_id = $1").bind(departure.0).execute(&mut *conn).await;
    assert!(over.expect_err("too many").to_string().contains("stock_within_capacity"));
    // What the kiosk did not sell after all is on sale again, and both changes are remembered.
    assert_eq!(count(&seller, 2, 0).await.expect("taken back"), 0);
    let history = inventory::elsewhere_history(&mut conn, &world.services.ctx, &seller, departure).await.expect("a history");
    assert!(matches!(&history[..], [last, first] if (last.was, last.became, first.became) == (2, 0, 2)));
    assert_eq!(world.stock(departure).await, (0, 1, 0));
    world.sell(&seller, &world.sale(3, 2)).await.expect("both places");
    sqlx::query("update stock set closed = true").execute(&mut *conn).await.expect("called off");
    assert!(matches!(count(&seller, 0, 1).await, Err(ElsewhereError::NotFound)));
}
