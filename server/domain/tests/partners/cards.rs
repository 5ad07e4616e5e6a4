//! A card in the place of an account, and the logo.
use crate::world::{ADDRESS, BIN, OTHER_BIN, PASSWORD, Person, World, count, forbidden, refused};
use jiff::SignedDuration;
use sapar_domain::{
    Services,
    accounts::{self, Actor, Proven},
    partners::{self, CARD_HOURS, CardToken, PartnerError, ReceivedCard, StoredCard, jobs::RemoveCard},
    payments::{self, provider::StoreCard},
    privacy,
    testing::{FakeProvider, services},
};
use sapar_shared::{
    Lang,
    dto::organisation::{AskedCard, CardState, OrganisationStatus, Refusal},
    forms::organisation::PayoutForm,
    ids::{OrganisationId, PayoutCardId, UploadId},
    paths,
    requisites::CardFace,
    roles::Role,
};
use sqlx::PgPool;
use std::sync::Arc;

/// A world with a provider.
struct Bank {
    world: World,
    services: Services,
    provider: Arc<FakeProvider>,
}

impl Bank {
    fn new(pool: PgPool) -> Self {
        let world = World::new(pool.clone());
        let provider = Arc::new(FakeProvider::default());
        let services = services(pool, world.ctx.clone(), &provider);
        Self { world, services, provider }
    }

    async fn proof(&self, person: &Person) -> Proven {
        let actor = self.world.actor(person).await;
        accounts::prove_person(&mut *self.world.conn().await, &self.world.ctx, &actor, PASSWORD, ADDRESS).await.unwrap()
    }

    /// Opens a page; what the provider was told of it.
    async fn open(&self, person: &Person, proven: Option<&Proven>) -> Result<StoreCard, PartnerError> {
        let actor = self.world.actor(person).await;
        let page = payments::store_card(&self.services, &actor, proven, "/ru/partner/organisation", Lang::Ru).await?;
        assert!(page.unwrap().starts_with("https://pay.test/cards/"));
        Ok(self.provider.card_page())
    }

    /// As a signed callback would say it.
    async fn tell(&self, page: &StoreCard, card: Option<&StoredCard>) -> ReceivedCard {
        let token = page.result_url.rsplit('/').next().unwrap();
        self.tell_to(token, &page.customer, card).await
    }

    async fn tell_to(&self, token: &str, customer: &str, card: Option<&StoredCard>) -> ReceivedCard {
        let mut tx = self.world.pool.begin().await.unwrap();
        let received = partners::receive_card(&mut tx, &self.world.ctx, token, customer, card).await.unwrap();
        tx.commit().await.unwrap();
        received
    }

    async fn state(&self, person: &Person) -> CardState {
        let actor = self.world.actor(person).await;
        partners::card_state(&mut *self.world.conn().await, &self.world.ctx, &actor).await.unwrap()
    }

    /// Runs the jobs that make the provider forget cards; the tokens that it forgot so far.
    async fn forgotten(&self) -> Vec<String> {
        let jobs: Vec<(sqlx::types::Uuid,)> = sqlx::query_as(
            "with gone as (delete from jobs where name = 'remove_card' returning id, (payload ->> 'card')::uuid as card)
             select card from gone order by id",
        )
        .fetch_all(&self.world.pool)
        .await
        .unwrap();
        for (id,) in jobs {
            payments::remove_card(&self.services, &RemoveCard { card: PayoutCardId(id) }).await.unwrap();
        }
        self.provider.forgotten().into_iter().map(|(_, token)| token).collect()
    }
}

