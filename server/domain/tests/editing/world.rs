//! A partner with one published tour, its people, and a provider that does as told.
use sapar_domain::{
    Services,
    accounts::Actor,
    catalog::{self, editing},
    kernel::Ctx,
    orders::{self, OrderError},
    payments::{
        self, Settled, Source,
        provider::{Outcome, Report},
    },
    testing::{FakeProvider, TestClock, Tour, TourBuilder, ctx_with, services},
};
use sapar_shared::{
    Lang, Money,
    dto::{
        catalog::Tour as Page,
        editor::{DraftPicture, Editor, MapPoint, Saved, TicketTypeForm, TourDraft, Tri},
        order::{OrderView, Placed},
    },
    forms::checkout::{CartLine, ContactForm},
    ids::{AccountId, DepartureId, ListingId, OrganisationId, TicketTypeId, UploadId},
    roles::Role,
};
use sqlx::{PgPool, Postgres, Transaction, pool::PoolConnection};
use std::sync::Arc;

/// A Saturday, nine o'clock in Almaty.
const NOW: &str = "2026-11-21T04:00:00Z";

pub(crate) struct World {
    pub(crate) services: Services,
    pub(crate) provider: Arc<FakeProvider>,
    pub(crate) clock: TestClock,
    pub(crate) tour: Tour,
    pub(crate) owner: Actor,
}

/// Runs a use case in a transaction that is committed if it succeeds.
macro_rules! done {
    ($world:expr, |$conn:ident, $ctx:ident| $work:expr) => {{
        let mut tx = $world.begin().await;
        let $ctx = $world.ctx();
        let done = {
            let $conn = &mut tx;
            $work.await
        };
        if done.is_ok() {
            tx.commit().await.unwrap();
        }
        done
    }};
}
pub(crate) use done;

impl World {
    pub(crate) async fn new(pool: PgPool) -> Self {
        Self::with(pool, TourBuilder::new("kolsai")).await
    }

    pub(crate) async fn with(pool: PgPool, tour: TourBuilder) -> Self {
        let (ctx, clock) = ctx_with(NOW);
        let provider = Arc::new(FakeProvider::default());
        let services = services(pool, ctx, &provider);
        let tour = tour.create(&mut services.conn().await.unwrap(), &services.ctx).await.unwrap();
        let owner = actor(tour.organisation, Role::Owner);
        Self { services, provider, clock, tour, owner }
    }

    pub(crate) fn ctx(&self) -> &Ctx {
        &self.services.ctx
    }

