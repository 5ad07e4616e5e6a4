//! Becoming a partner.
use crate::world::{ADDRESS, BIN, OTHER_BIN, PASSWORD, World, count, forbidden, refused};
use sapar_domain::{
    accounts::{self, AccountError, Actor, Confirmed},
    partners::{self, ModerationError, PartnerError},
};
use sapar_shared::{
    Lang,
    dto::organisation::{OrganisationStatus, Refusal},
    forms::{
        FieldError,
        organisation::{CompanyForm, PayoutForm, ProfileForm},
    },
    roles::{Permission, Role},
};
use sqlx::PgPool;
use uuid::Uuid;

#[sqlx::test(migrations = "../migrations")]
async fn a_draft_is_one_and_waits_on_every_device(pool: PgPool) {
    let world = World::new(pool);
    let aigul = world.person("aigul").await;
    assert_eq!(world.actor(&aigul).await.organisation, None);
    let id = world.start(&aigul, "Көлсай Тур", BIN).await.unwrap();
    assert_eq!(world.slug(id).await, "kolsay-tur");
    assert_eq!(refused(world.start(&aigul, "Көлсай Тур", BIN).await), Refusal::OtherDraft);
    let actor = world.actor(&aigul).await;
    assert_eq!(actor.organisation, Some((id, "Көлсай Тур".into(), Role::Owner)));
    assert!(!actor.organisation_is_active());
    // Another device is another session.
    let mut conn = world.conn().await;
    let session =
        accounts::sign_in(&mut conn, &world.ctx, &aigul.email, PASSWORD, &accounts::Device { address: ADDRESS, agent: "" })
            .await
            .unwrap();
    let there = accounts::actor(&mut conn, &world.ctx, &session.cookie).await.unwrap().unwrap();
    let view = partners::start_page(&mut conn, &world.ctx, &there, Lang::Ru).await.unwrap();
    let draft = view.draft.unwrap();
    assert_eq!((draft.name.as_str(), draft.steps()), ("Көлсай Тур", [true, false, false, false]));
    assert_eq!(refused(world.submit(&aigul).await), Refusal::Incomplete);
    world.fill(&aigul).await;
    let view = partners::start_page(&mut conn, &world.ctx, &there, Lang::Ru).await.unwrap().draft.unwrap();
    assert!(view.is_complete());
    assert_eq!((view.phone.as_str(), view.about[Lang::Kk as usize].as_str()), ("+77011234567", "Көлдерге апарамыз."));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_company_finds_its_city_in_every_installation(pool: PgPool) {
    let world = World::new(pool);
    let aigul = world.person("aigul").await;
    let mut conn = world.conn().await;
    let actor = world.actor(&aigul).await;
    let wanted = [
        (Lang::Ru, ["Абай", "Жезказган", "Кокшетау", "Туркестан", "Шымкент", "Экибастуз"]),
        (Lang::Kk, ["Абай", "Екібастұз", "Жезқазған", "Көкшетау", "Түркістан", "Шымкент"]),
        (Lang::En, ["Abai", "Ekibastuz", "Kokshetau", "Shymkent", "Turkistan", "Zhezkazgan"]),
    ];
    for (lang, names) in wanted {
        let cities = partners::start_page(&mut conn, &world.ctx, &actor, lang).await.unwrap().cities;
        assert_eq!(cities.len(), 90, "without the demo's, too");
        let found: Vec<_> = cities.iter().map(|city| city.name.as_str()).filter(|name| names.contains(name)).collect();
        assert_eq!(found, names, "in the order of the alphabet");
    }
    world.start(&aigul, "Қызылжар Тур", BIN).await.unwrap();
    let actor = world.actor(&aigul).await;
    let profile =
        ProfileForm { city: "petropavl".into(), address: "Абай, 1".into(), about: vec![(Lang::Kk, "Көлдер.".into())] };
    partners::save_profile(&mut conn, &world.ctx, &actor, &profile).await.unwrap();
    let city = partners::start_page(&mut conn, &world.ctx, &actor, Lang::Kk).await.unwrap().draft.unwrap().city.unwrap();
    assert_eq!((city.slug.as_str(), city.name.as_str()), ("petropavl", "Петропавл"));
}

#[sqlx::test(migrations = "../migrations")]
async fn namesakes_get_numbers_and_a_new_name_a_new_address(pool: PgPool) {
    let world = World::new(pool);
    let (one, two) = (world.person("one").await, world.person("two").await);
    let first = world.start(&one, "Тау Тур", BIN).await.unwrap();
    let second = world.start(&two, "Tau Tur", BIN).await.unwrap();
    assert_eq!((world.slug(first).await, world.slug(second).await), ("tau-tur".into(), "tau-tur-2".into()));
    let actor = world.actor(&two).await;
    let form = CompanyForm { name: "旅行 2".into(), bin: BIN.into() };
    partners::save_company(&mut *world.conn().await, &world.ctx, &actor, &form).await.unwrap();
    assert_eq!(world.slug(second).await, "partner");
}

#[sqlx::test(migrations = "../migrations")]
async fn sent_is_not_enough_before_the_address_is_proven(pool: PgPool) {
    let world = World::new(pool);
    let aigul = world.stranger("aigul").await;
    let id = world.start(&aigul, "Көлсай Тур", BIN).await.unwrap();
    world.fill(&aigul).await;
    let mut conn = world.conn().await;
    assert!(matches!(partners::activate(&mut conn, &world.ctx, "kolsay-tur").await, Err(ModerationError::NotSent)));
    assert_eq!(world.submit(&aigul).await.unwrap(), OrganisationStatus::Draft);
    assert!(matches!(partners::activate(&mut conn, &world.ctx, "kolsay-tur").await, Err(ModerationError::NotConfirmed)));
    world.confirm(&aigul).await;
    assert_eq!(world.status(id).await, "awaiting_call");
    assert_eq!(world.submit(&aigul).await.unwrap(), OrganisationStatus::AwaitingCall, "twice is as once");
    let waiting = partners::waiting(&mut conn).await.unwrap();
    assert_eq!(waiting.organisations.iter().map(|o| o.slug.as_str()).collect::<Vec<_>>(), ["kolsay-tur"]);
    world.activate("kolsay-tur").await;
    assert!(world.actor(&aigul).await.organisation_is_active());
    assert!(!partners::activate(&mut conn, &world.ctx, "kolsay-tur").await.unwrap(), "it is active already");
    assert_eq!(count(&mut conn, "select count(*) from jobs where name = 'mail_activation'").await, 1);
    let letter = partners::activation_letter(&mut conn, &world.ctx, id).await.unwrap().unwrap();
    assert_eq!((letter.to, letter.url.as_str()), (aigul.email, "https://sapar.test/ru/partner"));
}

#[sqlx::test(migrations = "../migrations")]
async fn who_signs_up_is_who_is_called_until_they_say_otherwise(pool: PgPool) {
    let world = World::new(pool);
    let aigul = world.person("aigul").await;
    let phone = sqlx::query("update accounts set phone = '+77015550101' where id = $1").bind(aigul.account.0);
    phone.execute(&mut *world.conn().await).await.unwrap();
    world.start(&aigul, "Көлсай Тур", BIN).await.unwrap();
    let actor = world.actor(&aigul).await;
    let mut conn = world.conn().await;
    let draft = partners::start_page(&mut conn, &world.ctx, &actor, Lang::Ru).await.unwrap().draft.unwrap();
    assert_eq!(draft.steps(), [true, true, false, false]);
    assert_eq!(
        (draft.contact_person.as_str(), draft.phone.as_str(), draft.email),
        ("aigul", "+77015550101", aigul.email.clone())
    );
    world.fill(&aigul).await;
    let draft = partners::start_page(&mut conn, &world.ctx, &actor, Lang::Ru).await.unwrap().draft.unwrap();
    assert_eq!(draft.contact_person, "Дәурен");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_bin_is_registered_once(pool: PgPool) {
    let world = World::new(pool);
    world.company("first", "Первая", BIN).await;
    let second = world.person("second").await;
    let id = world.start(&second, "Вторая", BIN).await.unwrap();
    world.fill(&second).await;
    let actor = world.actor(&second).await;
    let mut conn = world.conn().await;
    let page = partners::page(&mut conn, &world.ctx, &actor, Lang::Ru).await.unwrap();
    assert!(!page.organisation.bin_taken, "nobody looks BINs up by typing them");
    assert_eq!(refused(world.submit(&second).await), Refusal::BinTaken);
    // An address that is not proven yet changes nothing, and proving it breaks nothing.
    let third = world.stranger("third").await;
    let other = world.start(&third, "Третья", OTHER_BIN).await.unwrap();
    world.fill(&third).await;
    assert_eq!(world.submit(&third).await.unwrap(), OrganisationStatus::Draft);
    sqlx::query("update organisations set bin = $2 where id = $1").bind(other.0).bind(BIN).execute(&world.pool).await.unwrap();
    world.confirm(&third).await;
    assert_eq!(world.status(other).await, "draft");
    let actor = world.actor(&third).await;
    assert!(partners::page(&mut conn, &world.ctx, &actor, Lang::Ru).await.unwrap().organisation.bin_taken);
    let right = CompanyForm { name: "Третья".into(), bin: OTHER_BIN.into() };
    partners::save_company(&mut conn, &world.ctx, &actor, &right).await.unwrap();
    assert_eq!(world.status(other).await, "awaiting_call", "it waited for the right number only");
    let wrong = CompanyForm { name: "Третья".into(), bin: BIN.into() };
    assert_eq!(refused(partners::save_company(&mut conn, &world.ctx, &actor, &wrong).await), Refusal::BinTaken);
    assert_eq!(world.status(id).await, "draft");
}

#[sqlx::test(migrations = "../migrations")]
async fn an_e_mail_mistyped_at_sign_up_is_put_right_while_one_waits(pool: PgPool) {
    let world = World::new(pool);
    let owner = world.stranger("mistyped").await;
    let id = world.start(&owner, "Көлсай Тур", BIN).await.unwrap();
    world.fill(&owner).await;
    assert_eq!(world.submit(&owner).await.unwrap(), OrganisationStatus::Draft, "the e-mail is waited for");
    let actor = world.actor(&owner).await;
    let mut conn = world.conn().await;
    let wanted = "right@example.kz";
    accounts::begin_email_change(&mut conn, &world.ctx, &actor, Lang::Ru, wanted, PASSWORD, ADDRESS).await.unwrap();
    // The old address could not be opened by anybody, so it is not asked.
    let links: Vec<(Uuid, String)> = sqlx::query_as("select id, email from account_links").fetch_all(&mut *conn).await.unwrap();
    assert!(matches!(&links[..], [(_, email)] if email == wanted), "{links:?}");
    let token = world.ctx.keys.link_token(links[0].0);
    let device = accounts::Device { address: ADDRESS, agent: "" };
    let confirmed = accounts::confirm(&mut conn, &world.ctx, &token, Some(&owner.cookie), "", &device).await.unwrap();
    assert_eq!(confirmed, Confirmed::Changed);
    let actor = world.actor(&owner).await;
    assert_eq!((actor.email.as_str(), actor.email_confirmed), (wanted, true));
    assert_eq!(world.status(id).await, "awaiting_call");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_agreed_on_is_not_simply_saved(pool: PgPool) {
    let world = World::new(pool);
    let (owner, _) = world.company("owner", "Көлсай Тур", BIN).await;
    let actor = world.actor(&owner).await;
    let mut conn = world.conn().await;
    let save = async |name: &str, bin: &str| {
        let form = CompanyForm { name: name.into(), bin: bin.into() };
        partners::save_company(&mut *world.conn().await, &world.ctx, &actor, &form).await
    };
    save("Көлсай Тур", BIN).await.unwrap();
    assert_eq!(refused(save("Көлсай", BIN).await), Refusal::Locked);
    assert_eq!(refused(save("Көлсай Тур", OTHER_BIN).await), Refusal::Locked);
    // Money goes elsewhere with the password only, and with one's own.
    let payout = PayoutForm { iban: "KZ75125KZT2069100100".into() };
    let without = partners::save_payout(&mut conn, &world.ctx, &actor, None, &payout).await;
    assert!(matches!(without, Err(PartnerError::ProofWanted)));
    let (other, _) = world.company("other", "Другая", OTHER_BIN).await;
    let prove = async |actor: &Actor, password: &str| {
        accounts::prove(&mut *world.conn().await, &world.ctx, actor, Permission::EditPayout, password, ADDRESS).await
    };
    let theirs = prove(&world.actor(&other).await, PASSWORD).await.unwrap();
    let with_theirs = partners::save_payout(&mut conn, &world.ctx, &actor, Some(&theirs), &payout).await;
    assert!(matches!(with_theirs, Err(PartnerError::ProofWanted)));
    assert!(matches!(prove(&actor, "wrong").await, Err(AccountError::Wrong)));
    let own = prove(&actor, PASSWORD).await.unwrap();
    partners::save_payout(&mut conn, &world.ctx, &actor, Some(&own), &payout).await.unwrap();
    let page = partners::page(&mut conn, &world.ctx, &actor, Lang::Ru).await.unwrap();
    assert_eq!(page.organisation.iban, "KZ75125KZT2069100100");
}

#[sqlx::test(migrations = "../migrations")]
async fn lower_roles_and_others_edit_nothing(pool: PgPool) {
    let world = World::new(pool);
    let (_, id) = world.company("owner", "Көлсай Тур", BIN).await;
    let payout = PayoutForm { iban: "KZ75125KZT2069100100".into() };
    let company = CompanyForm { name: "Көлсай Тур".into(), bin: BIN.into() };
    let mut conn = world.conn().await;
    for (name, role) in [("accountant", Role::Accountant), ("seller", Role::Seller), ("gate", Role::Gate)] {
        let actor = world.actor(&world.member(name, id, role).await).await;
        forbidden(partners::page(&mut conn, &world.ctx, &actor, Lang::Ru).await);
        forbidden(partners::save_company(&mut conn, &world.ctx, &actor, &company).await);
        forbidden(partners::save_payout(&mut conn, &world.ctx, &actor, None, &payout).await);
        forbidden(partners::submit(&mut conn, &world.ctx, &actor).await);
    }
    let manager = world.actor(&world.member("manager", id, Role::Manager).await).await;
    forbidden(partners::save_payout(&mut conn, &world.ctx, &manager, None, &payout).await);
    let seen = partners::page(&mut conn, &world.ctx, &manager, Lang::Ru).await.unwrap().organisation;
    assert_eq!((seen.iban.as_str(), seen.may_edit_payout), ("KZ86\u{a0}····\u{a0}0100", false));
    let stranger = world.actor(&world.person("stranger").await).await;
    forbidden(partners::page(&mut conn, &world.ctx, &stranger, Lang::Ru).await);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_database_holds_the_rules_too(pool: PgPool) {
    let world = World::new(pool);
    let aigul = world.person("aigul").await;
    let id = world.start(&aigul, "Көлсай Тур", BIN).await.unwrap();
    for sql in [
        "update organisations set status = 'awaiting_call' where id = $1",
        "update organisations set submitted_at = now() where id = $1",
        "update organisations set bin = '12' where id = $1",
        "update organisations set iban = 'KZ86' where id = $1",
        "delete from members where organisation_id = $1",
        "update members set role = 'manager' where organisation_id = $1",
    ] {
        assert!(sqlx::query(sql).bind(id.0).execute(&world.pool).await.is_err(), "{sql}");
    }
    let wrong = world.start(&world.person("wrong").await, "Икс", "971240001316").await;
    assert!(matches!(wrong, Err(PartnerError::Form(errors)) if errors == [("bin".to_owned(), FieldError::Bin)]));
}
