//! The process dies between two steps of the road from the money to the ticket in the customer's hand.
use crate::{
    common::TestApp,
    world::{Post, cut, drain, paid, placed, worker},
};
use futures::TryStreamExt as _;
use jiff::SignedDuration;
use sapar_domain::{
    payments::{self, provider::Outcome},
    testing::TourBuilder,
};
use serde_json::Value;
use sqlx::PgPool;
use std::sync::Arc;

/// After this a job that a dead process held is anybody's.
const LEASE_OVER: SignedDuration = SignedDuration::from_secs(121);

/// All that a customer or a partner could notice.
async fn seen(app: &TestApp, post: &Post, token: &str) -> (Value, usize, usize, usize, Vec<(String, Option<String>)>, i64) {
    let order = app.get(&format!("/api/v1/orders/{token}")).await.json();
    let files = app.services.files.list(None).map_ok(|file| (file.location.to_string(), file.e_tag));
    let mut files: Vec<_> = files.try_collect().await.unwrap();
    files.sort();
    let refunded = app.provider.refunded(order["number"].as_str().unwrap());
    let owed = app.count("select coalesce(sum(abs(amount)), 0)::bigint from ledger_postings").await;
    (order, post.mailed(), post.texted(), refunded, files, owed)
}

/// Runs everything, then each job once more, as after a crash between its effect and its deletion; returns their names.
async fn run_each_twice(app: &TestApp, post: &Arc<Post>, token: &str) -> Vec<String> {
    let worker = worker(app, post);
    let run = async |sql: &'static str| sqlx::query(sql).execute(&app.services.pool).await.unwrap();
    run("create table kept as table jobs").await;
    loop {
        run("insert into kept select * from jobs where id not in (select id from kept)").await;
        if worker.run_due().await.unwrap() == 0 {
            break;
        }
    }
    // What was put off for a while.
    app.later(LEASE_OVER);
    drain(&worker).await;
    let first = seen(app, post, token).await;
    let names: Vec<String> =
        sqlx::query_scalar("select name from kept order by name").fetch_all(&app.services.pool).await.unwrap();
    for name in &names {
        let again = sqlx::query("insert into jobs select * from kept where name = $1").bind(name);
        again.execute(&app.services.pool).await.unwrap();
        app.later(LEASE_OVER);
        drain(&worker).await;
        assert_eq!(seen(app, post, token).await, first, "after {name} ran again");
    }
    run("insert into jobs select * from kept").await;
    app.later(LEASE_OVER);
    drain(&worker).await;
    assert_eq!(seen(app, post, token).await, first, "after all ran again at once");
    names
}

/// The last mail is in the order's language, the tour's name too.
fn speaks_kazakh(post: &Post) -> bool {
    post.mails.lock().unwrap().last().is_some_and(|mail| mail.text.contains("Көлсай көлдері"))
}

#[sqlx::test(migrations = "./migrations")]
async fn a_job_that_runs_again_after_its_effect_repeats_nothing(pool: PgPool) {
    let (app, post) = (TestApp::new(pool), Arc::new(Post::default()));
    let tour = app.tour(TourBuilder::new("one")).await;
    let token = paid(&app, &tour, 2).await;
    let jobs = run_each_twice(&app, &post, &token).await;
    assert_eq!(jobs, ["count_sales", "draw_tickets", "issue_tickets", "mail_tickets", "make_documents", "text_tickets"]);
    assert_eq!((post.mailed(), post.texted()), (1, 1));
    assert_eq!(app.get(&format!("/api/v1/orders/{token}")).await.json()["tickets"].as_array().unwrap().len(), 2);
}

#[sqlx::test(migrations = "./migrations")]
async fn late_money_goes_back_once_and_is_told_of_once(pool: PgPool) {
    let (app, post) = (TestApp::new(pool), Arc::new(Post::default()));
    let tour = app.tour(TourBuilder::new("one").capacity(1)).await;
    let (number, token) = placed(&app, &tour, 1).await;
    app.later(SignedDuration::from_hours(2));
    payments::expire_due(&app.services).await.unwrap();
    app.provider.decide(&number, Outcome::Succeeded);
    placed(&app, &tour, 1).await;
    let jobs = run_each_twice(&app, &post, &token).await;
    assert_eq!(jobs, ["close_payment", "return_money", "tell_late_money"]);
    assert_eq!((post.mailed(), post.texted(), app.provider.refunded(&number)), (1, 1, 1));
    assert!(speaks_kazakh(&post));
}

#[sqlx::test(migrations = "./migrations")]
async fn a_cancelled_order_is_given_back_once_and_told_of_once(pool: PgPool) {
    let (app, post) = (TestApp::new(pool), Arc::new(Post::default()));
    let tour = app.tour(TourBuilder::new("one")).await;
    let (number, token) = placed(&app, &tour, 1).await;
    app.provider.decide(&number, Outcome::Succeeded);
    payments::poll(&app.services, &token).await.unwrap();
    drain(&worker(&app, &post)).await;
    app.post(&format!("/api/v1/orders/{token}/cancel")).await;
    let jobs = run_each_twice(&app, &post, &token).await;
    assert_eq!(jobs, ["count_sales", "return_money", "tell_cancelled"]);
    // The tickets' mail, and the one that says that the money is on its way.
    assert_eq!((post.mailed(), post.texted(), app.provider.refunded(&number)), (2, 1, 1));
    assert!(speaks_kazakh(&post));
}

#[sqlx::test(migrations = "./migrations")]
async fn killed_at_any_instant_a_worker_leaves_all_to_the_next(pool: PgPool) {
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one").capacity(100)).await;
    for steps in 0..3 {
        for polls in [1, 2, 3, 4, 6, 8, 11, 15] {
            let post = Arc::new(Post::default());
            let token = paid(&app, &tour, 1).await;
            let worker = worker(&app, &post);
            for _ in 0..steps {
                worker.run_due().await.unwrap();
            }
            cut(worker.run_due(), polls).await;
            app.later(LEASE_OVER);
            drain(&worker).await;
            let at = format!("killed in step {steps} after {polls} polls");
            let order = app.get(&format!("/api/v1/orders/{token}")).await.json();
            assert_eq!((order["status"].as_str(), order["tickets"].as_array().unwrap().len()), (Some("paid"), 1), "{at}");
            assert_eq!(app.get(&format!("/files/orders/{token}/tickets.pdf")).await.status, 200, "{at}");
            // Killed between the gateway's yes and our note of it, the message goes out again: the same mail by its
            // Message-ID, which mail servers drop; the same text once more, for a gateway knows no such thing.
            let mails = post.mails.lock().unwrap();
            assert!((1..=2).contains(&mails.len()) && mails.iter().all(|m| m.message_id == mails[0].message_id), "{at}");
            let texts = post.texts.lock().unwrap();
            assert!((1..=2).contains(&texts.len()) && texts.iter().all(|text| *text == texts[0]), "{at}: {texts:?}");
        }
    }
    assert_eq!(app.count("select count(*) from jobs").await, 0);
    assert_eq!(app.count("select count(*) from tickets").await, 24);
}
