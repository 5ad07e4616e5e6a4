//! A neighbour that takes every call and answers none, while customers pay.
use crate::{
    common::TestApp,
    signed,
    world::{Post, paid, worker},
};
use http::StatusCode;
use jiff::SignedDuration;
use sapar_domain::{
    kernel::events::Event,
    payments::{self, provider::Outcome},
    testing::TourBuilder,
};
use sqlx::PgPool;
use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};
use tokio::{
    sync::{Semaphore, broadcast},
    task::JoinHandle,
};
use tokio_util::sync::CancellationToken;

/// More than there are slots of any kind.
const CUSTOMERS: i64 = 30;

struct Running {
    news: broadcast::Sender<Event>,
    stop: CancellationToken,
    worker: JoinHandle<()>,
}

fn run(app: &TestApp, post: &Arc<Post>) -> Running {
    let (news, stop) = (broadcast::Sender::new(16), CancellationToken::new());
    let worker = tokio::spawn(worker(app, post).run(news.subscribe(), stop.clone()));
    Running { news, stop, worker }
}

impl Running {
    async fn until(&self, app: &TestApp, what: &str, enough: i64, count: &'static str) {
        for _ in 0..1500 {
            let _ = self.news.send(Event::Job);
            if app.count(count).await >= enough {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{what}: {} of {enough}", app.count(count).await);
    }

    async fn end(self) {
        self.stop.cancel();
        self.worker.await.unwrap();
    }
}

const TEXTED: &str = "select count(*) from deliveries where channel = 'sms'";
const MAILED: &str = "select count(*) from deliveries where channel = 'mail'";
const DRAWN: &str = "select count(*) from orders where documents_at is not null";

#[sqlx::test(migrations = "./migrations")]
async fn however_many_mails_hang_every_customer_gets_tickets_documents_and_a_text(pool: PgPool) {
    let post = Arc::new(Post { hangs: Some(Semaphore::new(0)), ..Post::default() });
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one").capacity(100)).await;
    let running = run(&app, &post);
    for wave in 1..=2 {
        for _ in 0..CUSTOMERS {
            paid(&app, &tour, 1).await;
        }
        // Those of the second wave meet a mail server that hangs already.
        let all = wave * CUSTOMERS;
        running.until(&app, "tickets", all, "select count(*) from tickets").await;
        running.until(&app, "documents", all, DRAWN).await;
        running.until(&app, "texts", all, TEXTED).await;
        let hanging = post.tried.load(Ordering::SeqCst);
        assert!((1..=8).contains(&hanging), "{hanging} connections to a mail server that does not answer");
    }
    assert_eq!(post.mailed(), 0);
    post.hangs.as_ref().unwrap().add_permits(1000);
    running.until(&app, "mails", 2 * CUSTOMERS, MAILED).await;
    running.end().await;
    assert_eq!(i64::try_from(post.mailed()).unwrap(), 2 * CUSTOMERS);
}

#[sqlx::test(migrations = "./migrations")]
async fn refunds_that_hang_keep_nobodys_tickets_back(pool: PgPool) {
    let (app, provider) = signed::app(pool);
    let post = Arc::new(Post::default());
    let tour = app.tour(TourBuilder::new("one").capacity(100)).await;
    for _ in 0..CUSTOMERS {
        let token = paid(&app, &tour, 1).await;
        app.post(&format!("/api/v1/orders/{token}/cancel")).await;
    }
    for _ in 0..CUSTOMERS {
        paid(&app, &tour, 1).await;
    }
    provider.hangs.store(true, Ordering::SeqCst);
    let running = run(&app, &post);
    running.until(&app, "documents", CUSTOMERS, DRAWN).await;
    running.until(&app, "mails", CUSTOMERS, MAILED).await;
    running.until(&app, "texts", CUSTOMERS, TEXTED).await;
    // Those that hang would be waited for at the end.
    running.worker.abort();
    let owed = app.count("select count(*) from jobs where name = 'return_money'").await;
    assert_eq!(owed, CUSTOMERS, "no refund is forgotten");
}

#[sqlx::test(migrations = "./migrations")]
async fn a_provider_that_does_not_answer_keeps_no_browser_waiting_on_its_way_back(pool: PgPool) {
    let (app, provider) = signed::app(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let (number, token) = crate::world::placed(&app, &tour, 1).await;
    provider.hangs.store(true, Ordering::SeqCst);
    let address = format!("/kk/orders/{token}/return");
    let answer = tokio::time::timeout(Duration::from_secs(30), app.get(&address)).await.expect("an answer");
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, format!("/kk/orders/{token}").as_str()));
    provider.hangs.store(false, Ordering::SeqCst);
    app.provider.decide(&number, Outcome::Succeeded);
    app.later(SignedDuration::from_mins(1));
    payments::poll_due(&app.services).await.unwrap();
    assert_eq!(app.get(&format!("/api/v1/orders/{token}")).await.json()["status"], "paid");
}
