//! A market with one tour, a provider that does as told, and the clock in our hands.
use sapar_domain::{
    Services,
    accounts::Actor,
    kernel::jobs::{self, Job as _},
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
    dto::order::{OrderStatus, Placed},
    forms::checkout::{CartLine, ContactForm},
    ids::{OrganisationId, TicketTypeId},
    roles::Role,
};
use sqlx::PgPool;
use std::sync::Arc;

const NOW: &str = "2026-11-21T04:00:00Z";

pub(crate) struct World {
    pub(crate) services: Services,
    pub(crate) provider: Arc<FakeProvider>,
    pub(crate) clock: TestClock,
    pub(crate) tour: Tour,
}

impl World {
    pub(crate) async fn new(pool: PgPool, tour: TourBuilder) -> Self {
        let (ctx, clock) = ctx_with(NOW);
        let provider = Arc::new(FakeProvider::default());
        let services = services(pool, ctx, &provider);
        let tour = tour.create(&mut services.conn().await.expect("a connection"), &services.ctx).await.expect("a tour");
        Self { services, provider, clock, tour }
    }

    pub(crate) fn line(&self, ticket_type: TicketTypeId, quantity: i32) -> CartLine {
        CartLine { departure_id: self.tour.departure, ticket_type_id: ticket_type, quantity }
    }

    pub(crate) async fn place(&self, lines: &[CartLine]) -> Result<Placed, OrderError> {
        let contact = contact().validate().expect("a contact");
        let mut tx = self.services.pool.begin().await?;
        let placed = orders::place(&mut tx, &self.services.ctx, Lang::Ru, Some(&contact), None, lines).await?;
        tx.commit().await?;
        Ok(placed)
    }

    pub(crate) async fn start(&self, placed: &Placed) -> Option<String> {
        payments::start(&self.services, &placed.token, None).await.expect("the payment starts")
    }

    pub(crate) async fn settle(&self, report: &Report, source: Source) -> Settled {
        let mut tx = self.services.pool.begin().await.expect("a transaction");
        let settled = payments::settle(&mut tx, &self.services.ctx, "fake", report, source, &serde_json::json!({})).await;
        tx.commit().await.expect("a commit");
        settled.expect("it settles")
    }

    /// Placed, paid, with tickets.
    pub(crate) async fn paid(&self, quantity: i32) -> Placed {
        let placed = self.place(&[self.line(self.tour.adult, quantity)]).await.expect("places");
        self.start(&placed).await.expect("a payment page");
        let report = self.provider.decide(&placed.number, Outcome::Succeeded);
        assert_eq!(self.settle(&report, Source::Callback).await, Settled::Paid);
        self.issue(&placed).await;
        placed
    }

    pub(crate) async fn issue(&self, placed: &Placed) {
        let mut tx = self.services.pool.begin().await.expect("a transaction");
        let order = orders::view(&mut tx, &self.services.ctx, &placed.token, Lang::Ru).await.expect("a look").expect("an order");
        tickets::issue(&mut tx, &self.services.ctx, order.id).await.expect("tickets");
        tx.commit().await.expect("a commit");
    }

    pub(crate) async fn view(&self, placed: &Placed) -> sapar_shared::dto::order::OrderView {
        let mut conn = self.services.conn().await.expect("a connection");
        orders::view(&mut conn, &self.services.ctx, &placed.token, Lang::Ru).await.expect("a look").expect("an order")
    }

    /// (held, sold) of the departure.
    pub(crate) async fn stock(&self) -> (i32, i32) {
        sqlx::query_as("select held, sold from stock where departure_id = $1 and ticket_type_id is null")
            .bind(self.tour.departure.0)
            .fetch_one(&self.services.pool)
            .await
            .expect("a counter")
    }

    pub(crate) async fn cancel(&self, placed: &Placed) -> Result<OrderStatus, PaymentError> {
        let mut tx = self.services.pool.begin().await.expect("a transaction");
        let done = payments::cancel(&mut tx, &self.services.ctx, &placed.token).await;
        tx.commit().await.expect("a commit");
        done
    }

    /// Runs the provider's side jobs.
    pub(crate) async fn run_payment_jobs(&self) {
        assert_eq!(self.try_payment_jobs().await, 0, "jobs that failed");
    }

    /// Runs the provider's side jobs as the worker would; returns how many failed and were put off.
    pub(crate) async fn try_payment_jobs(&self) -> usize {
        let ctx = &self.services.ctx;
        let due =
            jobs::lease(&mut self.services.conn().await.expect("a connection"), ctx, jobs::Kinds::ALL, 50).await.expect("jobs");
        let mut failed = 0;
        for job in due {
            let payload = job.payload.clone();
            let done = match job.name.as_str() {
                ReturnMoney::NAME => {
                    payments::return_money(&self.services, &serde_json::from_value(payload).expect("a payload")).await
                }
                ClosePayment::NAME => {
                    payments::close_payment(&self.services, &serde_json::from_value(payload).expect("a payload")).await
                }
                _ => continue,
            };
            let mut conn = self.services.conn().await.expect("a connection");
            match done {
                Ok(()) => jobs::finish(&mut conn, job.id).await.expect("a job is done"),
                Err(error) => {
                    failed += 1;
                    jobs::fail(&mut conn, ctx, &job, &error.to_string()).await.expect("a job is put off");
                }
            }
        }
        failed
    }

    pub(crate) async fn balance(&self) -> Money {
        let mut conn = self.services.conn().await.expect("a connection");
        ledger::balance(&mut conn, Account::Partner(self.tour.organisation)).await.expect("a balance")
    }

    pub(crate) fn gate(&self) -> Actor {
        actor(self.tour.organisation)
    }
}

pub(crate) fn actor(organisation: OrganisationId) -> Actor {
    Actor {
        account: None,
        name: "Айгерім".into(),
        email: String::new(),
        email_confirmed: true,
        organisation: Some((organisation, "T".into(), Role::Gate)),
        ..Actor::default()
    }
}

fn contact() -> ContactForm {
    ContactForm { name: "Айгүл Сәтбаева".into(), phone: "8 701 123 45 67".into(), email: "aigul@example.kz".into() }
}

/// Runs the same future so many times at once.
pub(crate) async fn futures_of<T, F: Future<Output = T>>(count: usize, make: impl Fn() -> F) -> Vec<T> {
    futures::future::join_all((0..count).map(|_| make())).await
}
