//! Another name or BIN for an organisation that is active: the owner asks, a moderator answers.
use crate::world::{ADDRESS, BIN, OTHER_BIN, PASSWORD, Person, World, count, forbidden, refused};
use jiff::SignedDuration;
use sapar_domain::{
    accounts::{self, Actor, Proven},
    catalog, orders,
    partners::{self, ModerationError, PartnerError},
    testing::{Tour, TourBuilder},
    tickets,
};
use sapar_shared::{
    Lang,
    dto::organisation::{CompanyState, OrganisationStatus, Refusal},
    forms::{
        FieldError,
        checkout::{CartLine, ContactForm},
        organisation::ChangeForm,
        search::SearchQuery,
    },
    ids::OrderId,
    roles::{Permission, Role},
};
use sqlx::PgPool;

const THIRD_BIN: &str = "050640004568";

fn form(name: &str, bin: &str) -> ChangeForm {
    ChangeForm { name: name.into(), bin: bin.into(), reason: "Перерегистрация".into() }
}

impl World {
    async fn proof(&self, actor: &Actor) -> Proven {
        let mut conn = self.conn().await;
        accounts::prove(&mut conn, &self.ctx, actor, Permission::SeeDepartures, PASSWORD, ADDRESS).await.unwrap()
    }

    async fn request(&self, person: &Person, form: &ChangeForm) -> Result<(), PartnerError> {
        let actor = self.actor(person).await;
        let proven = self.proof(&actor).await;
        let mut tx = self.pool.begin().await.unwrap();
        partners::request_change(&mut tx, &self.ctx, &actor, Some(&proven), form).await?;
        tx.commit().await.unwrap();
        Ok(())
    }

    async fn withdraw(&self, person: &Person) -> Result<(), PartnerError> {
        let actor = self.actor(person).await;
        partners::withdraw_change(&mut *self.conn().await, &self.ctx, &actor).await
    }

    async fn company_of(&self, person: &Person) -> CompanyState {
        let actor = self.actor(person).await;
        partners::company(&mut *self.conn().await, &self.ctx, &actor).await.unwrap()
    }

    /// Of two places, not paid yet.
    async fn order(&self, tour: &Tour) -> OrderId {
        let contact =
            ContactForm { name: "Айгүл".into(), phone: "8 701 555 01 01".into(), email: "aigul@example.kz".into() };
        let line = CartLine { departure_id: tour.departure, ticket_type_id: tour.adult, quantity: 2 };
        let mut tx = self.pool.begin().await.unwrap();
        let placed =
            orders::place(&mut tx, &self.ctx, Lang::Ru, Some(&contact.validate().unwrap()), None, &[line]).await.unwrap();
        let order = orders::view(&mut tx, &self.ctx, &placed.token, Lang::Ru).await.unwrap().unwrap().id;
        tx.commit().await.unwrap();
        order
    }

