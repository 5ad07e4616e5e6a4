//! Two organisations with a tour each, a provider that does as told, and members of every role.
use jiff::SignedDuration;
use sapar_domain::{
    Services,
    accounts::Actor,
    orders::{self, DeskError},
    payments::{self, Settled, Source, provider::Outcome},
    testing::{FakeProvider, TestClock, Tour, TourBuilder, ctx_with, services},
    tickets,
};
use sapar_shared::{
    Lang,
    dto::{
        desk::{CashSale, OrderDetail, OrdersPage, OrdersQuery},
        order::Placed,
    },
    forms::{
        cash::CashForm,
        checkout::{CartLine, ContactForm},
    },
    ids::{DepartureId, OrderId, OrganisationId, TicketTypeId},
    roles::Role,
};
use sqlx::PgPool;
use std::sync::Arc;
use uuid::Uuid;

/// A Saturday, nine o'clock in Almaty.
const NOW: &str = "2026-11-21T04:00:00Z";

pub(crate) struct World {
    pub(crate) services: Services,
    pub(crate) provider: Arc<FakeProvider>,
    pub(crate) clock: TestClock,
    pub(crate) tour: Tour,
    /// Another organisation's.
    pub(crate) other: Tour,
}

impl World {
    /// The own tour leaves in two hours, the other's in a week.
    pub(crate) async fn new(pool: PgPool, tour: TourBuilder) -> Self {
        let (ctx, clock) = ctx_with(NOW);
        let provider = Arc::new(FakeProvider::default());
        let services = services(pool, ctx, &provider);
        let soon = services.ctx.now() + SignedDuration::from_hours(2);
        let mut conn = services.conn().await.expect("a connection");
        let tour = tour.starts_at(soon).create(&mut conn, &services.ctx).await.expect("a tour");
        let other = TourBuilder::new("other").create(&mut conn, &services.ctx).await.expect("a tour");
        drop(conn);
        Self { services, provider, clock, tour, other }
    }

    pub(crate) fn line(tour: &Tour, ticket_type: TicketTypeId, quantity: i32) -> CartLine {
        CartLine { departure_id: tour.departure, ticket_type_id: ticket_type, quantity }
    }

    pub(crate) async fn place(&self, name: &str, phone: &str, lines: &[CartLine]) -> Placed {
        let form = ContactForm { name: name.into(), phone: phone.into(), email: "aigul@example.kz".into() };
        let contact = form.validate().expect("a contact");
        let mut tx = self.services.pool.begin().await.expect("a transaction");
        let placed = orders::place(&mut tx, &self.services.ctx, Lang::Ru, Some(&contact), None, lines).await.expect("an order");
        tx.commit().await.expect("a commit");
        placed
    }

    /// Placed, paid, with tickets.
    pub(crate) async fn paid(&self, name: &str, phone: &str, lines: &[CartLine]) -> OrderId {
        let order = self.settled(name, phone, lines).await;
        self.issue(order).await;
        order
    }

    pub(crate) async fn issue(&self, order: OrderId) {
        let mut tx = self.services.pool.begin().await.expect("a transaction");
        tickets::issue(&mut tx, &self.services.ctx, order).await.expect("tickets");
        tx.commit().await.expect("a commit");
    }

    /// Placed and paid.
    pub(crate) async fn settled(&self, name: &str, phone: &str, lines: &[CartLine]) -> OrderId {
        let placed = self.place(name, phone, lines).await;
        payments::start(&self.services, &placed.token, None).await.expect("a payment");
        let report = self.provider.decide(&placed.number, Outcome::Succeeded);
        let mut tx = self.services.pool.begin().await.expect("a transaction");
        let settled =
            payments::settle(&mut tx, &self.services.ctx, "fake", &report, Source::Callback, &serde_json::json!({})).await;
        assert_eq!(settled.expect("it settles"), Settled::Paid);
        let order = orders::view(&mut tx, &self.services.ctx, &placed.token, Lang::Ru).await.expect("a look").expect("an order");
        tx.commit().await.expect("a commit");
        order.id
    }

