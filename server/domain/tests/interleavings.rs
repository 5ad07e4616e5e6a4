//! Whatever order things happen in, one after another, at once or cut off half way: places, tickets and money agree.
use futures::future::join_all;
use jiff::SignedDuration;
use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseError, TestCaseResult, TestRunner},
};
use sapar_domain::{
    Services,
    accounts::Actor,
    kernel::jobs::{self, Job as _, Leased},
    orders::{self, OrderError, jobs::IssueTickets},
    payments::{
        self, PaymentError, Settled, Source,
        jobs::{ClosePayment, ReturnMoney},
        provider::{Outcome, Report},
    },
    testing::{FakeProvider, TestClock, Tour, TourBuilder, ctx_with, services},
    tickets,
};
use sapar_shared::{
    Lang,
    dto::order::{OrderStatus, Placed},
    forms::checkout::{CartLine, ContactForm},
    ids::TicketTypeId,
    roles::Role,
};
use serde::de::DeserializeOwned;
use sqlx::{
    AssertSqlSafe, Connection as _, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{
    collections::HashSet,
    future::poll_fn,
    pin::pin,
    sync::{Arc, Mutex},
    task::Poll,
};
use uuid::Uuid;

const NOW: &str = "2026-11-21T04:00:00Z";
/// Cancelling is free until two days before, so a day later it is not, and on the third the bus leaves.
const DAYS_AHEAD: i64 = 3;
const LANES: usize = 4;
const CASES: u32 = 40;

/// Two partners', so that a cart may hold both.
type Tours = [Tour; 2];

/// What somebody does next. An order is named by how many were placed after it.
#[derive(Clone, Debug)]
enum Op {
    Place {
        cart: Option<u8>,
        adults: i32,
        children: i32,
        elsewhere: i32,
    },
    /// Without a hitch as far as it goes: to the payment page, paid there and, perhaps, told to us.
    Pay {
        order: usize,
        told: bool,
    },
    Start(usize),
    /// The customer's bank decides; nobody tells us.
    Decide(usize, Outcome),
    /// The callback of one of the order's decided payments: late, or once more.
    Tell(usize, usize),
    /// A card is declined, and the payment page stays open for another.
    Decline(usize),
    Return(usize),
    Cancel(usize),
    Board(usize),
    PollDue,
    ExpireDue,
    RunJobs,
    ProviderDown(bool),
    Later(SignedDuration),
}

#[derive(Clone, Debug)]
struct Case {
    capacity: i32,
    child_quota: i32,
    /// Whether callbacks that nobody delivered come in the end, or are lost for good.
    told: bool,
    ops: Vec<Op>,
}

fn cases(length: usize) -> impl Strategy<Value = Case> {
    let order = || 0..4_usize;
    let outcome = prop_oneof![3 => Just(Outcome::Succeeded), 1 => Just(Outcome::Failed)];
    let place = (prop::option::weighted(0.3, 0..2_u8), 0..3_i32, 0..2_i32, 0..2_i32);
    let pause = prop_oneof![
        5 => Just(SignedDuration::from_secs(11)),
        5 => Just(SignedDuration::from_mins(25)),
        4 => Just(SignedDuration::from_mins(61)),
        1 => Just(SignedDuration::from_hours(24)),
    ];
    let op = prop_oneof![
        8 => place.prop_map(|(cart, adults, children, elsewhere)| Op::Place { cart, adults, children, elsewhere }),
        6 => (order(), any::<bool>()).prop_map(|(order, told)| Op::Pay { order, told }),
        5 => order().prop_map(Op::Start),
        5 => (order(), outcome).prop_map(|(order, outcome)| Op::Decide(order, outcome)),
        5 => (order(), 0..3_usize).prop_map(|(order, which)| Op::Tell(order, which)),
        2 => order().prop_map(Op::Decline),
        2 => order().prop_map(Op::Return),
        2 => order().prop_map(Op::Cancel),
        1 => order().prop_map(Op::Board),
        1 => Just(Op::PollDue),
        3 => Just(Op::ExpireDue),
        2 => Just(Op::RunJobs),
        1 => prop::bool::weighted(0.3).prop_map(Op::ProviderDown),
        3 => pause.prop_map(Op::Later),
    ];
    let ops = prop::collection::vec(op, length / 2..length);
    (1..7_i32, 0..5_i32, any::<bool>(), ops).prop_map(|(capacity, child_quota, told, ops)| Case {
        capacity,
        child_quota,
        told,
        ops,
    })
}

/// What must hold at any moment; each statement counts what breaks it.
const RULES: [(&str, &str); 8] = [
    ("0 ≤ held + sold ≤ capacity", "select count(*) from stock where held < 0 or sold < 0 or held + sold > capacity"),
    (
        "held is what open orders hold",
        "select count(*) from stock s where held <> (
             select coalesce(sum(quantity), 0) from order_lines l join orders o on o.id = l.order_id
             where l.departure_id = s.departure_id and coalesce(s.ticket_type_id, l.ticket_type_id) = l.ticket_type_id
               and o.status in ('held', 'awaiting_payment'))",
    ),
    (
        "sold is what paid orders bought",
        "select count(*) from stock s where sold <> (
             select coalesce(sum(quantity), 0) from order_lines l join orders o on o.id = l.order_id
             where l.departure_id = s.departure_id and coalesce(s.ticket_type_id, l.ticket_type_id) = l.ticket_type_id
               and o.status in ('paid', 'completed'))",
    ),
    (
        "a paid order has all its tickets or none yet, any other has none that is good",
        "select count(*) from orders o where (select count(*) from tickets t where t.order_id = o.id and t.status <> 'void') not in
             (0, case when o.status in ('paid', 'completed')
                      then (select sum(quantity) from order_lines l where l.order_id = o.id) else 0 end)",
    ),
    (
        "every ledger entry sums to zero",
        "select count(*) from (select from ledger_postings group by entry_id having sum(amount) <> 0) broken",
    ),
    (
        "the books say what paid orders cost",
        "select count(*) from orders o where coalesce((select sum(amount) from ledger_postings p join ledger_entries e on e.id = p.entry_id
             where e.order_id = o.id and p.account = 'provider'), 0) <> case when o.status in ('paid', 'completed') then o.total else 0 end",
    ),
    (
        "an order is settled once",
        "select count(*) from orders o
         where (select count(*) from payment_events e where e.order_number = o.number and e.verdict = 'paid') > 1
            or (select count(*) from ledger_entries e where e.order_id = o.id and e.reason like '%:sale') > 1",
    ),
    (
        "a paid order has one payment, any other none that we keep",
        "select count(*) from orders o where (select count(*) from payments p where p.order_id = o.id and p.status = 'succeeded')
             <> (o.status in ('paid', 'completed'))::int",
    ),
];

