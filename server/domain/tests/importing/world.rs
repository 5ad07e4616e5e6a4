//! A partner with one published tour, and files made of rows.
use jiff::SignedDuration;
use sapar_domain::{
    Services,
    accounts::Actor,
    catalog::importing::{self, ImportError, Imported, Received, Step},
    kernel::Ctx,
    orders::{self, OrderError},
    testing::{FakeProvider, TestClock, Tour, TourBuilder, ctx_with, services},
};
use sapar_shared::{
    Lang,
    dto::{
        import::{ImportState, Undone},
        order::Placed,
    },
    forms::checkout::{CartLine, ContactForm},
    ids::{DepartureId, ImportId, OrganisationId, TicketTypeId},
    roles::Role,
    sheets::{Column, Heading, Raw, Row, Sheet, Table, Value},
};
use sqlx::PgPool;
use std::sync::Arc;
use tokio::sync::watch;

/// A Saturday, nine o'clock in Almaty.
const NOW: &str = "2026-11-21T04:00:00Z";
/// The tour that there is.
pub(crate) const KNOWN: &str = "tour-kolsai";

pub(crate) struct World {
    pub(crate) services: Services,
    clock: TestClock,
    pub(crate) tour: Tour,
    pub(crate) owner: Actor,
}

pub(crate) fn actor(organisation: OrganisationId, role: Role) -> Actor {
    Actor {
        account: None,
        name: "Дәурен".into(),
        email: "owner@example.kz".into(),
        organisation: Some((organisation, "Kolsai Tours".into(), role)),
        ..Actor::default()
    }
}

/// A sheet in Russian with these columns, filled in from the second row on.
pub(crate) fn table(sheet: Sheet, columns: &[Column], rows: &[&[&str]]) -> Table {
    let headings =
        (0..).zip(columns).map(|(place, column)| Heading { place, column: Some(*column), text: column.heading(Lang::Ru) });
    let rows = (2..).zip(rows).map(|(number, cells)| Row {
        number,
        cells: (0..)
            .zip(*cells)
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(at, cell)| (at, Value::Text((*cell).into())))
            .collect(),
    });
    Table { sheet, name: sheet.name(Lang::Ru).into(), headings: headings.collect(), rows: rows.collect() }
}

pub(crate) fn tours(rows: &[&[&str]]) -> Table {
    let columns = [Column::Key, Column::Title(Lang::Ru), Column::Title(Lang::Kk), Column::Place, Column::Category, Column::Hours];
    table(Sheet::Tours, &columns, rows)
}

pub(crate) fn ticket_types(rows: &[&[&str]]) -> Table {
    table(Sheet::TicketTypes, &[Column::Tour, Column::Name(Lang::Ru), Column::Price, Column::Quota], rows)
}

pub(crate) fn departures(rows: &[&[&str]]) -> Table {
    table(Sheet::Departures, Sheet::Departures.columns(), rows)
}

/// Two new tours, two ticket types and three departures, one of them of the tour that there is.
pub(crate) fn good() -> Raw {
    Raw {
        tables: vec![
            tours(&[
                &["T1", "Чарын за день", "Шарын бір күнде", "кольсай", "озера", "12"],
                &["т2", "Каинды", "", "place-kolsai", "category-kolsai", "1,5"],
            ]),
            ticket_types(&[&["t1", "Взрослый", "12 500", ""], &[KNOWN, "Пенсионный", "7000", "3"]]),
            departures(&[
                &["T1", "05.12.2026", "06:00", "18"],
                &["T1", "2026-12-06", "6:00", "18"],
                &[KNOWN, "05.12.2026", "07:30", "20"],
            ]),
        ],
    }
}

impl World {
    pub(crate) async fn new(pool: PgPool) -> Self {
        let (ctx, clock) = ctx_with(NOW);
        let provider = Arc::new(FakeProvider::default());
        let services = services(pool, ctx, &provider);
        let tour = TourBuilder::new("kolsai").create(&mut services.conn().await.unwrap(), &services.ctx).await.unwrap();
        let owner = actor(tour.organisation, Role::Owner);
        Self { services, clock, tour, owner }
    }

