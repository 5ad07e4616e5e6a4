//! The archive holds what is the person's, in words that others can read, and nothing of anybody else.
use crate::{
    people::{MAIL, PHONE, SECRET},
    world::{NAME, World},
};
use jiff::Timestamp;
use sapar_domain::{
    accounts::{self, AccountError},
    partners,
};
use sapar_shared::{Lang, forms::account::ProfileForm, roles::Role};
use serde_json::Value;
use sqlx::PgPool;

fn moment(value: &Value) -> Timestamp {
    value.as_str().unwrap_or_else(|| panic!("no moment: {value}")).parse().unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn all_of_it_is_there_and_no_secret(pool: PgPool) {
    let world = World::new(pool).await;
    let mine = world.paid(NAME, MAIL).await;
    let ctx = &world.services.ctx;
    let actor = world.person().await;
    let mut conn = world.house.conn().await;
    let profile = ProfileForm {
        name: NAME.into(),
        birth_date: "1990-05-01".into(),
        city: "Шымкент".into(),
        agreed: ["name", "birth_date", "city"].map(str::to_owned).to_vec(),
        ..ProfileForm::default()
    };
    accounts::save_profile(&mut conn, ctx, &actor, &profile).await.unwrap();
    partners::follow(&mut conn, ctx, &actor, "one", true).await.unwrap();
    world.join(world.tour.organisation, world.account, Role::Gate).await;
    sqlx::query(
        "insert into organisation_changes (id, organisation_id, requested_by, name, name_was, reason, state, created_at)
         values ($1, $2, $3, 'Жаңа жол', 'one', 'Тойдан кейін', 'waiting', now())",
    )
    .bind(ctx.id())
    .bind(world.tour.organisation.0)
    .bind(world.account.0)
    .execute(&mut *conn)
    .await
    .unwrap();
    sqlx::query(
        "insert into saved_views (id, account_id, organisation_id, place, name, channel, listing_id, created_at)
         values ($1, $2, $3, 1, 'Наличные', 'cash', $4, now())",
    )
    .bind(ctx.id())
    .bind(world.account.0)
    .bind(world.tour.organisation.0)
    .bind(world.tour.listing.0)
    .execute(&mut *conn)
    .await
    .unwrap();
    accounts::begin_email_change(&mut conn, ctx, &actor, Lang::Kk, "another@example.kz", SECRET, "10.0.0.1").await.unwrap();

    let (account, orders) = world.export().await.unwrap();
    assert_eq!(account["format"], "sapar-account-1");
    assert_eq!((&account["account"]["name"], &account["account"]["email"]), (&NAME.into(), &MAIL.into()));
    assert_eq!(account["account"]["phone"], PHONE);
    assert_eq!(moment(&account["account"]["name_agreed_at"]), ctx.now());
    assert_eq!(account["account"]["past_names"], serde_json::json!([]));
    assert_eq!(moment(&account["made_at"]), ctx.now());
    assert_eq!(account["profile"]["birth_date"]["value"], "1990-05-01");
    assert_eq!(moment(&account["profile"]["city"]["agreed_at"]), ctx.now());
    assert!(account["profile"]["network"].is_null());
    assert_eq!(account["contact_changes"][0]["new"], "another@example.kz");
    assert_eq!(account["follows"][0]["slug"], "one");
    assert_eq!(account["memberships"][0]["role"], "gate");
    let view = &account["saved_views"][0];
    assert_eq!((&view["name"], &view["channel"], &view["slug"]), (&"Наличные".into(), &"cash".into(), &"one".into()));
    let change = &account["organisation_changes"][0];
    assert_eq!(
        (&change["name"], &change["reason"], &change["state"]),
        (&"Жаңа жол".into(), &"Тойдан кейін".into(), &"waiting".into())
    );
    assert!(account["sign_in"]["second_step"].is_null());
    assert!(!account["sign_in"]["sessions"].as_array().unwrap().is_empty());
    for secret in ["digest", "hash", "argon2", "token", "seed", "credential"] {
        assert!(!account.to_string().contains(secret), "{secret}: {account}");
    }

    assert_eq!(orders.len(), 1);
    let order = &orders[0];
    assert_eq!(order["total"], serde_json::json!({ "tiyn": 2_000_000, "currency": "KZT" }));
    assert_eq!(order["contact"]["email"], MAIL);
    assert_eq!(order["lines"][0]["quantity"], 2);
    assert_eq!(order["lines"][0]["ticket_type"], "Взрослый");
    assert_eq!(order["tickets"].as_array().unwrap().len(), 2);
    assert_eq!(order["payments"][0]["status"], "succeeded");
    assert_eq!(order["payments"][0]["amount"]["tiyn"], 2_000_000);
    assert_eq!(moment(&order["history"][0]["at"]), moment(&order["paid_at"]));
    let token = ctx.keys.order_token(mine);
    assert!(!order.to_string().contains(&token), "the link opens the order to whoever has it");
}

#[sqlx::test(migrations = "../migrations")]
async fn parts_join_into_all_orders_and_nobody_elses(pool: PgPool) {
    let world = World::new(pool).await;
    world.paid(NAME, MAIL).await;
    world.paid("Бөтен адам", "stranger@example.kz").await;
    let clone = "insert into orders (id, number, token_digest, lang, status, contact_name, contact_phone, contact_email, total,
                                     placed_at, expires_at, paid_at, account_id)
                 select uuidv7(), 'N' || n, sha256(n::text::bytea), 'ru', 'failed', 'x', 'x', 'x', n, now(), now() + interval '1 hour', null, $1
                 from generate_series(1, 120) n";
    sqlx::query(clone).bind(world.account.0).execute(&world.house.pool).await.unwrap();
    sqlx::query("update orders set account_id = null where contact_email = 'stranger@example.kz'")
        .execute(&world.house.pool)
        .await
        .unwrap();
    let (_, orders) = world.export().await.unwrap();
    let mut numbers: Vec<_> = orders.iter().map(|order| order["number"].as_str().unwrap().to_owned()).collect();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 121);
    assert!(orders.iter().all(|order| order["contact"]["name"] != "Бөтен адам"));
}

#[sqlx::test(migrations = "../migrations")]
async fn downloads_are_counted_and_want_the_password(pool: PgPool) {
    let world = World::new(pool).await;
    for _ in 0..5 {
        world.export().await.unwrap();
    }
    assert!(matches!(world.export().await, Err(AccountError::TooMany { .. })));
    let actor = world.person().await;
    let mut conn = world.house.conn().await;
    let wrong = accounts::prove_person(&mut conn, &world.services.ctx, &actor, "not it", "10.0.0.1").await;
    assert!(matches!(wrong, Err(AccountError::Wrong)));
}
