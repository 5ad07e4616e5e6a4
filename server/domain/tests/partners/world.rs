//! People with sessions, and a company that is being signed up.
use sapar_domain::{
    accounts::{self, Actor, NewAccount, NewSession},
    kernel::Ctx,
    partners::{self, PartnerError},
    testing::{TestClock, ctx_with},
};
use sapar_shared::{
    Lang,
    contact::Email,
    dto::organisation::{OrganisationStatus, Refusal},
    forms::{
        checkout::ContactForm,
        organisation::{CompanyForm, PayoutForm, ProfileForm},
    },
    ids::{AccountId, OrganisationId},
    roles::Role,
};
use sqlx::{PgConnection, PgPool, pool::PoolConnection};

pub(crate) const PASSWORD: &str = "көлсай-2026";
pub(crate) const ADDRESS: &str = "10.0.0.1";
pub(crate) const BIN: &str = "971240001315";
pub(crate) const OTHER_BIN: &str = "940140000385";

pub(crate) struct World {
    pub(crate) pool: PgPool,
    pub(crate) ctx: Ctx,
    pub(crate) clock: TestClock,
}

/// Somebody in a browser.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) account: AccountId,
    pub(crate) email: String,
    pub(crate) cookie: String,
}

impl World {
    pub(crate) fn new(pool: PgPool) -> Self {
        let (ctx, clock) = ctx_with("2026-11-22T04:00:00Z");
        Self { pool, ctx, clock }
    }

    pub(crate) async fn conn(&self) -> PoolConnection<sqlx::Postgres> {
        self.pool.acquire().await.unwrap()
    }

    /// With an e-mail that nobody has confirmed yet.
    pub(crate) async fn stranger(&self, name: &'static str) -> Person {
        let email = format!("{name}@example.kz");
        let parsed = Email::parse(&email).unwrap();
        let new = NewAccount { email: &parsed, name, password: PASSWORD, membership: None };
        let mut conn = self.conn().await;
        let account = accounts::create_account(&mut conn, &self.ctx, &new).await.unwrap();
        let unproven = sqlx::query("update accounts set email_confirmed_at = null where id = $1").bind(account.0);
        unproven.execute(&mut *conn).await.unwrap();
        let NewSession { cookie, .. } =
            accounts::sign_in(&mut conn, &self.ctx, &email, PASSWORD, &accounts::Device { address: ADDRESS, agent: "" })
                .await
                .unwrap();
        Person { account, email, cookie }
    }

    pub(crate) async fn person(&self, name: &'static str) -> Person {
        let person = self.stranger(name).await;
        self.confirm(&person).await;
        person
    }

    pub(crate) async fn confirm(&self, person: &Person) {
        sqlx::query("update accounts set email_confirmed_at = now() where id = $1")
            .bind(person.account.0)
            .execute(&self.pool)
            .await
            .unwrap();
    }

    pub(crate) async fn actor(&self, person: &Person) -> Actor {
        accounts::actor(&mut *self.conn().await, &self.ctx, &person.cookie).await.unwrap().unwrap()
    }

    /// The first step.
    pub(crate) async fn start(&self, person: &Person, name: &str, bin: &str) -> Result<OrganisationId, PartnerError> {
        let actor = self.actor(person).await;
        let mut tx = self.pool.begin().await.unwrap();
        let form = CompanyForm { name: name.into(), bin: bin.into() };
        let id = partners::start(&mut tx, &self.ctx, &actor, &person.cookie, &form).await?;
        tx.commit().await.unwrap();
        Ok(id)
    }

    /// The other steps.
    pub(crate) async fn fill(&self, person: &Person) {
        let actor = self.actor(person).await;
        let mut conn = self.conn().await;
        let contact =
            ContactForm { name: "Дәурен".into(), phone: "8 701 123 45 67".into(), email: "info@example.kz".into() };
        partners::save_contact(&mut conn, &self.ctx, &actor, &contact).await.unwrap();
        let about = vec![(Lang::Kk, "Көлдерге апарамыз.".to_owned())];
        let profile = ProfileForm { city: "almaty".into(), address: "Абай даңғылы, 10".into(), about };
        partners::save_profile(&mut conn, &self.ctx, &actor, &profile).await.unwrap();
        let payout = PayoutForm { iban: "KZ86 125K ZT50 0410 0100".into() };
        partners::save_payout(&mut conn, &self.ctx, &actor, None, &payout).await.unwrap();
    }

    pub(crate) async fn submit(&self, person: &Person) -> Result<OrganisationStatus, PartnerError> {
        let actor = self.actor(person).await;
        let mut tx = self.pool.begin().await.unwrap();
        let status = partners::submit(&mut tx, &self.ctx, &actor).await?;
        tx.commit().await.unwrap();
        Ok(status)
    }

    pub(crate) async fn activate(&self, slug: &str) {
        let mut tx = self.pool.begin().await.unwrap();
        assert!(partners::activate(&mut tx, &self.ctx, slug).await.unwrap());
        tx.commit().await.unwrap();
    }

    /// An active organisation of the BIN, and its owner.
    pub(crate) async fn company(&self, owner: &'static str, name: &str, bin: &str) -> (Person, OrganisationId) {
        let owner = self.person(owner).await;
        let id = self.start(&owner, name, bin).await.unwrap();
        self.fill(&owner).await;
        assert_eq!(self.submit(&owner).await.unwrap(), OrganisationStatus::AwaitingCall);
        self.activate(&self.slug(id).await).await;
        (owner, id)
    }

    /// A member without the way of an invitation.
    pub(crate) async fn member(&self, name: &'static str, organisation: OrganisationId, role: Role) -> Person {
        let person = self.person(name).await;
        sqlx::query("insert into members (organisation_id, account_id, role, created_at) values ($1, $2, $3, now())")
            .bind(organisation.0)
            .bind(person.account.0)
            .bind(role.as_str())
            .execute(&self.pool)
            .await
            .unwrap();
        person
    }

    pub(crate) async fn role(&self, person: &Person) -> Option<Role> {
        self.actor(person).await.organisation.map(|(_, _, role)| role)
    }

    pub(crate) async fn slug(&self, id: OrganisationId) -> String {
        sqlx::query_scalar("select slug from organisations where id = $1").bind(id.0).fetch_one(&self.pool).await.unwrap()
    }

    pub(crate) async fn status(&self, id: OrganisationId) -> String {
        sqlx::query_scalar("select status from organisations where id = $1").bind(id.0).fetch_one(&self.pool).await.unwrap()
    }
}

pub(crate) async fn count(conn: &mut PgConnection, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(conn).await.unwrap()
}

#[track_caller]
pub(crate) fn refused<T: std::fmt::Debug>(outcome: Result<T, PartnerError>) -> Refusal {
    match outcome {
        Err(PartnerError::Refused(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}

#[track_caller]
pub(crate) fn forbidden<T: std::fmt::Debug>(outcome: Result<T, PartnerError>) {
    assert!(matches!(outcome, Err(PartnerError::Forbidden(_))), "{outcome:?}");
}
