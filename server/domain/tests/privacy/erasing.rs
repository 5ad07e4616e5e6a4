//! What goes, what stays, and what keeps an account from going.
use crate::{
    people::{HERE, MAIL, PHONE, SECRET, THERE},
    world::{NAME, World},
};
use jiff::SignedDuration;
use sapar_domain::{
    accounts::{self, AccountError, Actor},
    kernel::jobs::{self, Kinds},
    orders, partners,
    privacy::{self, PrivacyError, jobs::MailErased},
    tickets,
};
use sapar_shared::{
    Lang,
    dto::desk::{Channel, OrdersQuery},
    forms::{
        account::ProfileForm,
        organisation::{CompanyForm, InviteForm},
    },
    roles::Role,
};
use sqlx::{PgPool, Row as _};

/// What tells of the person, as it was typed and as searches fold it.
const MARKS: [&str; 9] = [
    "Айгүл",
    "Сәтбаева",
    "айгул",
    "сатбаева",
    "77011234567",
    "aigul@example.kz",
    "another@example.kz",
    "Меткова",
    "aigul's phone",
];
/// Where something of it stays for a while: the letter that says goodbye, and for an hour how often mails were asked for.
const FOR_A_WHILE: [&str; 2] = ["jobs", "sign_in_failures"];

/// Tables in which a mark is found, in any column of any row.
async fn marked(pool: &PgPool) -> Vec<String> {
    let tables = sqlx::query("select tablename from pg_tables where schemaname = 'public' order by tablename");
    let tables: Vec<String> = tables.fetch_all(pool).await.unwrap().iter().map(|row| row.get(0)).collect();
    assert!(tables.len() > 30, "{tables:?}");
    let patterns = MARKS.map(|mark| format!("%{mark}%")).to_vec();
    let each =
        tables.iter().map(|t| format!("select '{t}' as name where exists (select from {t} r where r::text ilike any ($1))"));
    let sql = each.collect::<Vec<_>>().join(" union all ");
    let found = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(patterns).fetch_all(pool).await.unwrap();
    found.iter().map(|row| row.get(0)).collect()
}

fn manager(world: &World) -> Actor {
    Actor {
        name: "Дәурен".into(),
        organisation: Some((world.tour.organisation, "one".into(), Role::Manager)),
        ..Actor::default()
    }
}

