//! PostgreSQL throws everybody out while orders are placed.
use crate::common::{Answer, TestApp, for_adults};
use futures::future::join_all;
use jiff::SignedDuration;
use sapar_domain::testing::{Tour, TourBuilder};
use sqlx::{Connection as _, PgConnection, PgPool};
use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicBool, Ordering},
};

const PLACES: i32 = 12;

async fn order(app: &TestApp, tour: &Tour, key: &str) -> Answer {
    app.order(key, &for_adults(tour, 1)).await
}

/// Placed, or sold out for good.
fn is_final(answer: &Answer) -> bool {
    match answer.status.as_u16() {
        201 => true,
        409 => answer.problem(409) == "sold_out",
        _ => false,
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn orders_survive_a_database_that_throws_everybody_out(pool: PgPool) {
    let mut admin = PgConnection::connect_with(&pool.connect_options()).await.unwrap();
    let app = TestApp::new(pool);
    let tour = app.tour(TourBuilder::new("one").capacity(PLACES)).await;
    let keys: Vec<String> = (0..PLACES * 3).map(|n| format!("key-{n}")).collect();
    let over = AtomicBool::new(false);
    let orders = async {
        let answers = join_all(keys.iter().map(|key| order(&app, &tour, key))).await;
        over.store(true, Ordering::SeqCst);
        answers
    };
    let throw_out = async {
        let everybody = "select pg_terminate_backend(pid) from pg_stat_activity
                         where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'";
        while !over.load(Ordering::SeqCst) {
            sqlx::query(everybody).execute(&mut admin).await.unwrap();
        }
    };
    let (answers, ()) = futures::join!(orders, throw_out);
    for answer in answers.iter().filter(|answer| !is_final(answer)) {
        match answer.status.as_u16() {
            409 => assert_eq!(answer.problem(409), "in_flight"),
            _ => assert_eq!((answer.problem(503), answer.header("retry-after")), ("unavailable".into(), "1")),
        }
    }
    let unavailable = answers.iter().filter(|answer| answer.status == 503).count();
    assert!(unavailable > 0, "nobody noticed");

    // Whoever did not get through asks again with the key of before, and a minute later a dead request is taken over.
    let mut lasting: Vec<Answer> = Vec::new();
    for key in &keys {
        let mut answer = order(&app, &tour, key).await;
        if !is_final(&answer) {
            app.later(SignedDuration::from_secs(61));
            answer = order(&app, &tour, key).await;
        }
        assert!(is_final(&answer), "{} {}", answer.status, answer.text());
        lasting.push(answer);
    }
    for (first, last) in answers.iter().zip(&lasting).filter(|(first, _)| is_final(first)) {
        assert_eq!((first.status, &first.body), (last.status, &last.body), "the first answer stands");
    }
    let tokens: BTreeSet<String> =
        lasting.iter().filter(|a| a.status == 201).map(|a| a.json()["token"].as_str().unwrap().to_owned()).collect();
    let held: i32 = sqlx::query_scalar("select held from stock").fetch_one(&app.services.pool).await.unwrap();
    assert_eq!(tokens.len(), usize::try_from(held).unwrap(), "a place for each order and none for nobody");
    assert_eq!(app.count("select count(*) from orders").await, i64::from(held));
    assert_eq!(held, PLACES);
}
