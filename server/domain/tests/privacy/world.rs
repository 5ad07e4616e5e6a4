//! Somebody with an account, orders, a past as a member; and organisations that sell to them.
use crate::people::{HERE, House, MAIL, PHONE, SECRET};
use jiff::SignedDuration;
use sapar_domain::{
    Services,
    accounts::{self, AccountError, Actor},
    orders,
    payments::{self, Settled, Source, provider::Outcome},
    privacy::{self, PrivacyError},
    testing::{FakeProvider, Tour, TourBuilder, services},
    tickets,
};
use sapar_shared::{
    Lang,
    forms::checkout::{CartLine, ContactForm},
    ids::{AccountId, OrderId, OrganisationId},
    roles::Role,
};
use sqlx::PgPool;
use std::sync::Arc;

/// As `House` signs people up.
pub(crate) const NAME: &str = "Айгүл Сәтбаева";

pub(crate) struct World {
    pub(crate) house: House,
    pub(crate) services: Services,
    provider: Arc<FakeProvider>,
    /// Leaves in a week.
    pub(crate) tour: Tour,
    pub(crate) account: AccountId,
    pub(crate) cookie: String,
}

impl World {
    pub(crate) async fn new(pool: PgPool) -> Self {
        let house = House::new(pool.clone());
        let provider = Arc::new(FakeProvider::default());
        let services = services(pool, house.ctx.clone(), &provider);
        let tour = TourBuilder::new("one").create(&mut *house.conn().await, &house.ctx).await.unwrap();
        let (account, cookie) = house.proven(MAIL).await;
        let cookie = house.prove_phone(&cookie, PHONE).await.unwrap();
        Self { house, services, provider, tour, account, cookie }
    }

    pub(crate) async fn person(&self) -> Actor {
        self.house.actor(&self.cookie).await.unwrap()
    }

    /// An order of two, placed, paid, with its tickets.
    pub(crate) async fn paid(&self, name: &str, email: &str) -> OrderId {
        let form = ContactForm { name: name.into(), phone: PHONE.into(), email: email.into() };
        let line = CartLine { departure_id: self.tour.departure, ticket_type_id: self.tour.adult, quantity: 2 };
        let ctx = &self.services.ctx;
        let mut tx = self.services.pool.begin().await.unwrap();
        let placed = orders::place(&mut tx, ctx, Lang::Ru, Some(&form.validate().unwrap()), None, &[line]).await.unwrap();
        tx.commit().await.unwrap();
        payments::start(&self.services, &placed.token, None).await.unwrap();
        let report = self.provider.decide(&placed.number, Outcome::Succeeded);
        let mut tx = self.services.pool.begin().await.unwrap();
        let settled = payments::settle(&mut tx, ctx, "fake", &report, Source::Callback, &serde_json::json!({})).await;
        assert_eq!(settled.unwrap(), Settled::Paid);
        let order = orders::view(&mut tx, ctx, &placed.token, Lang::Ru).await.unwrap().unwrap().id;
        tickets::issue(&mut tx, ctx, order).await.unwrap();
        tx.commit().await.unwrap();
        order
    }

    /// The trip of the tour is over.
    pub(crate) fn after_the_trip(&self) {
        self.house.later(SignedDuration::from_hours(24 * 8));
    }

    pub(crate) async fn join(&self, organisation: OrganisationId, account: AccountId, role: Role) {
        sqlx::query("insert into members (organisation_id, account_id, role, created_at) values ($1, $2, $3, now())")
            .bind(organisation.0)
            .bind(account.0)
            .bind(role.as_str())
            .execute(&self.house.pool)
            .await
            .unwrap();
    }

    pub(crate) async fn erase(&self) -> Result<(), PrivacyError> {
        let actor = self.person().await;
        let ctx = &self.services.ctx;
        let proven = accounts::prove_person(&mut *self.house.conn().await, ctx, &actor, SECRET, HERE.address).await;
        let mut tx = self.services.pool.begin().await.unwrap();
        privacy::erase(&mut tx, ctx, &actor, &proven.unwrap()).await?;
        tx.commit().await.unwrap();
        Ok(())
    }

    /// Everything but the orders, and the orders.
    pub(crate) async fn export(&self) -> Result<(serde_json::Value, Vec<serde_json::Value>), AccountError> {
        let actor = self.person().await;
        let ctx = &self.services.ctx;
        let mut conn = self.house.conn().await;
        let proven = accounts::prove_person(&mut conn, ctx, &actor, SECRET, HERE.address).await?;
        let export = privacy::begin_export(&mut conn, ctx, &actor, &proven).await?;
        let account = privacy::exported_account(&mut conn, ctx, export).await?.unwrap();
        let (mut orders, mut after) = (Vec::new(), None);
        loop {
            let (part, next) = privacy::exported_orders(&mut conn, export, after).await?;
            orders.extend(part.iter().map(|order| serde_json::from_str(&order.json).unwrap()));
            match next {
                Some(last) => after = Some(last),
                None => return Ok((serde_json::from_str(&account).unwrap(), orders)),
            }
        }
    }

    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.house.pool).await.unwrap()
    }
}