/// Whatever the house can know of a person.
async fn live_a_little(world: &World) {
    let (ctx, actor) = (&world.services.ctx, world.person().await);
    let mut conn = world.house.conn().await;
    world.paid(NAME, MAIL).await;
    let order = world.paid("Меткова Жанар", MAIL).await;
    let desk = manager(world);
    orders::note(&mut conn, ctx, &desk, order, "Меткова просила место у окна").await.unwrap();
    let code: String = sqlx::query_scalar("select code from tickets where order_id = $1 and position = 1")
        .bind(order.0)
        .fetch_one(&world.house.pool)
        .await
        .unwrap();
    tickets::rename(&mut conn, ctx, &desk, order, &code, "Меткова Сәуле").await.unwrap();
    partners::follow(&mut conn, ctx, &actor, "one", true).await.unwrap();
    let agreed = vec!["name".to_owned(), "city".to_owned()];
    let profile = ProfileForm { name: NAME.into(), city: "Меткова".into(), agreed, ..ProfileForm::default() };
    accounts::save_profile(&mut conn, ctx, &actor, &profile).await.unwrap();
    world.house.begin_totp(&actor, SECRET).await.unwrap();
    accounts::begin_email_change(&mut conn, ctx, &actor, Lang::Kk, "another@example.kz", SECRET, HERE.address).await.unwrap();
    accounts::ask_code(&mut conn, ctx, Lang::Kk, PHONE, HERE.address).await.unwrap();
    accounts::ask_reset(&mut conn, ctx, Lang::Kk, MAIL, HERE.address).await.unwrap();
    assert!(accounts::sign_in(&mut conn, ctx, MAIL, "guessed", &THERE).await.is_err());
    sqlx::query(
        "insert into passkeys (id, account_id, name, credential, created_at) values ('\\x01', $1, 'aigul''s phone', '{}', now())",
    )
    .bind(world.account.0)
    .execute(&world.house.pool)
    .await
    .unwrap();
    // A member of an organisation that they have left, and invited to it again.
    world.join(world.tour.organisation, world.account, Role::Manager).await;
    let at_work = world.person().await;
    orders::note(&mut conn, ctx, &at_work, order, "Позвонить").await.unwrap();
    sqlx::query("update tickets set status = 'activated', activated_at = now(), activated_by = $2 where code = $1")
        .bind(&code)
        .bind(&at_work.name)
        .execute(&world.house.pool)
        .await
        .unwrap();
    // Of the time when the organisation was theirs.
    sqlx::query(
        "insert into organisation_changes (id, organisation_id, requested_by, name, name_was, reason, state, created_at, decided_at)
         values ($1, $2, $3, 'Жаңа жол', 'one', 'Меткова вышла замуж', 'withdrawn', now(), now())",
    )
    .bind(ctx.id())
    .bind(world.tour.organisation.0)
    .bind(world.account.0)
    .execute(&world.house.pool)
    .await
    .unwrap();
    partners::leave(&mut conn, ctx, &at_work).await.unwrap();
    let (boss, session) = world.house.sign_up("boss@partner.kz", SECRET).await.unwrap();
    sqlx::query("update accounts set name = 'Дәурен', phone = null where id = $1")
        .bind(boss.0)
        .execute(&world.house.pool)
        .await
        .unwrap();
    world.join(world.tour.organisation, boss, Role::Owner).await;
    let boss = world.house.actor(&session.cookie).await.unwrap();
    let invited = InviteForm { email: MAIL.into(), role: "manager".into() };
    partners::invite(&mut conn, ctx, &boss, Lang::Ru, &invited).await.unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn nothing_of_the_person_is_left_in_any_table(pool: PgPool) {
    let world = World::new(pool).await;
    live_a_little(&world).await;
    let before = marked(&world.house.pool).await;
    let where_of = [
        "accounts",
        "orders",
        "order_events",
        "organisation_changes",
        "organisation_order_words",
        "tickets",
        "invitations",
        "sms_codes",
        "jobs",
    ];
    for table in where_of {
        assert!(before.contains(&table.to_owned()), "{table} was not marked: {before:?}");
    }
    let (total, postings) = (world.count("select sum(total)::bigint from orders").await, "select count(*) from ledger_postings");
    let posted = world.count(postings).await;
    world.after_the_trip();
    world.erase().await.unwrap();

    let left = marked(&world.house.pool).await;
    assert!(left.iter().all(|table| FOR_A_WHILE.contains(&table.as_str())), "{left:?}");
    let mailed =
        jobs::lease(&mut *world.house.conn().await, &world.services.ctx, Kinds::Only(&["mail_erased"]), 10).await.unwrap();
    let farewell: MailErased = serde_json::from_value(mailed[0].payload.clone()).unwrap();
    assert_eq!((mailed.len(), farewell.email.as_str(), farewell.lang), (1, MAIL, Lang::Kk));
    jobs::finish(&mut *world.house.conn().await, mailed[0].id).await.unwrap();
    assert!(world.house.post().await.letters.iter().all(|letter| letter.email != MAIL), "no other letter goes out");
    world.house.later(SignedDuration::from_hours(1));
    accounts::sweep(&mut *world.house.conn().await, &world.services.ctx).await.unwrap();
    assert_eq!(marked(&world.house.pool).await, Vec::<String>::new());

    // The books are whole, and one pseudonym stands in all of them.
    assert_eq!(world.count("select sum(total)::bigint from orders").await, total);
    assert_eq!(world.count(postings).await, posted);
    assert_eq!(world.count("select count(distinct contact_name) from orders where erased_at is not null").await, 1);
    assert_eq!(world.count("select count(*) from tickets where holder_name like 'Удалённый аккаунт %'").await, 4);
    assert_eq!(world.count("select count(*) from tickets where activated_by like 'Жойылған аккаунт %'").await, 1);
    assert_eq!(world.count("select count(*) from order_events where by_name like 'Жойылған аккаунт %'").await, 1);
    assert_eq!(
        world.count("select count(*) from organisation_changes where requested_by is null and name = 'Жаңа жол'").await,
        1
    );
    assert!(world.house.actor(&world.cookie).await.is_none());
}

#[sqlx::test(migrations = "../migrations")]
async fn the_same_address_begins_anew_and_gets_no_old_orders(pool: PgPool) {
    let world = World::new(pool).await;
    world.paid(NAME, MAIL).await;
    world.after_the_trip();
    world.erase().await.unwrap();
    world.house.post().await;
    assert!(matches!(world.house.sign_in(MAIL, SECRET).await, Err(AccountError::Wrong)));
    let (again, cookie) = world.house.proven(MAIL).await;
    world.house.prove_phone(&cookie, PHONE).await.unwrap();
    world.house.post().await;
    assert_ne!(again, world.account);
    assert_eq!(world.count("select count(*) from orders where account_id is not null").await, 0);
    assert_eq!(world.count("select count(*) from orders").await, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_trip_ahead_keeps_the_account_until_it_is_over(pool: PgPool) {
    let world = World::new(pool).await;
    world.paid(NAME, MAIL).await;
    let look = async |lang| {
        let actor = world.person().await;
        privacy::erasure(&mut *world.house.conn().await, &world.services.ctx, &actor, lang).await.unwrap()
    };
    sqlx::query(
        "insert into listing_texts (listing_id, lang, title, summary, description, included, excluded, programme, meeting)
         select listing_id, 'kk', 'Көлсай көлдері', summary, description, included, excluded, programme, meeting
         from listing_texts where lang = 'ru'
         on conflict (listing_id, lang) do update set title = excluded.title",
    )
    .execute(&world.house.pool)
    .await
    .unwrap();
    assert_eq!(look(Lang::Kk).await.ahead[0].title, "Көлсай көлдері", "in the reader's language");
    let erasure = look(Lang::Ru).await;
    assert_eq!((erasure.orders, erasure.ahead.len(), erasure.is_possible()), (1, 1, false));
    assert_eq!(erasure.ahead[0].title, "Озёра Кольсай");
    assert!(matches!(world.erase().await, Err(PrivacyError::NotYet)));
    assert!(world.house.actor(&world.cookie).await.is_some(), "nothing was changed");
    assert_eq!(world.count("select count(*) from orders where contact_email is not null").await, 1);
    world.house.later(erasure.ahead[0].over_at.duration_since(world.services.ctx.now()));
    assert!(look(Lang::Ru).await.is_possible());
    world.erase().await.unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn an_owner_hands_over_first_but_takes_a_mere_draft_along(pool: PgPool) {
    let world = World::new(pool).await;
    let ctx = &world.services.ctx;
    let form = CompanyForm { name: "Жаңа жол".into(), bin: "971240001315".into() };
    let actor = world.person().await;
    partners::start(&mut *world.house.conn().await, ctx, &actor, &world.cookie, &form).await.unwrap();
    world.join(world.tour.organisation, world.account, Role::Owner).await;
    let actor = world.person().await;
    let erasure = privacy::erasure(&mut *world.house.conn().await, ctx, &actor, Lang::Ru).await.unwrap();
    assert_eq!((erasure.owned, erasure.unfinished), (vec!["one".to_owned()], vec!["Жаңа жол".to_owned()]));
    assert!(matches!(world.erase().await, Err(PrivacyError::NotYet)));
    assert_eq!(world.count("select count(*) from organisations").await, 2);

    let heir = world.house.sign_up("heir@example.kz", SECRET).await.unwrap().0;
    let mut tx = world.house.pool.begin().await.unwrap();
    for (account, role) in [(world.account, "manager"), (heir, "owner")] {
        sqlx::query(
            "insert into members (organisation_id, account_id, role, created_at) values ($1, $2, $3, now())
             on conflict (account_id, organisation_id) do update set role = excluded.role",
        )
        .bind(world.tour.organisation.0)
        .bind(account.0)
        .bind(role)
        .execute(&mut *tx)
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    world.erase().await.unwrap();
    assert_eq!(world.count("select count(*) from organisations").await, 1, "the draft is gone");
    assert_eq!(world.count("select count(*) from members").await, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn work_under_every_name_the_member_had_is_nobodys(pool: PgPool) {
    let world = World::new(pool).await;
    let ctx = &world.services.ctx;
    let order = world.paid("Ерлан Ким", "other@example.kz").await;
    sqlx::query("update orders set account_id = null where id = $1").bind(order.0).execute(&world.house.pool).await.unwrap();
    world.join(world.tour.organisation, world.account, Role::Manager).await;
    for name in ["Меткова Айгүл", "", "Меткова Сәуле"] {
        let actor = world.person().await;
        orders::note(&mut *world.house.conn().await, ctx, &actor, order, "Позвонить").await.unwrap();
        let form = ProfileForm { name: name.into(), agreed: vec!["name".into()], ..ProfileForm::default() };
        accounts::save_profile(&mut *world.house.conn().await, ctx, &actor, &form).await.unwrap();
    }
    let (account, _) = world.export().await.unwrap();
    assert_eq!(account["account"]["past_names"].as_array().unwrap().len(), 3, "two names and the e-mail: {account}");
    sqlx::query("update orders set contact_phone = '+77000000002' where id = $1")
        .bind(order.0)
        .execute(&world.house.pool)
        .await
        .unwrap();
    world.after_the_trip();
    world.erase().await.unwrap();
    assert_eq!(
        world.count("select count(*) from order_events where what ? 'noted' and by_name like 'Жойылған аккаунт %'").await,
        3
    );
    assert_eq!(world.count("select count(*) from past_names").await, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_namesakes_work_stays_theirs(pool: PgPool) {
    let world = World::new(pool).await;
    let ctx = &world.services.ctx;
    let order = world.paid("Ерлан Ким", "other@example.kz").await;
    sqlx::query("update orders set account_id = null where id = $1").bind(order.0).execute(&world.house.pool).await.unwrap();
    let (namesake, _) = world.house.sign_up("namesake@example.kz", SECRET).await.unwrap();
    world.join(world.tour.organisation, world.account, Role::Manager).await;
    world.join(world.tour.organisation, namesake, Role::Manager).await;
    let actor = world.person().await;
    orders::note(&mut *world.house.conn().await, ctx, &actor, order, "Позвонить").await.unwrap();
    sqlx::query("update orders set contact_phone = '+77000000002' where id = $1")
        .bind(order.0)
        .execute(&world.house.pool)
        .await
        .unwrap();
    world.after_the_trip();
    world.erase().await.unwrap();
    assert_eq!(world.count("select count(*) from order_events where by_name = 'Айгүл Сәтбаева'").await, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn another_persons_password_proves_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let ctx = &world.services.ctx;
    let (_, session) = world.house.sign_up("other@example.kz", "another secret").await.unwrap();
    let other = world.house.actor(&session.cookie).await.unwrap();
    let mut conn = world.house.conn().await;
    let proven = accounts::prove_person(&mut conn, ctx, &other, "another secret", HERE.address).await.unwrap();
    let person = world.person().await;
    assert!(matches!(privacy::erase(&mut conn, ctx, &person, &proven).await, Err(PrivacyError::Forbidden(_))));
    assert!(matches!(privacy::begin_export(&mut conn, ctx, &person, &proven).await, Err(AccountError::Wrong)));
    assert!(matches!(privacy::erase(&mut conn, ctx, &Actor::default(), &proven).await, Err(PrivacyError::Forbidden(_))));
}

/// Whoever only typed somebody's e-mail must not, by erasing their own account, clear what brakes guesses at the owner's.
#[sqlx::test(migrations = "../migrations")]
async fn what_was_only_typed_is_left_to_its_owner(pool: PgPool) {
    let world = World::new(pool).await;
    let ctx = &world.services.ctx;
    let (_, session) = world.house.sign_up(MAIL, "the guesser's own").await.unwrap();
    for _ in 0..5 {
        let guess = accounts::sign_in(&mut *world.house.conn().await, ctx, MAIL, "guess", &THERE).await;
        assert!(matches!(guess, Err(AccountError::Wrong)));
    }
    let guesser = world.house.actor(&session.cookie).await.unwrap();
    let mut conn = world.house.conn().await;
    let proven = accounts::prove_person(&mut conn, ctx, &guesser, "the guesser's own", THERE.address).await.unwrap();
    privacy::erase(&mut conn, ctx, &guesser, &proven).await.unwrap();
    let again = accounts::sign_in(&mut conn, ctx, MAIL, "guess", &THERE).await;
    assert!(matches!(again, Err(AccountError::TooMany { .. })));
    assert_eq!(world.count("select count(*) from jobs where name = 'mail_erased'").await, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn saved_views_go_with_the_account(pool: PgPool) {
    let world = World::new(pool).await;
    world.join(world.tour.organisation, world.account, Role::Manager).await;
    let (ctx, actor) = (&world.services.ctx, world.person().await);
    let cash = OrdersQuery { channel: Some(Channel::Cash), ..OrdersQuery::default() };
    orders::save_view(&mut *world.house.conn().await, ctx, &actor, "Меткова за наличные", &cash).await.unwrap();
    assert!(marked(&world.house.pool).await.contains(&"saved_views".to_owned()));
    world.erase().await.unwrap();
    assert_eq!(world.count("select count(*) from saved_views").await, 0);
}