    pub(crate) async fn begin(&self) -> Transaction<'static, Postgres> {
        self.services.begin().await.unwrap()
    }

    pub(crate) async fn conn(&self) -> PoolConnection<Postgres> {
        self.services.conn().await.unwrap()
    }

    /// Somebody with a name of his own.
    pub(crate) async fn person(&self, name: &str) -> Actor {
        let id = self.ctx().id();
        sqlx::query("insert into accounts (id, email, name, password_hash, created_at) values ($1, $2, $3, 'x', now())")
            .bind(id)
            .bind(format!("{id}@example.kz"))
            .bind(name)
            .execute(&self.services.pool)
            .await
            .unwrap();
        Actor { account: Some(AccountId(id)), name: name.into(), ..self.owner.clone() }
    }

    /// A picture that was sent and made.
    pub(crate) async fn upload(&self, listing: ListingId) -> UploadId {
        let id = self.ctx().id();
        sqlx::query(
            "insert into uploads (id, organisation_id, listing_id, purpose, state, key, widths, width, height, color, created_at)
             values ($1, $2, $3, 'listing', 'ready', $4, '{480,960}', 960, 640, '#5b7f95', now())",
        )
        .bind(id)
        .bind(self.tour.organisation.0)
        .bind(listing.0)
        .bind(format!("u-{id}"))
        .execute(&self.services.pool)
        .await
        .unwrap();
        id.into()
    }

    pub(crate) async fn editor(&self, listing: ListingId) -> Editor {
        editing::editor(&mut *self.conn().await, self.ctx(), &self.owner, Lang::Ru, listing).await.unwrap()
    }

    pub(crate) async fn save(&self, actor: &Actor, listing: ListingId, base: i32, draft: &TourDraft) -> Saved {
        done!(self, |conn, ctx| editing::save_draft(conn, ctx, actor, listing, base, draft)).unwrap()
    }

    /// A draft with all that review asks for.
    pub(crate) async fn whole(&self, listing: ListingId) -> TourDraft {
        TourDraft {
            title: tri("Чарын за день"),
            summary: tri("Каньон и обед"),
            description: tri("Едем рано.\n\nВозвращаемся поздно."),
            included: vec![tri("Обед")],
            meeting: tri("Алматы, Сайран"),
            meeting_point: Some(MapPoint { lat_e6: 43_238_100, lng_e6: 76_945_200 }),
            place: "place-kolsai".into(),
            category: "category-kolsai".into(),
            guide_languages: vec![Lang::Ru],
            duration_minutes: 720,
            free_cancel_hours: 24,
            pictures: vec![DraftPicture { upload: self.upload(listing).await, alt: tri("Каньон") }],
            ..TourDraft::default()
        }
    }

    /// As travellers see it.
    pub(crate) async fn shown(&self, slug: &str) -> Option<Page> {
        catalog::tour(&mut *self.conn().await, self.ctx(), Lang::Ru, slug).await.unwrap()
    }

    pub(crate) async fn status(&self, listing: ListingId) -> String {
        sqlx::query_scalar("select status from listings where id = $1")
            .bind(listing.0)
            .fetch_one(&self.services.pool)
            .await
            .unwrap()
    }

    pub(crate) async fn number(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.services.pool).await.unwrap()
    }

    pub(crate) async fn run(&self, sql: &'static str) {
        sqlx::query(sql).execute(&self.services.pool).await.unwrap();
    }

    pub(crate) async fn place(&self, ticket_type: TicketTypeId, quantity: i32) -> Result<Placed, OrderError> {
        let form =
            ContactForm {
                name: "Айгүл Сәтбаева".into(), phone: "8 701 123 45 67".into(), email: "aigul@example.kz".into()
            };
        let contact = form.validate().unwrap();
        let line = CartLine { departure_id: self.tour.departure, ticket_type_id: ticket_type, quantity };
        done!(self, |conn, ctx| orders::place(conn, ctx, Lang::Ru, Some(&contact), None, &[line]))
    }

    pub(crate) async fn settle(&self, report: &Report) -> Settled {
        let none = serde_json::json!({});
        done!(self, |conn, ctx| payments::settle(conn, ctx, "fake", report, Source::Callback, &none)).unwrap()
    }

    /// Placed and paid.
    pub(crate) async fn sell(&self, ticket_type: TicketTypeId, quantity: i32) -> Placed {
        let placed = self.place(ticket_type, quantity).await.unwrap();
        payments::start(&self.services, &placed.token, None).await.unwrap();
        let report = self.provider.decide(&placed.number, Outcome::Succeeded);
        assert_eq!(self.settle(&report).await, Settled::Paid);
        placed
    }

    pub(crate) async fn order(&self, placed: &Placed) -> OrderView {
        orders::view(&mut *self.conn().await, self.ctx(), &placed.token, Lang::Ru).await.unwrap().unwrap()
    }

    /// (capacity, held, sold) of a departure's counter.
    pub(crate) async fn counter(&self, departure: DepartureId, ticket_type: Option<TicketTypeId>) -> Option<(i32, i32, i32)> {
        sqlx::query_as(
            "select capacity, held, sold from stock where departure_id = $1 and ticket_type_id is not distinct from $2::uuid",
        )
        .bind(departure.0)
        .bind(ticket_type.map(|id| id.0))
        .fetch_optional(&self.services.pool)
        .await
        .unwrap()
    }
}

pub(crate) fn actor(organisation: OrganisationId, role: Role) -> Actor {
    Actor {
        account: None,
        name: "Дәурен".into(),
        email: String::new(),
        organisation: Some((organisation, "T".into(), role)),
        ..Actor::default()
    }
}

pub(crate) fn tri(ru: &str) -> Tri {
    Tri { ru: ru.to_owned(), ..Tri::default() }
}

/// A ticket type as it is typed first.
pub(crate) fn kind(name: &str, tenge: i64) -> TicketTypeForm {
    TicketTypeForm {
        id: None,
        name: tri(name),
        price: Some(Money::from_tenge(tenge)),
        quota: None,
        min_per_order: 1,
        max_per_order: 10,
        closes_minutes_before: 0,
    }
}
