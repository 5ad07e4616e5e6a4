//! The road from a cart to a seat on the bus, over a real database with the clock in our hands.
use jiff::SignedDuration;
use sapar_domain::{
    Services,
    accounts::Actor,
    inventory,
    kernel::jobs,
    ledger::{self, Account},
    orders::{self, OrderError},
    payments::{
        self, PaymentError, Settled, Source,
        jobs::{ClosePayment, ReturnMoney},
        provider::{Outcome, Report},
    },
    testing::{FakeProvider, TestClock, Tour, TourBuilder, ctx_with, services},
    tickets,
};
use sapar_shared::{
    Lang, Money,
    dto::{
        order::{OrderStatus, Placed, TicketStatus},
        partner::Activation,
    },
    forms::checkout::{CartLine, ContactForm},
    ids::{OrganisationId, TicketTypeId},
    roles::Role,
};
use sqlx::PgPool;
use std::sync::Arc;
use uuid::Uuid;

const NOW: &str = "2026-11-21T04:00:00Z";

struct World {
    services: Services,
    provider: Arc<FakeProvider>,
    clock: TestClock,
    tour: Tour,
}

impl World {
    async fn new(pool: PgPool, tour: TourBuilder) -> Self {
        let (ctx, clock) = ctx_with(NOW);
        let provider = Arc::new(FakeProvider::default());
        let services = services(pool, ctx, &provider);
        let tour = tour.create(&mut services.conn().await.expect("a connection"), &services.ctx).await.expect("a tour");
        Self { services, provider, clock, tour }
    }

    fn line(&self, ticket_type: TicketTypeId, quantity: i32) -> CartLine {
        CartLine { departure_id: self.tour.departure, ticket_type_id: ticket_type, quantity }
    }

    async fn place(&self, lines: &[CartLine]) -> Result<Placed, OrderError> {
        let contact = contact().validate().expect("a contact");
        let mut tx = self.services.pool.begin().await?;
        let placed = orders::place(&mut tx, &self.services.ctx, Lang::Ru, Some(&contact), None, lines).await?;
        tx.commit().await?;
        Ok(placed)
    }

    async fn start(&self, placed: &Placed) -> Option<String> {
        payments::start(&self.services, &placed.token, None).await.expect("the payment starts")
    }

    async fn settle(&self, report: &Report, source: Source) -> Settled {
        let mut tx = self.services.pool.begin().await.expect("a transaction");
        let settled = payments::settle(&mut tx, &self.services.ctx, "fake", report, source, &serde_json::json!({})).await;
        tx.commit().await.expect("a commit");
        settled.expect("it settles")
    }

    /// Placed, paid, with tickets.
    async fn paid(&self, quantity: i32) -> Placed {
        let placed = self.place(&[self.line(self.tour.adult, quantity)]).await.expect("places");
        self.start(&placed).await.expect("a payment page");
        let report = self.provider.decide(&placed.number, Outcome::Succeeded);
        assert_eq!(self.settle(&report, Source::Callback).await, Settled::Paid);
        self.issue(&placed).await;
        placed
    }

    async fn issue(&self, placed: &Placed) {
        let mut tx = self.services.pool.begin().await.expect("a transaction");
        let order = orders::view(&mut tx, &self.services.ctx, &placed.token, Lang::Ru).await.expect("a look").expect("an order");
        tickets::issue(&mut tx, &self.services.ctx, order.id).await.expect("tickets");
        tx.commit().await.expect("a commit");
    }

    async fn view(&self, placed: &Placed) -> sapar_shared::dto::order::OrderView {
        let mut conn = self.services.conn().await.expect("a connection");
        orders::view(&mut conn, &self.services.ctx, &placed.token, Lang::Ru).await.expect("a look").expect("an order")
    }

    /// (held, sold) of the departure.
    async fn stock(&self) -> (i32, i32) {
        sqlx::query_as("select held, sold from stock where departure_id = $1 and ticket_type_id is null")
            .bind(self.tour.departure.0)
            .fetch_one(&self.services.pool)
            .await
            .expect("a counter")
    }

    /// Runs the provider's side jobs as the worker would.
    async fn run_payment_jobs(&self) {
        let due =
            jobs::lease(&mut self.services.conn().await.expect("a connection"), &self.services.ctx, 50).await.expect("jobs");
        for job in due {
            match job.name.as_str() {
                "return_money" => {
                    let job: ReturnMoney = serde_json::from_value(job.payload).expect("a payload");
                    payments::return_money(&self.services, &job).await.expect("money goes back");
                }
                "close_payment" => {
                    let job: ClosePayment = serde_json::from_value(job.payload).expect("a payload");
                    payments::close_payment(&self.services, &job).await.expect("the page closes");
                }
                _ => {}
            }
        }
    }

    async fn balance(&self) -> Money {
        let mut conn = self.services.conn().await.expect("a connection");
        ledger::balance(&mut conn, Account::Partner(self.tour.organisation)).await.expect("a balance")
    }

    fn gate(&self) -> Actor {
        actor(self.tour.organisation)
    }
}

fn actor(organisation: OrganisationId) -> Actor {
    Actor {
        account: None,
        name: "Айгерім".into(),
        email: String::new(),
        organisation: Some((organisation, "T".into(), Role::Gate)),
    }
}

fn contact() -> ContactForm {
    ContactForm { name: "Әйгүл Сәтбаева".into(), phone: "8 701 123 45 67".into(), email: "aigul@example.kz".into() }
}

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

/// Runs the same future so many times at once.
async fn futures_of<T, F: Future<Output = T>>(count: usize, make: impl Fn() -> F) -> Vec<T> {
    futures::future::join_all((0..count).map(|_| make())).await
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
    assert_ne!(hold(3).await.token, tokens[0]);
    assert_eq!(world.stock().await, (3, 0), "a changed mind lets the first hold go");
}

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

#[sqlx::test(migrations = "../migrations")]
async fn cancelling_gives_back_places_and_money_while_that_is_free(pool: PgPool) {
    let world = World::new(pool, TourBuilder::new("kolsai")).await;
    let cancel = async |placed: &Placed| {
        let mut tx = world.services.pool.begin().await.expect("a transaction");
        let done = payments::cancel(&mut tx, &world.services.ctx, &placed.token).await;
        tx.commit().await.expect("a commit");
        done
    };
    let unpaid = world.place(&[world.line(world.tour.adult, 1)]).await.expect("places");
    assert_eq!(cancel(&unpaid).await.expect("given up"), OrderStatus::Cancelled);
    let paid = world.paid(2).await;
    assert_eq!(cancel(&paid).await.expect("given back"), OrderStatus::Refunded);
    assert_eq!(cancel(&paid).await.expect("pressed twice"), OrderStatus::Refunded);
    world.run_payment_jobs().await;
    assert_eq!((world.stock().await, world.balance().await, world.provider.refunded(&paid.number)), ((0, 0), Money::ZERO, 1));
    assert!(world.view(&paid).await.tickets.iter().all(|t| t.status == TicketStatus::Void));
    let late = world.paid(1).await;
    world.clock.advance(SignedDuration::from_hours(24 * 6));
    assert!(matches!(cancel(&late).await, Err(PaymentError::Order(OrderError::TooLate))));
}

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
    assert_eq!(look(&url).await.map(|t| t.code), Some(paper.tickets[0].code.clone()));
    assert_eq!(look(&format!("{}A", &url[..url.len() - 1])).await.map(|t| t.code).filter(|_| !url.ends_with('A')), None);
    assert_eq!(look("https://sapar.test/t/").await, None);
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