    async fn approve(&self, slug: &str) -> Result<partners::Change, ModerationError> {
        let mut tx = self.pool.begin().await.unwrap();
        let change = partners::approve_change(&mut tx, &self.ctx, slug, None).await?;
        tx.commit().await.unwrap();
        Ok(change)
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn only_the_owner_asks_and_only_with_the_password(pool: PgPool) {
    let world = World::new(pool);
    let (owner, id) = world.company("owner", "Көлсай Тур", BIN).await;
    let wanted = form("Тау Тур", BIN);
    for (name, role) in
        [("manager", Role::Manager), ("accountant", Role::Accountant), ("seller", Role::Seller), ("gate", Role::Gate)]
    {
        let member = world.member(name, id, role).await;
        forbidden(world.request(&member, &wanted).await);
        forbidden(world.withdraw(&member).await);
    }
    let (other, _) = world.company("other", "Другая", OTHER_BIN).await;
    let (actor, theirs) = (world.actor(&owner).await, world.proof(&world.actor(&other).await).await);
    let mut conn = world.conn().await;
    for proven in [None, Some(&theirs)] {
        let asked = partners::request_change(&mut conn, &world.ctx, &actor, proven, &wanted).await;
        assert!(matches!(asked, Err(PartnerError::ProofWanted)));
    }
    assert_eq!(count(&mut conn, "select count(*) from organisation_changes").await, 0);

    world.request(&owner, &wanted).await.unwrap();
    let seen = world.company_of(&owner).await;
    assert_eq!((seen.name.as_str(), seen.may_ask), ("Көлсай Тур", true), "until a moderator answers");
    let asked = seen.asked.unwrap();
    assert_eq!((asked.name.as_deref(), asked.bin, asked.remark), (Some("Тау Тур"), None, None));
    assert_eq!((asked.reason.as_str(), asked.asked_at), ("Перерегистрация", world.ctx.now()));
    // Another organisation has nothing of it.
    assert_eq!(world.company_of(&other).await.asked, None);
    assert!(matches!(world.withdraw(&other).await, Err(PartnerError::NotFound)));
    assert!(world.company_of(&owner).await.asked.is_some());
}

#[sqlx::test(migrations = "../migrations")]
async fn a_request_is_right_new_and_for_a_free_bin(pool: PgPool) {
    let world = World::new(pool);
    let (owner, _) = world.company("owner", "Көлсай Тур", BIN).await;
    world.company("other", "Другая", OTHER_BIN).await;
    let wrong = world.request(&owner, &form("—", "971240001316")).await;
    let both = [("name".to_owned(), FieldError::Name), ("bin".to_owned(), FieldError::Bin)];
    assert!(matches!(wrong, Err(PartnerError::Form(errors)) if errors == both));
    assert_eq!(refused(world.request(&owner, &form("  Көлсай   Тур ", BIN)).await), Refusal::NothingNew);
    assert_eq!(refused(world.request(&owner, &form("Көлсай Тур", OTHER_BIN)).await), Refusal::BinTaken);
    // As long as one can simply save it, there is nobody to ask.
    let draft = world.person("draft").await;
    world.start(&draft, "Черновик", THIRD_BIN).await.unwrap();
    assert!(matches!(world.request(&draft, &form("Новый", THIRD_BIN)).await, Err(PartnerError::NotFound)));
    assert!(!world.company_of(&draft).await.may_ask);
    // A draft's BIN keeps nobody else's back.
    world.request(&owner, &form("Көлсай Тур", THIRD_BIN)).await.unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn one_waits_at_a_time_and_is_replaced_or_withdrawn(pool: PgPool) {
    let world = World::new(pool);
    let (owner, id) = world.company("owner", "Көлсай Тур", BIN).await;
    let mut conn = world.conn().await;
    assert!(matches!(world.withdraw(&owner).await, Err(PartnerError::NotFound)));
    assert!(matches!(world.approve("kolsay-tur").await, Err(ModerationError::NoChange)));
    world.request(&owner, &form("Тау Тур", BIN)).await.unwrap();
    let seen = partners::waiting(&mut conn).await.unwrap().changes.remove(0);
    assert_eq!(
        (seen.name_was.as_str(), seen.change.name.as_deref(), seen.change.bin.as_deref()),
        ("Көлсай Тур", Some("Тау Тур"), None)
    );
    world.clock.advance(SignedDuration::from_mins(1));
    world.request(&owner, &form("Sapar", BIN)).await.unwrap();
    assert_eq!(count(&mut conn, "select count(*) from organisation_changes where state = 'waiting'").await, 1);
    assert_eq!(world.company_of(&owner).await.asked.unwrap().name.as_deref(), Some("Sapar"));
    // What the moderator looked at is not what they would approve now.
    let stale = partners::approve_change(&mut conn, &world.ctx, "kolsay-tur", Some(seen.change.id)).await;
    assert!(matches!(stale, Err(ModerationError::OtherChange)));
    world.withdraw(&owner).await.unwrap();
    assert_eq!(world.company_of(&owner).await.asked, None);
    assert!(matches!(world.approve("kolsay-tur").await, Err(ModerationError::NoChange)));
    assert!(matches!(world.approve("nobody").await, Err(ModerationError::NotFound)));

    // The database holds it, too.
    let insert = "insert into organisation_changes (id, organisation_id, name, bin, name_was, reason, state, remark, created_at, decided_at)
                  values (uuidv7(), $1,";
    for values in [
        "null, null, 'a', '', 'waiting', null, now(), null)",
        "'a name', null, 'a name', '', 'waiting', null, now(), null)",
        "'a name', '12', 'a', '', 'waiting', null, now(), null)",
        "'a name', null, 'a', '', 'waiting', null, now(), now())",
        "'a name', null, 'a', '', 'approved', null, now(), null)",
        "'a name', null, 'a', '', 'rejected', null, now(), now())",
        "'a name', null, 'a', '', 'approved', 'no', now(), now())",
        "'a name', null, 'a', '', 'waiting', null, now(), null), (uuidv7(), $1, 'b name', null, 'a', '', 'waiting', null, now(), null)",
    ] {
        let sql = format!("{insert} {values}");
        assert!(sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id.0).execute(&world.pool).await.is_err(), "{values}");
    }
    let again = sqlx::query("update organisation_changes set state = 'waiting', decided_at = null where organisation_id = $1");
    assert!(again.bind(id.0).execute(&world.pool).await.is_err(), "what was decided stays decided");
}

#[sqlx::test(migrations = "../migrations")]
async fn an_approval_changes_both_everywhere(pool: PgPool) {
    let world = World::new(pool);
    let mut conn = world.conn().await;
    let ctx = &world.ctx;
    let tour = TourBuilder::new("kolsai").create(&mut conn, ctx).await.unwrap();
    catalog::refresh_listing(&mut conn, ctx, tour.listing).await.unwrap();
    let owner = world.member("owner", tour.organisation, Role::Owner).await;
    let order = world.order(&tour).await;
    let before = tickets::papers_version(&mut conn, order).await.unwrap();
    let found = async |words: &str| {
        let query = SearchQuery { q: words.into(), ..SearchQuery::default() };
        catalog::search(&mut *world.conn().await, ctx, Lang::Ru, &query).await.unwrap().items.len()
    };
    assert_eq!(found("Жетісу").await, 0);
    world.request(&owner, &form("Жетісу Жол", OTHER_BIN)).await.unwrap();
    sqlx::query("delete from news").execute(&mut *conn).await.unwrap();
    let change = world.approve("kolsai").await.unwrap();
    assert_eq!((change.name.as_deref(), change.bin.as_deref()), (Some("Жетісу Жол"), Some(OTHER_BIN)));

    let company = world.company_of(&owner).await;
    assert_eq!((company.name.as_str(), company.bin.as_str(), company.asked), ("Жетісу Жол", OTHER_BIN, None));
    assert_eq!(world.slug(tour.organisation).await, "kolsai", "addresses stay");
    assert_eq!(found("Жетісу").await, 1);
    let told = format!("select exists (select from news where payload = 'listing {}')", tour.listing);
    assert!(sqlx::query_scalar::<_, bool>(sqlx::AssertSqlSafe(told)).fetch_one(&mut *conn).await.unwrap(), "caches forget it");
    assert_eq!(tickets::papers_version(&mut conn, order).await.unwrap(), before + 1, "tickets are printed anew");
    assert_eq!(count(&mut conn, "select count(*) from jobs where name = 'mail_change'").await, 1);
    let letter = partners::change_letter(&mut conn, ctx, change.id).await.unwrap().unwrap();
    assert_eq!((letter.to, letter.organisation.as_str(), letter.remark), (owner.email, "Жетісу Жол", None));
    assert_eq!(letter.url, "https://sapar.test/ru/partner/organisation");
    assert!(matches!(world.approve("kolsai").await, Err(ModerationError::NoChange)), "twice is too often");
}

#[sqlx::test(migrations = "../migrations")]
async fn of_two_who_want_a_bin_the_first_approved_has_it(pool: PgPool) {
    let world = World::new(pool);
    let (one, _) = world.company("one", "Первая", BIN).await;
    let (two, _) = world.company("two", "Вторая", OTHER_BIN).await;
    world.request(&one, &form("Первая", THIRD_BIN)).await.unwrap();
    world.clock.advance(SignedDuration::from_mins(1));
    world.request(&two, &form("Вторая", THIRD_BIN)).await.unwrap();
    let slugs: Vec<_> = partners::waiting(&mut *world.conn().await).await.unwrap().changes.into_iter().map(|c| c.slug).collect();
    world.approve(&slugs[0]).await.unwrap();
    assert!(matches!(world.approve(&slugs[1]).await, Err(ModerationError::BinTaken)));
    assert_eq!(world.company_of(&two).await.bin, OTHER_BIN);
    assert!(world.company_of(&two).await.asked.is_some(), "it waits still, for a no");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_rejection_is_read_for_a_month_and_changes_nothing(pool: PgPool) {
    let world = World::new(pool);
    let (owner, id) = world.company("owner", "Көлсай Тур", BIN).await;
    let mut conn = world.conn().await;
    // A blocked one may ask, too.
    assert!(partners::block(&mut conn, &world.ctx, "kolsay-tur", "БИН чужой").await.unwrap());
    let actor = world.actor(&owner).await;
    let remark = partners::block_remark(&mut conn, &world.ctx, &actor).await.unwrap();
    assert_eq!(remark.as_deref(), Some("БИН чужой"));
    let seller = world.member("seller", id, Role::Seller).await;
    assert_eq!(partners::block_remark(&mut conn, &world.ctx, &world.actor(&seller).await).await.unwrap(), None);
    world.request(&owner, &form("Тау Тур", OTHER_BIN)).await.unwrap();
    let empty = partners::reject_change(&mut conn, &world.ctx, "kolsay-tur", None, " \n").await;
    assert!(matches!(empty, Err(ModerationError::Remark)));
    let change = partners::reject_change(&mut conn, &world.ctx, "kolsay-tur", None, "Пришлите приказ").await.unwrap();
    let company = world.company_of(&owner).await;
    assert_eq!((company.name.as_str(), company.bin.as_str()), ("Көлсай Тур", BIN));
    assert_eq!(company.asked.unwrap().remark.as_deref(), Some("Пришлите приказ"));
    let letter = partners::change_letter(&mut conn, &world.ctx, change.id).await.unwrap().unwrap();
    assert_eq!((letter.new_name.as_deref(), letter.remark.as_deref()), (Some("Тау Тур"), Some("Пришлите приказ")));
    assert!(matches!(world.withdraw(&owner).await, Err(PartnerError::NotFound)));
    world.clock.advance(SignedDuration::from_hours(31 * 24));
    let actor = Actor { account: Some(owner.account), organisation: Some((id, String::new(), Role::Owner)), ..Actor::default() };
    assert_eq!(partners::company(&mut conn, &world.ctx, &actor).await.unwrap().asked, None);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_bin_that_another_took_comes_back_to_whom_it_belongs(pool: PgPool) {
    let world = World::new(pool);
    let (taker, _) = world.company("taker", "Чужая", BIN).await;
    let rightful = world.person("rightful").await;
    let id = world.start(&rightful, "Своя", BIN).await.unwrap();
    let mut conn = world.conn().await;
    let actor = world.actor(&rightful).await;
    let early = partners::claim_bin(&mut conn, &world.ctx, &actor).await;
    assert_eq!(refused(early), Refusal::Incomplete, "nobody could be called");
    world.fill(&rightful).await;
    assert_eq!(refused(world.submit(&rightful).await), Refusal::BinTaken);
    let active = world.actor(&taker).await;
    assert_eq!(refused(partners::claim_bin(&mut conn, &world.ctx, &active).await), Refusal::BinFree);
    let gate = world.actor(&world.member("gate", id, Role::Gate).await).await;
    forbidden(partners::claim_bin(&mut conn, &world.ctx, &gate).await);
    partners::claim_bin(&mut conn, &world.ctx, &actor).await.unwrap();
    let claims = partners::waiting(&mut conn).await.unwrap().claims;
    assert_eq!(claims.iter().map(|c| (c.slug.as_str(), c.holder.as_str())).collect::<Vec<_>>(), [("svoya", "chuzhaya")]);

    let mut tx = world.pool.begin().await.unwrap();
    partners::free_bin(&mut tx, &world.ctx, "chuzhaya", "БИН другой компании: укажите свой").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(world.submit(&rightful).await.unwrap(), OrganisationStatus::AwaitingCall);
    assert!(partners::waiting(&mut conn).await.unwrap().claims.is_empty());
    world.activate("svoya").await;
    let back = partners::activate(&mut conn, &world.ctx, "chuzhaya").await;
    assert!(matches!(back, Err(ModerationError::BinLost)));
    world.request(&taker, &form("Чужая", OTHER_BIN)).await.unwrap();
    world.approve("chuzhaya").await.unwrap();
    world.activate("chuzhaya").await;
}