fn card(token: &str) -> StoredCard {
    let face = CardFace::of_masked("4400-43XX-XXXX-1234", Some("09"), Some("31")).unwrap();
    StoredCard { token: CardToken::parse(token).unwrap(), face }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_draft_is_sent_with_a_card_instead_of_an_account(pool: PgPool) {
    let bank = Bank::new(pool);
    let world = &bank.world;
    let aigul = world.person("aigul").await;
    let id = world.start(&aigul, "Көлсай Тур", BIN).await.unwrap();
    world.fill(&aigul).await;
    let page = bank.open(&aigul, None).await.unwrap();
    assert_eq!(page.return_url, "https://sapar.test/ru/partner/organisation");
    assert_eq!(bank.state(&aigul).await, CardState { card: None, asked: Some(AskedCard::Waiting) });
    assert_eq!(bank.tell(&page, Some(&card("one"))).await, ReceivedCard::Used);
    assert_eq!(bank.tell(&page, Some(&card("one"))).await, ReceivedCard::Repeat);
    let state = bank.state(&aigul).await;
    assert_eq!((state.card.map(|card| card.last_four).as_deref(), state.asked), (Some("1234"), None));
    let actor = world.actor(&aigul).await;
    let view = partners::page(&mut *world.conn().await, &world.ctx, &actor, Lang::Ru).await.unwrap().organisation;
    assert_eq!((view.iban.as_str(), view.is_complete()), ("", true), "the account went when the card came");
    // A draft may think again, and then lacks something.
    partners::drop_card(&mut *world.conn().await, &world.ctx, &actor).await.unwrap();
    assert_eq!(refused(world.submit(&aigul).await), Refusal::Incomplete);
    assert_eq!(bank.forgotten().await, ["one"]);
    let page = bank.open(&aigul, None).await.unwrap();
    assert_eq!(bank.tell(&page, Some(&card("two"))).await, ReceivedCard::Used);
    assert_eq!(world.submit(&aigul).await.unwrap(), OrganisationStatus::AwaitingCall);
    let without = sqlx::query("update organisations set payout_card_id = null where id = $1").bind(id.0);
    assert!(without.execute(&world.pool).await.is_err(), "what was sent has somewhere for its money to go");
    let both = sqlx::query("update organisations set iban = 'KZ86125KZT5004100100' where id = $1").bind(id.0);
    assert!(both.execute(&world.pool).await.is_err(), "and one place only");
    let dropped = partners::drop_card(&mut *world.conn().await, &world.ctx, &world.actor(&aigul).await).await;
    assert_eq!(refused(dropped), Refusal::Incomplete);
    assert!(!format!("{:?}", card("two")).contains("two"), "a token is never printed");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_draft_that_goes_with_its_owner_leaves_no_card_anywhere(pool: PgPool) {
    let bank = Bank::new(pool);
    let world = &bank.world;
    let aigul = world.person("aigul").await;
    let id = world.start(&aigul, "Көлсай Тур", BIN).await.unwrap();
    world.fill(&aigul).await;
    let logo = upload(world, id, "logo").await;
    let actor = world.actor(&aigul).await;
    partners::set_logo(&mut *world.conn().await, &world.ctx, &actor, Some(logo)).await.unwrap();
    for token in ["one", "two"] {
        let page = bank.open(&aigul, None).await.unwrap();
        assert_eq!(bank.tell(&page, Some(&card(token))).await, ReceivedCard::Used);
    }
    assert_eq!(bank.forgotten().await, ["one"]);
    assert_eq!(world.submit(&aigul).await.unwrap(), OrganisationStatus::AwaitingCall);
    let open = bank.open(&aigul, Some(&bank.proof(&aigul).await)).await.unwrap();
    let proven = bank.proof(&aigul).await;
    let actor = world.actor(&aigul).await;
    let mut tx = world.pool.begin().await.unwrap();
    privacy::erase(&mut tx, &world.ctx, &actor, &proven).await.unwrap();
    tx.commit().await.unwrap();
    let mut conn = world.conn().await;
    assert_eq!(count(&mut conn, "select count(*) from organisations").await, 0);
    assert_eq!(count(&mut conn, "select count(*) from uploads").await, 0);
    assert_eq!(count(&mut conn, "select count(*) from payout_cards").await, 1, "until the provider has forgotten it");
    assert_eq!(bank.tell(&open, Some(&card("late"))).await, ReceivedCard::Unknown);
    assert_eq!(bank.forgotten().await, ["one", "two"]);
    assert_eq!(count(&mut conn, "select count(*) from payout_cards").await, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_replaced_is_forgotten_at_the_provider(pool: PgPool) {
    let bank = Bank::new(pool);
    let world = &bank.world;
    let (owner, _) = world.company("owner", "Көлсай Тур", BIN).await;
    assert!(
        matches!(bank.open(&owner, None).await, Err(PartnerError::ProofWanted)),
        "money goes elsewhere with the password only"
    );
    let stranger = world.person("stranger").await;
    let theirs = bank.proof(&stranger).await;
    assert!(matches!(bank.open(&owner, Some(&theirs)).await, Err(PartnerError::ProofWanted)));
    let proven = bank.proof(&owner).await;
    let one = bank.open(&owner, Some(&proven)).await.unwrap();
    assert_eq!(bank.tell(&one, Some(&card("one"))).await, ReceivedCard::Used);
    let two = bank.open(&owner, Some(&proven)).await.unwrap();
    assert_eq!(bank.tell(&two, Some(&card("two"))).await, ReceivedCard::Used);
    let told =
        "select count(*) from jobs where name = 'mail_notice' and payload -> 'notice' -> 'payout_card' ->> 'last_four' = '1234'";
    assert_eq!(count(&mut *world.conn().await, told).await, 2, "the owner hears of each");
    assert_eq!(bank.forgotten().await, ["one"]);
    // A page that nobody waits for any more, and then an account.
    let late = bank.open(&owner, Some(&proven)).await.unwrap();
    let actor = world.actor(&owner).await;
    let mut conn = world.conn().await;
    let payout = PayoutForm { iban: "KZ75125KZT2069100100".into() };
    partners::save_payout(&mut conn, &world.ctx, &actor, Some(&proven), &payout).await.unwrap();
    assert_eq!(bank.tell(&late, Some(&card("late"))).await, ReceivedCard::NotUsed);
    assert_eq!(bank.forgotten().await, ["one", "two", "late"]);
    assert_eq!(bank.state(&owner).await, CardState { card: None, asked: None });
    assert_eq!(count(&mut conn, "select count(*) from payout_cards where card_token is not null").await, 0);
    assert_eq!(count(&mut conn, "select count(*) from organisations where iban = 'KZ75125KZT2069100100'").await, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_card_comes_to_the_organisation_only_that_asked_for_it(pool: PgPool) {
    let bank = Bank::new(pool);
    let world = &bank.world;
    let (thief, victim) = (world.person("thief").await, world.person("victim").await);
    world.start(&thief, "Вор", BIN).await.unwrap();
    world.start(&victim, "Көлсай Тур", OTHER_BIN).await.unwrap();
    let theirs = bank.open(&thief, None).await.unwrap();
    let own = bank.open(&victim, None).await.unwrap();
    let (their_token, own_token) = (theirs.result_url.rsplit('/').next().unwrap(), own.result_url.rsplit('/').next().unwrap());
    // Another's report at one's own address, one's own at another's, and addresses that were never given out.
    assert_eq!(bank.tell_to(own_token, &theirs.customer, Some(&card("evil"))).await, ReceivedCard::Unknown);
    assert_eq!(bank.tell_to(their_token, &own.customer, Some(&card("evil"))).await, ReceivedCard::Unknown);
    assert_eq!(bank.tell_to("", &own.customer, Some(&card("evil"))).await, ReceivedCard::Unknown);
    assert_eq!(bank.tell_to(&own.customer, &own.customer, Some(&card("evil"))).await, ReceivedCard::Unknown);
    assert_eq!(bank.tell(&theirs, Some(&card("evil"))).await, ReceivedCard::Used);
    assert_eq!(bank.state(&victim).await, CardState { card: None, asked: Some(AskedCard::Waiting) });
    assert_eq!(bank.tell(&own, Some(&card("own"))).await, ReceivedCard::Used);
}

#[sqlx::test(migrations = "../migrations")]
async fn whoever_lost_the_right_leaves_a_card_that_is_not_used(pool: PgPool) {
    let bank = Bank::new(pool);
    let world = &bank.world;
    let aigul = world.person("aigul").await;
    world.start(&aigul, "Көлсай Тур", BIN).await.unwrap();
    world.fill(&aigul).await;
    // Asked for while it was a draft, without the password; told once it was sent.
    let page = bank.open(&aigul, None).await.unwrap();
    world.submit(&aigul).await.unwrap();
    assert_eq!(bank.tell(&page, Some(&card("unproven"))).await, ReceivedCard::NotUsed);
    assert_eq!(bank.state(&aigul).await.asked, Some(AskedCard::Failed));
    // Too late.
    let proven = bank.proof(&aigul).await;
    let page = bank.open(&aigul, Some(&proven)).await.unwrap();
    world.clock.advance(SignedDuration::from_hours(CARD_HOURS));
    assert_eq!(bank.state(&aigul).await.asked, None, "nobody waits for ever");
    assert_eq!(bank.tell(&page, Some(&card("late"))).await, ReceivedCard::NotUsed);
    // No longer the owner.
    let page = bank.open(&aigul, Some(&bank.proof(&aigul).await)).await.unwrap();
    let heir = world.person("heir").await;
    let mut tx = world.pool.begin().await.unwrap();
    let gone = "delete from members where account_id = $1";
    sqlx::query(gone).bind(aigul.account.0).execute(&mut *tx).await.unwrap();
    let owner =
        "insert into members (organisation_id, account_id, role, created_at) select id, $1, 'owner', now() from organisations";
    sqlx::query(owner).bind(heir.account.0).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bank.tell(&page, Some(&card("former"))).await, ReceivedCard::NotUsed);
    assert_eq!(bank.forgotten().await.len(), 3);
    assert_eq!(count(&mut *world.conn().await, "select count(*) from organisations where payout_card_id is not null").await, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_refusal_changes_nothing_and_may_be_tried_again(pool: PgPool) {
    let bank = Bank::new(pool);
    let world = &bank.world;
    let aigul = world.person("aigul").await;
    world.start(&aigul, "Көлсай Тур", BIN).await.unwrap();
    world.fill(&aigul).await;
    let page = bank.open(&aigul, None).await.unwrap();
    assert_eq!(bank.tell(&page, None).await, ReceivedCard::Failed);
    assert_eq!(bank.state(&aigul).await, CardState { card: None, asked: Some(AskedCard::Failed) });
    assert_eq!(count(&mut *world.conn().await, "select count(*) from organisations where iban is not null").await, 1);
    // Another card on the same page.
    assert_eq!(bank.tell(&page, Some(&card("second"))).await, ReceivedCard::Used);
    bank.provider.set_down(true);
    let actor = world.actor(&aigul).await;
    let away = payments::store_card(&bank.services, &actor, None, "/ru/partner/start", Lang::Ru).await.unwrap();
    assert_eq!((away, bank.state(&aigul).await.asked), (None, None));
    assert_eq!(bank.state(&aigul).await.card.map(|card| card.last_four).as_deref(), Some("1234"));
}

#[sqlx::test(migrations = "../migrations")]
async fn only_the_owner_says_where_money_goes(pool: PgPool) {
    let bank = Bank::new(pool);
    let world = &bank.world;
    let (_, id) = world.company("owner", "Көлсай Тур", BIN).await;
    let people = [("manager", Role::Manager), ("accountant", Role::Accountant), ("seller", Role::Seller), ("gate", Role::Gate)];
    for (name, role) in people {
        let person = world.member(name, id, role).await;
        let proven = bank.proof(&person).await;
        let actor = world.actor(&person).await;
        forbidden(payments::store_card(&bank.services, &actor, Some(&proven), "/ru", Lang::Ru).await);
        let mut conn = world.conn().await;
        forbidden(partners::drop_card(&mut conn, &world.ctx, &actor).await);
        forbidden(partners::card_state(&mut conn, &world.ctx, &actor).await);
    }
    assert_eq!(count(&mut *world.conn().await, "select count(*) from payout_cards").await, 0);
}

async fn upload(world: &World, organisation: OrganisationId, purpose: &str) -> UploadId {
    let id = world.ctx.id();
    let insert = "insert into uploads (id, organisation_id, purpose, state, key, widths, width, height, color, created_at)
                  values ($1, $2, $3, 'ready', $4, '{480}', 480, 480, '#aabbcc', now())";
    sqlx::query(insert).bind(id).bind(organisation.0).bind(purpose).bind(id.to_string()).execute(&world.pool).await.unwrap();
    UploadId(id)
}

#[sqlx::test(migrations = "../migrations")]
async fn a_logo_is_ones_own_and_public_only_of_the_active(pool: PgPool) {
    let world = World::new(pool);
    let aigul = world.person("aigul").await;
    let id = world.start(&aigul, "Көлсай Тур", BIN).await.unwrap();
    let (_, other) = world.company("other", "Тау", OTHER_BIN).await;
    let (logo, foreign) = (upload(&world, id, "logo").await, upload(&world, other, "logo").await);
    let actor = world.actor(&aigul).await;
    let set = async |logo| partners::set_logo(&mut *world.conn().await, &world.ctx, &actor, logo).await;
    assert!(matches!(set(Some(foreign)).await, Err(PartnerError::NotFound)));
    assert!(matches!(set(Some(UploadId(world.ctx.id()))).await, Err(PartnerError::NotFound)));
    set(Some(logo)).await.unwrap();
    world.fill(&aigul).await;
    let view = partners::page(&mut *world.conn().await, &world.ctx, &actor, Lang::Ru).await.unwrap().organisation;
    assert_eq!(view.logo.map(|logo| logo.id), Some(logo));
    let face = async |actor: &Actor| partners::face(&mut *world.conn().await, &world.ctx, actor).await;
    assert_eq!(face(&actor).await.unwrap(), Some(paths::picture(&logo.to_string(), 480)));
    forbidden(face(&Actor::default()).await);
    let public = async || {
        let page = sapar_domain::catalog::partner_page(&mut *world.conn().await, &world.ctx, Lang::Ru, "kolsay-tur", "").await;
        page.unwrap().map(|page| page.partner.logo)
    };
    assert_eq!(public().await, None, "a draft has no page, and its logo no address on one");
    world.submit(&aigul).await.unwrap();
    world.activate("kolsay-tur").await;
    assert_eq!(public().await, Some(Some(paths::picture(&logo.to_string(), 480))));
    set(None).await.unwrap();
    assert_eq!(public().await, Some(None));
    assert_eq!(face(&actor).await.unwrap(), None);
    let seller = world.actor(&world.member("seller", id, Role::Seller).await).await;
    forbidden(partners::set_logo(&mut *world.conn().await, &world.ctx, &seller, Some(logo)).await);
}