    pub(crate) fn sale(&self, key: u128, adults: i32) -> CashSale {
        CashSale {
            key: Uuid::from_u128(key),
            lang: Lang::Ru,
            departure: self.tour.departure,
            lines: vec![(self.tour.adult, adults), (self.tour.child, 0)],
            contact: CashForm::default(),
        }
    }

    pub(crate) async fn sell(&self, by: &Actor, sale: &CashSale) -> Result<OrderId, DeskError> {
        let mut tx = self.services.pool.begin().await?;
        let sold = tickets::sell_for_cash(&mut tx, &self.services.ctx, by, sale).await?;
        tx.commit().await?;
        Ok(sold)
    }

    pub(crate) async fn orders(&self, by: &Actor, query: &OrdersQuery) -> Result<OrdersPage, DeskError> {
        let mut conn = self.services.conn().await?;
        orders::organisation_orders(&mut conn, &self.services.ctx, by, query, Lang::Ru).await
    }

    /// The ids of what is found.
    pub(crate) async fn found(&self, by: &Actor, words: &str) -> Vec<OrderId> {
        let query = OrdersQuery { words: words.to_owned(), ..OrdersQuery::default() };
        self.orders(by, &query).await.expect("a page").rows.into_iter().map(|row| row.id).collect()
    }

    pub(crate) async fn detail(&self, by: &Actor, order: OrderId) -> Option<OrderDetail> {
        let mut conn = self.services.conn().await.expect("a connection");
        orders::organisation_order(&mut conn, &self.services.ctx, by, order, Lang::Ru).await.expect("a look")
    }

    /// (held, sold, elsewhere) of a departure.
    pub(crate) async fn stock(&self, departure: DepartureId) -> (i32, i32, i32) {
        sqlx::query_as("select held, sold, elsewhere from stock where departure_id = $1 and ticket_type_id is null")
            .bind(departure.0)
            .fetch_one(&self.services.pool)
            .await
            .expect("a counter")
    }

    /// One more departure of the own tour, so many hours from now.
    pub(crate) async fn departure(&self, hours: i64, capacity: i32) -> DepartureId {
        let (departure, counter) = (self.services.ctx.id(), self.services.ctx.id());
        sqlx::query(
            "insert into departures (id, listing_id, organisation_id, starts_at, ends_at)
             select $1, listing_id, organisation_id, starts_at + make_interval(hours => $3), ends_at + make_interval(hours => $3)
             from departures where id = $2",
        )
        .bind(departure)
        .bind(self.tour.departure.0)
        .bind(i32::try_from(hours).expect("a few hours"))
        .execute(&self.services.pool)
        .await
        .expect("a departure");
        sqlx::query("insert into stock (id, departure_id, capacity) values ($1, $2, $3)")
            .bind(counter)
            .bind(departure)
            .bind(capacity)
            .execute(&self.services.pool)
            .await
            .expect("a counter");
        departure.into()
    }

    pub(crate) fn member(&self, role: Role) -> Actor {
        actor(self.tour.organisation, role)
    }

    /// A member with an account, for sales remember who made them.
    pub(crate) async fn person(&self, role: Role) -> Actor {
        let id = self.services.ctx.id();
        sqlx::query("insert into accounts (id, email, name, password_hash, created_at) values ($1, $2, 'Ерлан', 'x', now())")
            .bind(id)
            .bind(format!("{id}@example.kz"))
            .execute(&self.services.pool)
            .await
            .expect("an account");
        Actor { account: Some(id.into()), name: "Ерлан".into(), ..self.member(role) }
    }

    pub(crate) fn stranger(&self) -> Actor {
        actor(self.other.organisation, Role::Owner)
    }

    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.services.pool).await.expect("a count")
    }
}

pub(crate) fn actor(organisation: OrganisationId, role: Role) -> Actor {
    Actor {
        account: None,
        name: "Айгерім".into(),
        email: String::new(),
        organisation: Some((organisation, "T".into(), role)),
        ..Actor::default()
    }
}