/// And once everybody has done what they had to.
const RULES_AT_REST: [(&str, &str); 3] = [
    ("no hold outlives its time", "select count(*) from orders where status in ('held', 'awaiting_payment')"),
    ("no job is left", "select count(*) from jobs"),
    (
        "as many good tickets as places sold",
        "select count(*) from stock s where sold <> (
             select count(*) from tickets t where t.departure_id = s.departure_id and t.status <> 'void'
               and coalesce(s.ticket_type_id, t.ticket_type_id) = t.ticket_type_id)",
    ),
];

struct Market {
    services: Services,
    provider: Arc<FakeProvider>,
    clock: TestClock,
    tours: Tours,
    orders: Mutex<Vec<Placed>>,
    /// Payments of which we were told that they failed while their page stayed open.
    declined: Mutex<HashSet<String>>,
}

fn broken(error: impl std::fmt::Debug) -> TestCaseError {
    TestCaseError::fail(format!("{error:?}"))
}

impl Market {
    /// The tours of the test with the case's places, and nothing sold.
    async fn open(pool: &PgPool, tours: Tours, case: &Case) -> sqlx::Result<Self> {
        let (ctx, clock) = ctx_with(NOW);
        let provider = Arc::new(FakeProvider::default());
        sqlx::query("truncate orders, payment_events, jobs cascade").execute(pool).await?;
        sqlx::query("update stock set held = 0, sold = 0, capacity = case when ticket_type_id is null then $1 else $2 end")
            .bind(case.capacity)
            .bind(case.child_quota)
            .execute(pool)
            .await?;
        let services = services(pool.clone(), ctx, &provider);
        Ok(Self { services, provider, clock, tours, orders: Mutex::default(), declined: Mutex::default() })
    }

