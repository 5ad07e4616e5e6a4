//! What is told of payout cards, over HTTP and signed as FreedomPay signs it.
use crate::{
    common::{Answer, TestApp},
    signed::{SECRET, app},
};
use http::{Request, header};
use sapar_domain::{
    accounts::{self, NewAccount},
    payments::{self, provider::StoreCard},
    testing::TourBuilder,
};
use sapar_providers::freedompay::{sign::Params, xml};
use sapar_shared::{Lang, contact::Email, roles::Role};
use sqlx::PgPool;

const PASSWORD: &str = "көлсай-2026";

/// The owner of an active organisation has opened a page.
async fn page(app: &TestApp, name: &'static str) -> StoreCard {
    let tour = app.tour(TourBuilder::new(name)).await;
    let email = format!("{name}@example.kz");
    let address = Email::parse(&email).unwrap();
    let new =
        NewAccount {
            email: &address, name: "Дәурен", password: PASSWORD, membership: Some((tour.organisation, Role::Owner))
        };
    let (services, mut conn) = (&app.services, app.services.conn().await.unwrap());
    accounts::create_account(&mut conn, &services.ctx, &new).await.unwrap();
    let device = accounts::Device { address: "10.0.0.1", agent: "" };
    let cookie = accounts::sign_in(&mut conn, &services.ctx, &email, PASSWORD, &device).await.unwrap().cookie;
    let actor = accounts::actor(&mut conn, &services.ctx, &cookie).await.unwrap().unwrap();
    let proven = accounts::prove_person(&mut conn, &services.ctx, &actor, PASSWORD, "10.0.0.1").await.unwrap();
    payments::store_card(services, &actor, Some(&proven), "/ru/partner/organisation", Lang::Ru).await.unwrap().unwrap();
    app.provider.card_page()
}

fn path(page: &StoreCard) -> &str {
    page.result_url.strip_prefix("https://sapar.test").unwrap()
}

fn script(page: &StoreCard) -> &str {
    page.result_url.rsplit('/').next().unwrap()
}

fn told(customer: &str, token: &str) -> Params {
    Params::new()
        .with("pg_user_id", customer)
        .with("pg_status", "success")
        .with("pg_card_token", token)
        .with("pg_card_hash", "4400-43XX-XXXX-1234")
        .with("pg_salt", "salt")
}

async fn call(app: &TestApp, path: &str, params: &Params) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new()).append_pair("pg_xml", &xml::write(params)).finish();
    let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    app.send(request.body(body.into()).unwrap()).await
}

async fn used(app: &TestApp) -> Vec<String> {
    sqlx::query_scalar("select c.card_token from organisations o join payout_cards c on c.id = o.payout_card_id order by 1")
        .fetch_all(&app.services.pool)
        .await
        .unwrap()
}

#[sqlx::test(migrations = "./migrations")]
async fn only_what_is_signed_for_its_own_address_counts(pool: PgPool) {
    let (app, _) = app(pool);
    let (one, two) = (page(&app, "one").await, page(&app, "two").await);
    let right = told(&one.customer, "one").signed(script(&one), SECRET);
    // Forged, changed, signed for somebody else's address, or sent there.
    for (to, params) in [
        (path(&one), told(&one.customer, "evil")),
        (path(&one), told(&one.customer, "evil").signed(script(&one), "another secret")),
        (path(&one), right.clone().with("pg_card_token", "evil")),
        (path(&one), told(&one.customer, "evil").signed(script(&two), SECRET)),
        (path(&two), right.clone()),
        ("/webhooks/freedompay/cards/result", right.clone()),
    ] {
        assert_eq!(call(&app, to, &params).await.status, 400, "{to}");
    }
    // Signed by the provider, and yet of another request.
    let crossed = told(&one.customer, "crossed").signed(script(&two), SECRET);
    let answer = call(&app, path(&two), &crossed).await;
    assert_eq!((answer.status.as_u16(), xml::read(&answer.body).unwrap().get("pg_status")), (200, Some("error")));
    assert!(used(&app).await.is_empty());
    // Twice the same is once.
    for _ in 0..2 {
        let answer = call(&app, path(&one), &right).await;
        let reply = xml::read(&answer.body).unwrap();
        assert!(answer.status == 200 && reply.verify(script(&one), SECRET) && reply.get("pg_status") == Some("ok"));
    }
    assert_eq!(used(&app).await, ["one"]);
}

#[sqlx::test(migrations = "./migrations")]
async fn an_old_report_brings_no_old_card_back(pool: PgPool) {
    let (app, _) = app(pool);
    let one = page(&app, "one").await;
    let right = told(&one.customer, "one").signed(script(&one), SECRET);
    assert_eq!(call(&app, path(&one), &right).await.status, 200);
    sqlx::query("update organisations set payout_card_id = null, iban = 'KZ86125KZT5004100100' where payout_card_id is not null")
        .execute(&app.services.pool)
        .await
        .unwrap();
    assert_eq!(call(&app, path(&one), &right).await.status, 200);
    assert!(used(&app).await.is_empty());
}
