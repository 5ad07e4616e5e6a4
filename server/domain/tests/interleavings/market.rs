//! Everything that may happen to an order, as the edges and the worker make it happen.
use crate::{
    NOW,
    case::{Case, Op},
    rules::{RULES, RULES_AT_REST},
};
use jiff::SignedDuration;
use proptest::{
    prelude::*,
    test_runner::{TestCaseError, TestCaseResult},
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
    testing::{FakeProvider, TestClock, Tour, ctx_with, services},
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
use sqlx::{AssertSqlSafe, PgPool};
use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};
use uuid::Uuid;

/// Two partners', so that a cart may hold both.
pub(crate) type Tours = [Tour; 2];

pub(crate) struct Market {
    services: Services,
    provider: Arc<FakeProvider>,
    clock: TestClock,
    tours: Tours,
    orders: Mutex<Vec<Placed>>,
    /// Payments of which we were told that they failed while their page stayed open.
    declined: Mutex<HashSet<String>>,
}

pub(crate) fn broken(error: impl std::fmt::Debug) -> TestCaseError {
    TestCaseError::fail(format!("{error:?}"))
}

impl Market {
    /// The tours of the test with the case's places, and nothing sold.
    pub(crate) async fn open(pool: &PgPool, tours: Tours, case: &Case) -> sqlx::Result<Self> {
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

    pub(crate) async fn apply(&self, op: &Op) -> TestCaseResult {
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
            email_confirmed: true,
            organisation: Some((self.tours[0].organisation, "T".into(), Role::Gate)),
            ..Actor::default()
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
            let due = jobs::lease(&mut *self.services.conn().await.map_err(broken)?, ctx, jobs::Kinds::ALL, 50)
                .await
                .map_err(broken)?;
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
    pub(crate) async fn check(&self, rules: &[(&str, &str)]) -> TestCaseResult {
        let questions: Vec<String> = rules.iter().map(|(rule, sql)| format!("select '{rule}' where ({sql}) > 0")).collect();
        let broken_rules: Vec<String> = sqlx::query_scalar(AssertSqlSafe(questions.join(" union all ")))
            .fetch_all(&self.services.pool)
            .await
            .map_err(broken)?;
        prop_assert!(broken_rules.is_empty(), "broken: {:?}", broken_rules);
        Ok(())
    }

    /// Lets everybody do what is left to do, then looks at the whole.
    pub(crate) async fn come_to_rest(&self, told: bool) -> TestCaseResult {
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
    ContactForm { name: "Айгүл Сәтбаева".into(), phone: "8 701 123 45 67".into(), email: "aigul@example.kz".into() }
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
