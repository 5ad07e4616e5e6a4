//! The mail server is down, or does not answer.
use crate::{
    common::TestApp,
    world::{Post, drain, paid, worker},
};
use jiff::SignedDuration;
use sapar_domain::{kernel::events::Event, testing::TourBuilder};
use sqlx::PgPool;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::sync::{Semaphore, broadcast};
use tokio_util::sync::CancellationToken;

#[sqlx::test(migrations = "./migrations")]
async fn a_mail_server_down_for_an_hour_delays_the_mail_and_nothing_else(pool: PgPool) {
    let post = Arc::new(Post { refuses: AtomicBool::new(true), ..Post::default() });
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let token = paid(&app, &tour, 2).await;
    let worker = worker(&app, &post);
    drain(&worker).await;
    for minute in 0..60 {
        app.later(SignedDuration::from_mins(1));
        drain(&worker).await;
        if minute % 20 == 0 {
            let order = app.get(&format!("/api/v1/orders/{token}")).await;
            assert_eq!((order.status.as_u16(), order.json()["tickets"].as_array().unwrap().len()), (200, 2));
            assert_eq!(app.get(&format!("/files/orders/{token}/tickets.pdf")).await.status, 200);
        }
    }
    let tried = post.tried.load(Ordering::SeqCst);
    assert!((5..20).contains(&tried), "it is tried again, ever more seldom: {tried} times in an hour");
    assert_eq!((post.mailed(), post.texted()), (0, 1), "the SMS did not wait for the mail");
    assert_eq!(app.count("select count(*) from jobs where dead_at is null and last_error <> ''").await, 1);
    post.refuses.store(false, Ordering::SeqCst);
    for _ in 0..120 {
        app.later(SignedDuration::from_mins(1));
        drain(&worker).await;
    }
    assert_eq!((post.mailed(), post.texted()), (1, 1));
    assert_eq!(post.mails.lock().unwrap()[0].attachments.len(), 1);
    assert_eq!(app.count("select count(*) from jobs").await, 0);
}

#[sqlx::test(migrations = "./migrations")]
async fn a_mail_server_that_does_not_answer_keeps_nobody_elses_tickets_back(pool: PgPool) {
    let post = Arc::new(Post { hangs: Some(Semaphore::new(0)), ..Post::default() });
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one")).await;
    let (news, stop) = (broadcast::Sender::<Event>::new(16), CancellationToken::new());
    let running = tokio::spawn(worker(&app, &post).run(news.subscribe(), stop.clone()));
    let until = async |what: &str, sql: &'static str| {
        for _ in 0..500 {
            if app.count(sql).await > 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{what} never happened");
    };
    paid(&app, &tour, 1).await;
    news.send(Event::Job).unwrap();
    until("the first SMS", "select count(*) from deliveries where channel = 'sms'").await;
    paid(&app, &tour, 1).await;
    news.send(Event::Job).unwrap();
    until("the second SMS", "select count(*) / 2 from deliveries").await;
    assert_eq!(post.mailed(), 0);
    post.hangs.as_ref().unwrap().add_permits(2);
    stop.cancel();
    running.await.unwrap();
    assert_eq!(post.mailed(), 2, "what was under way is finished before the process ends");
}