    async fn apply(&self, op: &Op) -> TestCaseResult {
        match op {
            Op::Place { cart, adults, children, elsewhere } => {
                let [here, there] = &self.tours;
                let lines =
                    [line(here, here.adult, *adults), line(here, here.child, *children), line(there, there.adult, *elsewhere)];
                self.place(*cart, &lines).await
            }
            Op::Pay { order, told } => {
                self.start(*order).await?;
                let report = self.order(*order).and_then(|order| self.provider.try_decide(&order.number, Outcome::Succeeded));
                match report.filter(|_| *told) {
                    Some(report) => self.settle(&report).await,
                    None => Ok(()),
                }
            }
            Op::Start(order) => self.start(*order).await,
            Op::Decide(order, outcome) => {
                self.order(*order).and_then(|order| self.provider.try_decide(&order.number, *outcome));
                Ok(())
            }
            Op::Tell(order, which) => {
                let decided = self.order(*order).map(|order| self.provider.decided(&order.number)).unwrap_or_default();
                match decided.get(which % decided.len().max(1)) {
                    Some(report) => self.settle(report).await,
                    None => Ok(()),
                }
            }
            Op::Decline(order) => self.decline(*order).await,
            Op::Return(order) => match self.order(*order) {
                Some(order) => refusable(payments::poll(&self.services, &order.token).await),
                None => Ok(()),
            },
            Op::Cancel(order) => self.cancel(*order).await,
            Op::Board(order) => self.board(*order).await,
            Op::PollDue => refusable(payments::poll_due(&self.services).await),
            Op::ExpireDue => refusable(payments::expire_due(&self.services).await),
            Op::RunJobs => self.run_jobs().await,
            Op::ProviderDown(down) => {
                self.provider.set_down(*down);
                Ok(())
            }
            Op::Later(by) => {
                self.clock.advance(*by);
                Ok(())
            }
        }
    }

    fn order(&self, index: usize) -> Option<Placed> {
        let orders = self.orders.lock().expect("a lock");
        orders.iter().rev().nth(index % orders.len().max(1)).cloned()
    }

    async fn start(&self, order: usize) -> TestCaseResult {
        match self.order(order) {
            Some(order) => refusable(payments::start(&self.services, &order.token, None).await),
            None => Ok(()),
        }
    }

    async fn place(&self, cart: Option<u8>, lines: &[CartLine]) -> TestCaseResult {
        let (ctx, form) = (&self.services.ctx, contact());
        let lines: Vec<CartLine> = lines.iter().filter(|line| line.quantity > 0).copied().collect();
        let mut tx = self.services.begin().await.map_err(broken)?;
        let placed = match cart {
            Some(cart) => orders::hold_cart(&mut tx, ctx, Uuid::from_u128(cart.into()), Lang::Ru, &lines).await,
            None => orders::place(&mut tx, ctx, Lang::Ru, Some(&form.validate().expect("a contact")), None, &lines).await,
        };
        let placed = match placed {
            Ok(placed) => placed,
            Err(OrderError::SoldOut(_) | OrderError::NotOnSale | OrderError::Quantity) => return Ok(()),
            Err(error) => return Err(broken(error)),
        };
        if cart.is_some()
            && let Err(error) = orders::set_contact(&mut tx, ctx, &placed.token, &form).await
        {
            // In another lane an hour went by since the hold.
            return refusable(Err::<(), _>(error.into()));
        }
        tx.commit().await.map_err(broken)?;
        let mut orders = self.orders.lock().expect("a lock");
        if orders.iter().all(|known| known.token != placed.token) {
            orders.push(placed);
        }
        Ok(())
    }

    async fn settle(&self, report: &Report) -> TestCaseResult {
        let mut tx = self.services.begin().await.map_err(broken)?;
        let payload = serde_json::json!({});
        let settled = payments::settle(&mut tx, &self.services.ctx, "fake", report, Source::Callback, &payload).await;
        tx.commit().await.map_err(broken)?;
        match settled.map_err(broken)? {
            known @ (Settled::Unknown | Settled::Mismatch) => Err(broken((known, report))),
            _ => Ok(()),
        }
    }

    async fn decline(&self, order: usize) -> TestCaseResult {
        let Some(order) = self.order(order) else { return Ok(()) };
        let id: Option<String> = sqlx::query_scalar(
            "select p.provider_payment_id from payments p join orders o on o.id = p.order_id
             where o.number = $1 and p.status = 'pending'",
        )
        .bind(&order.number)
        .fetch_optional(&self.services.pool)
        .await
        .map_err(broken)?;
        let Some(id) = id else { return Ok(()) };
        self.declined.lock().expect("a lock").insert(id.clone());
        let failure = Some("Not enough money on the card".to_owned());
        let (outcome, amount, currency) = (Outcome::Failed, None, None);
        self.settle(&Report { order_number: order.number, provider_payment_id: id, outcome, amount, currency, failure }).await
    }

    async fn cancel(&self, order: usize) -> TestCaseResult {
        let Some(order) = self.order(order) else { return Ok(()) };
        let mut tx = self.services.begin().await.map_err(broken)?;
        if let Err(error) = payments::cancel(&mut tx, &self.services.ctx, &order.token).await {
            return refusable(Err::<(), _>(error));
        }
        tx.commit().await.map_err(broken)
    }

