//! A cash sale is taken back whole, by those who may, in time, and against the gate.
use crate::world::World;
use jiff::SignedDuration;
use sapar_domain::{
    accounts::Actor,
    kernel::jobs::{self, Job as _},
    ledger::{self, Account},
    orders::{self, DeskError},
    testing::TourBuilder,
    tickets::{self, jobs::TellVoid},
};
use sapar_shared::{
    Lang, Money,
    dto::{
        desk::{DeskRefusal, Happening, PaymentState, UNDO_MINUTES, UndoReason},
        order::{OrderStatus, TicketStatus, UNDONE},
        partner::Activation,
    },
    forms::cash::CashForm,
    ids::OrderId,
    roles::Role,
};
use sqlx::PgPool;

async fn undo(world: &World, by: &Actor, order: OrderId, why: UndoReason, words: &str) -> Result<(), DeskError> {
    let mut tx = world.services.begin().await?;
    tickets::undo_sale(&mut tx, &world.services.ctx, by, order, why, words).await?;
    tx.commit().await?;
    Ok(())
}

async fn mistake(world: &World, by: &Actor, order: OrderId) -> Result<(), DeskError> {
    undo(world, by, order, UndoReason::Mistake, "").await
}

fn refused(done: &Result<(), DeskError>) -> Option<DeskRefusal> {
    match done {
        Err(DeskError::Refused(why)) => Some(*why),
        _ => None,
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_sale_is_taken_back_whole_and_once(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai").capacity(5).child_quota(1)).await;
    let seller = world.person(Role::Seller).await;
    let mut sale = world.sale(1, 2);
    sale.lines[1].1 = 1;
    sale.contact = CashForm { name: String::new(), phone: "8 701 123 45 67".into(), email: String::new() };
    let order = world.sell(&seller, &sale).await.expect("a sale");
    assert!(world.detail(&seller, order).await.expect("an order").undo.is_some());
    undo(&world, &seller, order, UndoReason::ChangedMind, " Заболел ребёнок ").await.expect("taken back");

    assert_eq!(world.stock(world.tour.departure).await, (0, 0, 0));
    assert_eq!(world.count("select sum(sold) from stock where ticket_type_id is not null").await, 0, "the quota is free again");
    let detail = world.detail(&seller, order).await.expect("an order");
    assert_eq!((detail.status, detail.undo), (OrderStatus::Refunded, None));
    assert!(detail.tickets.iter().all(|ticket| ticket.status == TicketStatus::Void) && detail.tickets.len() == 3);
    assert!(matches!(&detail.payments[..], [paid] if paid.state == PaymentState::Returned));
    let said = Happening::Undone { why: UndoReason::ChangedMind, words: "Заболел ребёнок".into() };
    assert!(detail.history[0].what == said && detail.history[0].by.as_deref() == Some(seller.name.as_str()));
    let mut conn = world.services.conn().await.expect("a connection");
    let view = orders::find_by_id(&mut conn, &world.services.ctx, order, Lang::Ru).await.expect("a look").expect("an order");
    assert_eq!(view.failure.as_deref(), Some(UNDONE), "the buyer's page says what happened");
    sqlx::query("update orders set account_id = $2 where id = $1")
        .bind(order.0)
        .bind(seller.account.expect("a person").0)
        .execute(&mut *conn)
        .await
        .expect("the order of an account");
    let mine = orders::my_orders(&mut conn, &world.services.ctx, &seller, Lang::Ru, None).await.expect("a list").orders;
    assert!(mine[0].undone && mine[0].status == OrderStatus::Refunded, "and so does the buyer's list");
    let owner = world.member(Role::Owner);
    let attention = orders::attention(&mut conn, &world.services.ctx, &owner, Lang::Ru).await.expect("an answer");
    assert_eq!(attention.cash, Money::ZERO, "the day has not brought it");
    // The books never knew the sale, so there is nothing to reverse in them.
    assert_eq!(ledger::balance(&mut conn, Account::Partner(world.tour.organisation)).await.expect("a balance"), Money::ZERO);
    assert_eq!(world.count("select count(*) from ledger_entries").await, 0);
    // Nobody is sent what is good no more, and whoever left a number is told.
    let paper = tickets::paper(&mut conn, &world.services.ctx, order).await.expect("a look").expect("an order");
    assert!(paper.tickets.is_empty());
    let due = jobs::lease(&mut conn, &world.services.ctx, jobs::Kinds::Only(&[TellVoid::NAME]), 10).await.expect("jobs");
    assert_eq!(due.len(), 1);

    mistake(&world, &seller, order).await.expect("said twice");
    assert_eq!(world.count("select count(*) from order_events where what ? 'undone'").await, 1);
    assert_eq!(world.stock(world.tour.departure).await, (0, 0, 0), "done once");
    // The sale's key is spent: a late repeat of it sells nothing anew.
    assert_eq!(world.sell(&seller, &sale).await.expect("a repeat"), order);
    assert_eq!(world.stock(world.tour.departure).await, (0, 0, 0));
}

#[sqlx::test(migrations = "../migrations")]
async fn whoever_sold_it_has_a_while_and_managers_until_it_leaves(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let (seller, other) = (world.person(Role::Seller).await, world.person(Role::Seller).await);
    let manager = world.member(Role::Manager);
    let mut sold = Vec::new();
    for key in 1..5 {
        sold.push(world.sell(&seller, &world.sale(key, 1)).await.expect("a sale"));
    }
    assert_eq!(refused(&mistake(&world, &other, sold[0]).await), Some(DeskRefusal::NotYours));
    assert_eq!(world.detail(&other, sold[0]).await.expect("an order").undo, None);
    mistake(&world, &manager, sold[0]).await.expect("managers take back what others sold");
    world.clock.advance(SignedDuration::from_mins(UNDO_MINUTES));
    mistake(&world, &seller, sold[1]).await.expect("to the last minute");
    world.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(refused(&mistake(&world, &seller, sold[2]).await), Some(DeskRefusal::TooLate));
    assert_eq!(world.detail(&seller, sold[2]).await.expect("an order").undo, None);
    let until = world.detail(&manager, sold[2]).await.expect("an order").undo.expect("a while");
    mistake(&world, &manager, sold[2]).await.expect("managers have longer");
    world.clock.advance(SignedDuration::from_secs(1) + until.duration_since(world.services.ctx.now()));
    for by in [&manager, &seller, &world.member(Role::Owner)] {
        assert_eq!(refused(&mistake(&world, by, sold[3]).await), Some(DeskRefusal::TooLate), "it has left");
    }
    assert_eq!(world.count("select count(*) from jobs where name = 'tell_void'").await, 0, "nobody left an address");
}

#[sqlx::test(migrations = "../migrations")]
async fn used_tickets_strangers_and_online_orders(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let (seller, owner) = (world.person(Role::Seller).await, world.member(Role::Owner));
    let order = world.sell(&seller, &world.sale(1, 2)).await.expect("a sale");
    for by in [world.member(Role::Accountant), world.member(Role::Gate)] {
        assert!(matches!(mistake(&world, &by, order).await, Err(DeskError::Forbidden(_))), "{by:?}");
    }
    assert!(matches!(mistake(&world, &world.stranger(), order).await, Err(DeskError::NotFound)));
    let long = "я".repeat(501);
    for (why, words) in [(UndoReason::Other, " "), (UndoReason::Mistake, long.as_str()), (UndoReason::Other, "\0")] {
        assert_eq!(refused(&undo(&world, &owner, order, why, words).await), Some(DeskRefusal::Note));
    }
    let online = world.paid("Айгүл Сәтбаева", "8 701 123 45 67", &[World::line(&world.tour, world.tour.adult, 1)]).await;
    assert_eq!(refused(&mistake(&world, &owner, online).await), Some(DeskRefusal::NotCash));
    assert_eq!(world.detail(&owner, online).await.expect("an order").undo, None);

    let codes: Vec<String> = world.detail(&owner, order).await.expect("an order").tickets.into_iter().map(|t| t.code).collect();
    let mut conn = world.services.conn().await.expect("a connection");
    for code in &codes {
        let gate = world.member(Role::Gate);
        let let_on = tickets::activate(&mut conn, &world.services.ctx, &gate, code, false, Lang::Ru).await.expect("an answer");
        assert!(matches!(let_on, Activation::Activated { count: 1, .. }));
        assert_eq!(refused(&mistake(&world, &owner, order).await), Some(DeskRefusal::Used), "some on board, then all");
        assert_eq!(world.detail(&owner, order).await.expect("an order").undo, None);
    }
    assert_eq!(world.count("select count(*) from tickets where status = 'void'").await, 0);
    assert_eq!(world.stock(world.tour.departure).await, (0, 3, 0));
}

#[sqlx::test(migrations = "../migrations")]
async fn of_gate_and_counter_one_wins(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai").capacity(40)).await;
    let (owner, gate) = (world.member(Role::Owner), world.member(Role::Gate));
    for key in 1..9 {
        let order = world.sell(&owner, &world.sale(key, 2)).await.expect("a sale");
        let code = world.detail(&owner, order).await.expect("an order").tickets[0].code.clone();
        let let_on = async {
            let mut conn = world.services.conn().await.expect("a connection");
            tickets::activate(&mut conn, &world.services.ctx, &gate, &code, true, Lang::Ru).await.expect("an answer")
        };
        let (first, second, seen) = futures::join!(mistake(&world, &owner, order), mistake(&world, &owner, order), let_on);
        let detail = world.detail(&owner, order).await.expect("an order");
        match seen {
            Activation::Activated { count: 2, .. } => {
                assert_eq!((refused(&first), refused(&second)), (Some(DeskRefusal::Used), Some(DeskRefusal::Used)));
                assert_eq!(detail.status, OrderStatus::Completed);
            }
            Activation::Void { .. } => {
                first.expect("taken back");
                second.expect("taken back");
                assert_eq!(detail.status, OrderStatus::Refunded);
            }
            other => panic!("{other:?}"),
        }
    }
    let good = world.count("select count(*) from tickets where status <> 'void'").await;
    assert_eq!(i64::from(world.stock(world.tour.departure).await.1), good, "as many places as good tickets");
}

#[sqlx::test(migrations = "../migrations")]
async fn the_tables_themselves_hold_it(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let owner = world.member(Role::Owner);
    let order = world.sell(&owner, &world.sale(1, 1)).await.expect("a sale");
    let back = sqlx::query("update orders set status = 'refunded', closed_at = now() where id = $1");
    let back = back.bind(order.0).execute(&world.services.pool).await.expect_err("its ticket is good");
    assert!(back.to_string().contains("has tickets"), "{back}");
    let code = world.detail(&owner, order).await.expect("an order").tickets[0].code.clone();
    let mut conn = world.services.conn().await.expect("a connection");
    tickets::activate(&mut conn, &world.services.ctx, &owner, &code, false, Lang::Ru).await.expect("let on");
    for status in ["void", "issued"] {
        let sql = "update tickets set status = $2, activated_at = null, activated_by = null where order_id = $1";
        let wrong = sqlx::query(sql).bind(order.0).bind(status).execute(&mut *conn).await.expect_err("it was used");
        let constraint = wrong.as_database_error().and_then(sqlx::error::DatabaseError::constraint).map(str::to_owned);
        assert_eq!(constraint.as_deref(), Some("tickets_go_one_way"), "{status}");
    }
}
