//! What comes to the payment provider's address: from the provider twice, late or while we are down, and from strangers.
use crate::{
    common::TestApp,
    signed::{SCRIPT, SECRET, app, call, callback, encoded, told, verdict},
    world::{Post, cut, drain, placed, worker},
};
use futures::future::join_all;
use http::Method;
use jiff::SignedDuration;
use sapar_domain::{
    payments::{self, RESULT_PATH, provider::Outcome},
    testing::TourBuilder,
};
use sapar_shared::Money;
use sqlx::{PgPool, postgres::PgPoolOptions};
use std::sync::Arc;

async fn status(app: &TestApp, token: &str) -> String {
    app.get(&format!("/api/v1/orders/{token}")).await.json()["status"].as_str().unwrap().to_owned()
}

/// Places held, places sold, postings, events of payments.
async fn books(app: &TestApp) -> [i64; 4] {
    [
        app.count("select held::bigint from stock").await,
        app.count("select sold::bigint from stock").await,
        app.count("select count(*) from ledger_postings").await,
        app.count("select count(*) from payment_events").await,
    ]
}

#[sqlx::test(migrations = "./migrations")]
async fn whoever_cannot_sign_changes_nothing(pool: PgPool) {
    let (app, _) = app(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let (number, token) = placed(&app, &tour, 1).await;
    let report = app.provider.decide(&number, Outcome::Succeeded);
    let paid = told(&report);
    let good = callback(&report);
    let forged: [Vec<u8>; 11] = [
        Vec::new(),
        encoded(&paid).into(),
        encoded(&paid.clone().with("pg_sig", "0".repeat(32))).into(),
        encoded(&paid.clone().signed(SCRIPT, "another secret")).into(),
        encoded(&paid.clone().signed("init_payment.php", SECRET)).into(),
        good.replace("pg_result=1", "pg_result=0").into(),
        good.replace("pg_amount=10000", "pg_amount=1").into(),
        format!("{good}&pg_more=1").into(),
        format!("{good}&{}=1", "a[b]".repeat(50)).into(),
        [good.as_bytes(), b"&pg_name=\xff\xfe%FF%FE"].concat(),
        b"<response><pg_status>ok</pg_status></response>".to_vec(),
    ];
    for body in forged {
        let shown = String::from_utf8_lossy(&body).into_owned();
        let answer = call(&app, body).await;
        assert_eq!((answer.status.as_u16(), answer.text()), (400, ""), "{shown}");
    }
    let huge = format!("{good}&pg_name={}", "x".repeat(10 << 20));
    assert_eq!(call(&app, huge).await.status, 413);
    let unsigned = format!("{RESULT_PATH}?{}", encoded(&paid));
    assert_eq!(app.get(&unsigned).await.status, 400);
    assert_eq!(app.with_method(Method::DELETE, RESULT_PATH).await.status, 405);
    assert_eq!((status(&app, &token).await.as_str(), books(&app).await), ("awaiting_payment", [1, 0, 0, 0]));
    assert_eq!(verdict(&call(&app, good).await), "ok", "the right one still counts");
    assert_eq!((status(&app, &token).await.as_str(), books(&app).await), ("paid", [0, 1, 2, 1]));
}

#[sqlx::test(migrations = "./migrations")]
async fn a_signed_word_about_other_money_is_refused(pool: PgPool) {
    let (app, _) = app(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let (number, token) = placed(&app, &tour, 1).await;
    let report = app.provider.decide(&number, Outcome::Succeeded);
    let mut cheap = report.clone();
    cheap.amount = Some(Money::from_tenge(1));
    let mut foreign = report.clone();
    foreign.order_number = "S-NOBODY".into();
    for wrong in [cheap, foreign] {
        assert_eq!(verdict(&call(&app, callback(&wrong)).await), "rejected");
    }
    assert_eq!(status(&app, &token).await, "awaiting_payment");
    assert_eq!(books(&app).await[..3], [1, 0, 0]);
}

#[sqlx::test(migrations = "./migrations")]
async fn a_replayed_callback_settles_once(pool: PgPool) {
    let ((app, _), post) = (app(pool), Arc::new(Post::default()));
    let tour = app.tour(TourBuilder::new("one")).await;
    let (number, token) = placed(&app, &tour, 2).await;
    let declined = callback(&app.provider.decide(&number, Outcome::Failed));
    assert_eq!(verdict(&call(&app, declined.clone()).await), "ok");
    payments::start(&app.services, &token, None).await.unwrap();
    let paid = callback(&app.provider.decide(&number, Outcome::Succeeded));
    for answer in join_all((0..6).map(|_| call(&app, paid.clone()))).await {
        assert_eq!(verdict(&answer), "ok");
    }
    let worker = worker(&app, &post);
    drain(&worker).await;
    // A day later somebody plays all of it again, the refusal behind the success.
    app.later(SignedDuration::from_hours(24));
    for replay in [&paid, &declined, &paid] {
        assert_eq!(verdict(&call(&app, replay.clone()).await), "ok");
    }
    drain(&worker).await;
    assert_eq!((status(&app, &token).await.as_str(), &books(&app).await[..3]), ("paid", &[0, 2, 2][..]));
    assert_eq!((post.mailed(), post.texted(), app.provider.refunded(&number)), (1, 1, 0));
    assert_eq!(app.count("select count(*) from tickets").await, 2);

    // What was given back stays given back.
    app.post(&format!("/api/v1/orders/{token}/cancel")).await;
    drain(&worker).await;
    assert_eq!(verdict(&call(&app, paid).await), "ok");
    drain(&worker).await;
    assert_eq!((status(&app, &token).await.as_str(), &books(&app).await[..2]), ("refunded", &[0, 0][..]));
    // The tickets' mail, and one that says so.
    assert_eq!((app.provider.refunded(&number), post.mailed()), (1, 2));
}

#[sqlx::test(migrations = "./migrations")]
async fn a_replay_of_late_money_gives_it_back_once(pool: PgPool) {
    let ((app, _), post) = (app(pool), Arc::new(Post::default()));
    let tour = app.tour(TourBuilder::new("one").capacity(1)).await;
    let (number, token) = placed(&app, &tour, 1).await;
    app.later(SignedDuration::from_hours(2));
    payments::expire_due(&app.services).await.unwrap();
    let (_, next) = placed(&app, &tour, 1).await;
    let paid = callback(&app.provider.decide(&number, Outcome::Succeeded));
    let worker = worker(&app, &post);
    for _ in 0..3 {
        assert_eq!(verdict(&call(&app, paid.clone()).await), "ok");
        drain(&worker).await;
    }
    assert_eq!((status(&app, &token).await.as_str(), status(&app, &next).await.as_str()), ("expired", "awaiting_payment"));
    assert_eq!(books(&app).await[..3], [1, 0, 0], "the place is the next one's");
    assert_eq!((app.provider.refunded(&number), post.mailed(), post.texted()), (1, 1, 1));
}

#[sqlx::test(migrations = "./migrations")]
async fn without_a_database_the_provider_is_asked_to_call_again(pool: PgPool) {
    let options = pool.connect_options();
    let (app, _) = app(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let (number, token) = placed(&app, &tour, 1).await;
    let paid = callback(&app.provider.decide(&number, Outcome::Succeeded));
    app.services.pool.close().await;
    let refused = call(&app, paid.clone()).await;
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (503, "1"));
    assert_eq!(refused.text(), "", "whatever we signed would be taken for an answer");
    assert_eq!(call(&app, encoded(&told(&app.provider.decided(&number)[0]))).await.status, 400, "a stranger learns nothing");
    let again = PgPoolOptions::new().connect_with((*options).clone()).await.unwrap();
    let (app, _) = crate::signed::app(again);
    assert_eq!(verdict(&call(&app, paid).await), "ok");
    assert_eq!((status(&app, &token).await.as_str(), &books(&app).await[..3]), ("paid", &[0, 1, 2][..]));
}

#[sqlx::test(migrations = "./migrations")]
async fn a_callback_cut_off_at_any_instant_is_repeated_and_settles_once(pool: PgPool) {
    let (app, _) = app(pool);
    let tour = app.tour(TourBuilder::new("one").capacity(100)).await;
    for polls in 1..=24 {
        let (number, token) = placed(&app, &tour, 1).await;
        let paid = callback(&app.provider.decide(&number, Outcome::Succeeded));
        cut(call(&app, paid.clone()), polls).await;
        assert_eq!(verdict(&call(&app, paid).await), "ok", "after {polls} polls");
        assert_eq!(status(&app, &token).await, "paid", "after {polls} polls");
    }
    assert_eq!(books(&app).await[..3], [0, 24, 48]);
}