    async fn board(&self, order: usize) -> TestCaseResult {
        let Some(order) = self.order(order) else { return Ok(()) };
        let gate = Actor {
            account: None,
            name: "Айгерім".into(),
            email: String::new(),
            organisation: Some((self.tours[0].organisation, "T".into(), Role::Gate)),
        };
        let mut tx = self.services.begin().await.map_err(broken)?;
        let order = orders::view(&mut tx, &self.services.ctx, &order.token, Lang::Ru).await.map_err(broken)?.expect("an order");
        if let Some(ticket) = order.tickets.first() {
            tickets::activate(&mut tx, &self.services.ctx, &gate, &ticket.code, true, Lang::Ru).await.map_err(broken)?;
        }
        tx.commit().await.map_err(broken)
    }

    /// As the worker does: what fails is put off, what succeeds is deleted.
    async fn run_jobs(&self) -> TestCaseResult {
        let ctx = &self.services.ctx;
        loop {
            let due = jobs::lease(&mut *self.services.conn().await.map_err(broken)?, ctx, 50).await.map_err(broken)?;
            if due.is_empty() {
                return Ok(());
            }
            for job in due {
                let done = self.run_job(&job).await;
                let mut conn = self.services.conn().await.map_err(broken)?;
                match done {
                    Ok(()) => jobs::finish(&mut conn, job.id).await.map_err(broken)?,
                    Err(PaymentError::Provider(_)) => jobs::fail(&mut conn, ctx, &job, "").await.map_err(broken)?,
                    Err(error) => return Err(broken(error)),
                }
            }
        }
    }

    async fn run_job(&self, job: &Leased) -> Result<(), PaymentError> {
        fn read<J: DeserializeOwned>(job: &Leased) -> J {
            serde_json::from_value(job.payload.clone()).expect("a payload")
        }
        match job.name.as_str() {
            IssueTickets::NAME => {
                let mut tx = self.services.begin().await?;
                tickets::issue(&mut tx, &self.services.ctx, read::<IssueTickets>(job).order).await?;
                Ok(tx.commit().await?)
            }
            ReturnMoney::NAME => payments::return_money(&self.services, &read(job)).await,
            ClosePayment::NAME => payments::close_payment(&self.services, &read(job)).await,
            _ => Ok(()),
        }
    }

    /// All rules in one question, for it is asked after every step.
    async fn check(&self, rules: &[(&str, &str)]) -> TestCaseResult {
        let questions: Vec<String> = rules.iter().map(|(rule, sql)| format!("select '{rule}' where ({sql}) > 0")).collect();
        let broken_rules: Vec<String> = sqlx::query_scalar(AssertSqlSafe(questions.join(" union all ")))
            .fetch_all(&self.services.pool)
            .await
            .map_err(broken)?;
        prop_assert!(broken_rules.is_empty(), "broken: {:?}", broken_rules);
        Ok(())
    }

    /// Lets everybody do what is left to do, then looks at the whole.
    async fn come_to_rest(&self, told: bool) -> TestCaseResult {
        self.check(&RULES).await?;
        self.provider.set_down(false);
        let orders: Vec<String> =
            sqlx::query_scalar("select number from orders").fetch_all(&self.services.pool).await.map_err(broken)?;
        for report in orders.iter().flat_map(|number| self.provider.decided(number)) {
            // A payment that we believe failed is asked about no more: only its callback can tell.
            let only_told = self.declined.lock().expect("a lock").contains(&report.provider_payment_id);
            if told || only_told {
                self.settle(&report).await?;
            }
        }
        for _ in 0..6 {
            self.clock.advance(SignedDuration::from_hours(2));
            payments::poll_due(&self.services).await.map_err(broken)?;
            payments::expire_due(&self.services).await.map_err(broken)?;
            self.run_jobs().await?;
        }
        self.check(&RULES).await?;
        self.check(&RULES_AT_REST).await?;
        for number in orders {
            let status: String = sqlx::query_scalar("select status from orders where number = $1")
                .bind(&number)
                .fetch_one(&self.services.pool)
                .await
                .map_err(broken)?;
            let paid = matches!(OrderStatus::parse(&status), Some(OrderStatus::Paid | OrderStatus::Completed));
            prop_assert_eq!(self.provider.kept(&number), usize::from(paid), "money kept for an order that is {}", status);
        }
        Ok(())
    }
}

fn line(tour: &Tour, ticket_type: TicketTypeId, quantity: i32) -> CartLine {
    CartLine { departure_id: tour.departure, ticket_type_id: ticket_type, quantity }
}