    pub(crate) fn ctx(&self) -> &Ctx {
        &self.services.ctx
    }

    pub(crate) async fn number(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.services.pool).await.unwrap()
    }

    pub(crate) async fn run(&self, sql: &'static str) {
        sqlx::query(sql).execute(&self.services.pool).await.unwrap();
    }

    pub(crate) async fn receive_as(&self, actor: &Actor, raw: &Raw) -> Result<Received, ImportError> {
        // One after another: ids are in the order of time.
        self.clock.advance(SignedDuration::from_secs(1));
        let mut tx = self.services.begin().await.unwrap();
        let id = ImportId(self.ctx().id());
        let received = importing::receive(&mut tx, self.ctx(), actor, Lang::Ru, id, "туры.xlsx", raw).await?;
        tx.commit().await.unwrap();
        Ok(received)
    }

    pub(crate) async fn receive(&self, raw: &Raw) -> ImportId {
        self.receive_as(&self.owner, raw).await.unwrap().view.row.id
    }

    /// The addresses of what is wrong.
    pub(crate) async fn wrong(&self, raw: &Raw) -> Vec<String> {
        let view = self.receive_as(&self.owner, raw).await.unwrap().view;
        assert_eq!(usize::try_from(view.row.errors).unwrap(), view.errors.len());
        view.errors.into_iter().map(|error| error.address).collect()
    }

    pub(crate) async fn start(&self, id: ImportId) -> Result<(), ImportError> {
        let mut tx = self.services.begin().await.unwrap();
        importing::start(&mut tx, self.ctx(), &self.owner, id).await?;
        tx.commit().await.unwrap();
        Ok(())
    }

    /// A worker's part.
    pub(crate) async fn import(&self, id: ImportId, raw: &Raw) -> Result<Imported, ImportError> {
        assert!(importing::begin(&mut self.services.conn().await.unwrap(), id).await.unwrap());
        let mut tx = self.services.begin().await.unwrap();
        let outcome = importing::import(&mut tx, self.ctx(), id, raw, &watch::channel(Step::Read).0).await?;
        tx.commit().await.unwrap();
        Ok(outcome)
    }

    /// All of it.
    pub(crate) async fn bring(&self, raw: &Raw) -> ImportId {
        let id = self.receive(raw).await;
        self.start(id).await.unwrap();
        assert!(matches!(self.import(id, raw).await.unwrap(), Imported::Done(_)));
        id
    }

    pub(crate) async fn undo(&self, id: ImportId) -> Undone {
        let mut tx = self.services.begin().await.unwrap();
        let undone = importing::undo(&mut tx, self.ctx(), &self.owner, Lang::Ru, id).await.unwrap();
        tx.commit().await.unwrap();
        undone
    }

    pub(crate) async fn state(&self, id: ImportId) -> ImportState {
        let view = importing::view(&mut self.services.conn().await.unwrap(), self.ctx(), &self.owner, id).await.unwrap();
        view.row.state
    }

    pub(crate) async fn place(&self, departure: DepartureId, ticket_type: TicketTypeId) -> Result<Placed, OrderError> {
        let form =
            ContactForm {
                name: "Айгүл Сәтбаева".into(), phone: "8 701 123 45 67".into(), email: "aigul@example.kz".into()
            };
        let contact = form.validate().unwrap();
        let line = CartLine { departure_id: departure, ticket_type_id: ticket_type, quantity: 2 };
        let mut tx = self.services.begin().await?;
        let placed = orders::place(&mut tx, self.ctx(), Lang::Ru, Some(&contact), None, &[line]).await?;
        tx.commit().await?;
        Ok(placed)
    }

    /// The departure of that listing that starts then.
    pub(crate) async fn departure(&self, slug: &str, starts_at: &str) -> DepartureId {
        let id: uuid::Uuid = sqlx::query_scalar(
            "select d.id from departures d join listings l on l.id = d.listing_id
             where l.slug = $1 and d.starts_at = $2::text::timestamptz",
        )
        .bind(slug)
        .bind(starts_at)
        .fetch_one(&self.services.pool)
        .await
        .unwrap();
        id.into()
    }
}