fn contact() -> ContactForm {
    ContactForm { name: "Әйгүл Сәтбаева".into(), phone: "8 701 123 45 67".into(), email: "aigul@example.kz".into() }
}

/// An answer that a customer may get is none of the faults looked for; one of the database's is.
fn refusable<T>(done: Result<T, PaymentError>) -> TestCaseResult {
    match done {
        Ok(_)
        | Err(
            PaymentError::Order(OrderError::NotOpen(_) | OrderError::TooLate)
            | PaymentError::NoContact
            | PaymentError::Provider(_),
        ) => Ok(()),
        Err(error) => Err(broken(error)),
    }
}

/// Polls a future so often and drops it then, as a process that dies does.
async fn cut<F: Future>(future: F, polls: usize) -> Option<F::Output> {
    let (mut future, mut left) = (pin!(future), polls);
    poll_fn(|cx| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(cx).map(Some)
    })
    .await
}

/// Runs the property on a thread that may block, for proptest knows no futures.
async fn for_all<S, F>(
    pool: PgPool,
    strategy: impl FnOnce() -> S + Send + 'static,
    property: impl Fn(PgPool, Tours, S::Value) -> F + Send + 'static,
) where
    S: Strategy,
    F: Future<Output = TestCaseResult>,
{
    let ctx = ctx_with(NOW).0;
    let starts_at = ctx.now() + SignedDuration::from_hours(24 * DAYS_AHEAD);
    let mut tours = Vec::new();
    for name in ["kolsai", "charyn"] {
        let tour = TourBuilder::new(name).child_quota(1).starts_at(starts_at);
        tours.push(tour.create(&mut pool.acquire().await.expect("a connection"), &ctx).await.expect("a tour"));
    }
    let tours = Tours::try_from(tours).expect("two tours");
    let runtime = tokio::runtime::Handle::current();
    let checked = tokio::task::spawn_blocking(move || {
        let config = Config { cases: CASES, failure_persistence: None, max_shrink_iters: 400, ..Config::default() };
        let checked = TestRunner::new(config).run(&strategy(), |case| runtime.block_on(property(pool.clone(), tours, case)));
        checked.map_err(|error| error.to_string())
    });
    if let Err(error) = checked.await.expect("the runner ends") {
        panic!("{error}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn one_after_another(pool: PgPool) {
    for_all(
        pool,
        || cases(40),
        async |pool, tours, case| {
            let market = Market::open(&pool, tours, &case).await.map_err(broken)?;
            for op in &case.ops {
                market.apply(op).await?;
                market.check(&RULES).await?;
            }
            market.come_to_rest(case.told).await
        },
    )
    .await;
}

#[sqlx::test(migrations = "../migrations")]
async fn at_once(pool: PgPool) {
    for_all(
        pool,
        || cases(60),
        async |pool, tours, case| {
            let market = Market::open(&pool, tours, &case).await.map_err(broken)?;
            let market = &market;
            let lanes = (0..LANES).map(|lane| case.ops.iter().skip(lane).step_by(LANES));
            let done = join_all(lanes.map(async |ops| {
                for op in ops {
                    market.apply(op).await?;
                }
                Ok(())
            }));
            done.await.into_iter().collect::<TestCaseResult>()?;
            market.come_to_rest(case.told).await
        },
    )
    .await;
}

#[sqlx::test(migrations = "../migrations")]
async fn cut_off_half_way(pool: PgPool) {
    let strategy = || (cases(40), prop::collection::vec(1..40_usize, 40));
    for_all(pool, strategy, async |pool, tours, (case, cuts)| {
        let market = Market::open(&pool, tours, &case).await.map_err(broken)?;
        for (op, polls) in case.ops.iter().zip(cuts) {
            cut(market.apply(op), polls).await.unwrap_or(Ok(()))?;
        }
        market.come_to_rest(case.told).await
    })
    .await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_transaction_dropped_while_it_begins_is_not_handed_on(_: PgPoolOptions, options: PgConnectOptions) {
    let mut watcher = PgConnection::connect_with(&options).await.expect("a connection");
    let pool = PgPoolOptions::new().max_connections(1).connect_with(options).await.expect("a pool");
    let services = services(pool, ctx_with(NOW).0, &Arc::default());
    for round in 0..60 {
        drop(cut(services.begin(), 1 + round % 6).await);
        let (mut next, key) = (services.conn().await.expect("a connection"), format!("round {round}"));
        tickets::delivered(&mut next, &services.ctx, &key, "mail", None).await.expect("it is written down");
        assert!(tickets::sent_before(&mut watcher, &key).await.expect("a look"), "{key}: nobody else sees what was written");
    }
}
