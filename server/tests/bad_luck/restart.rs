//! PostgreSQL crashes under load, is away for a while and comes back.
use crate::{
    browser::{Browser, says},
    cluster::Cluster,
    common::{Answer, TestApp, for_adults},
    signed::{app, call, callback, verdict},
    world::{Post, drain, worker},
};
use futures::future::join_all;
use jiff::SignedDuration;
use sapar::run;
use sapar_domain::{
    payments::provider::Outcome,
    testing::{Tour, TourBuilder},
};
use sapar_shared::{Lang, paths, tr};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::sync::watch;

const PLACES: i32 = 40;
const BUYERS: usize = 60;
/// So many have placed an order before the crash.
const BEFORE: usize = 12;

#[derive(Clone, Copy, PartialEq)]
enum Database {
    There,
    Away,
    Back,
}

/// What all buyers share.
struct Shop {
    app: TestApp,
    tour: Tour,
    database: watch::Receiver<Database>,
    placed: watch::Sender<usize>,
    /// Answers of 503.
    away: AtomicUsize,
}

/// What a buyer was told and holds us to.
struct Told {
    /// The first answer of 201; sold out without one.
    order: Option<Value>,
    paid: bool,
}

impl Shop {
    /// Asks until there is an answer that lasts; whoever is put off comes again when the database is back.
    async fn place(&self, key: &str) -> Answer {
        for _ in 0..20 {
            let answer = self.app.order(key, &for_adults(&self.tour, 1)).await;
            match answer.status.as_u16() {
                201 => return answer,
                409 if answer.problem(409) == "sold_out" => return answer,
                // A request that died with the database holds its key for a minute.
                409 => assert_eq!(answer.problem(409), "in_flight"),
                _ => {
                    assert_eq!((answer.problem(503), answer.header("retry-after")), ("unavailable".into(), "1"));
                    self.away.fetch_add(1, Ordering::SeqCst);
                }
            }
            self.until_back().await;
        }
        panic!("{key} is never answered");
    }

    /// As the provider does: until it is answered with 200.
    async fn settle(&self, number: &str) {
        let Some(report) = self.app.provider.try_decide(number, Outcome::Succeeded) else { return };
        for _ in 0..20 {
            let answer = call(&self.app, callback(&report)).await;
            if answer.status == 200 {
                assert_eq!(verdict(&answer), "ok");
                return;
            }
            assert_eq!((answer.status.as_u16(), answer.header("retry-after"), answer.text()), (503, "1", ""));
            self.away.fetch_add(1, Ordering::SeqCst);
            self.until_back().await;
        }
        panic!("the callback about {number} is never taken");
    }

    async fn until_back(&self) {
        let mut database = self.database.clone();
        database.wait_for(|state| *state == Database::Back).await.unwrap();
    }

    async fn buy(&self, buyer: usize) -> Told {
        let placed = self.place(&format!("buyer-{buyer}")).await;
        self.placed.send_modify(|count| *count += 1);
        if placed.status != 201 {
            return Told { order: None, paid: false };
        }
        let order = placed.json();
        // Every other one closes the browser without paying. While the database was away, no payment page was opened.
        let number = order["number"].as_str().unwrap();
        let paid = buyer.is_multiple_of(2) && self.app.provider.opened(number) > 0;
        if paid {
            self.settle(number).await;
        }
        Told { order: Some(order), paid }
    }
}

/// While nothing listens: each face of the house says so in its own terms.
async fn says_that_it_is_away(app: &TestApp, tour: &Tour, token: &str, body: &str) {
    for lang in Lang::ALL {
        let browser = Browser::new(app, lang);
        for page in [paths::tour(lang, "tour-one"), paths::order(lang, token), paths::checkout_order(lang, token)] {
            says(&browser.get(&page).await, 503, lang, tr::errors::unavailable_title(lang));
        }
    }
    for answer in [
        app.get("/api/v1/listings").await,
        app.get(&format!("/api/v1/orders/{token}")).await,
        app.order("while-away", &for_adults(tour, 1)).await,
        app.post(&format!("/api/v1/orders/{token}/cancel")).await,
    ] {
        assert_eq!((answer.problem(503), answer.header("retry-after")), ("unavailable".into(), "1"));
    }
    let answer = call(app, body.to_owned()).await;
    assert_eq!((answer.status.as_u16(), answer.header("retry-after"), answer.text()), (503, "1", ""));
}

#[tokio::test]
async fn a_database_that_crashes_under_load_loses_nothing_and_sells_nothing_twice() {
    let cluster = tokio::task::spawn_blocking(|| Cluster::start("restart")).await.unwrap();
    let pool = run::pool(&cluster.url, 12).await.unwrap();
    run::MIGRATOR.run(&pool).await.unwrap();
    let (app, _) = app(pool);
    let tour = app.tour(TourBuilder::new("one").capacity(PLACES)).await;
    let (first, token) = crate::world::placed(&app, &tour, 1).await;
    let paid = callback(&app.provider.decide(&first, Outcome::Succeeded));

    let (database, seen) = watch::channel(Database::There);
    let placed = watch::Sender::new(0);
    let mut enough = placed.subscribe();
    let shop = Arc::new(Shop { app: app.clone(), tour, database: seen, placed, away: AtomicUsize::new(0) });
    let buyers = tokio::spawn({
        let shop = shop.clone();
        async move { join_all((0..BUYERS).map(|buyer| shop.buy(buyer))).await }
    });
    enough.wait_for(|count| *count >= BEFORE).await.unwrap();
    let cluster = tokio::task::spawn_blocking(move || {
        cluster.crash();
        cluster
    });
    let mut cluster = cluster.await.unwrap();
    database.send(Database::Away).unwrap();
    says_that_it_is_away(&app, &tour, &token, &paid).await;
    let cluster = tokio::task::spawn_blocking(move || {
        cluster.again();
        cluster
    });
    let cluster = cluster.await.unwrap();
    app.later(SignedDuration::from_secs(61));
    database.send(Database::Back).unwrap();
    let told =
        tokio::time::timeout(std::time::Duration::from_secs(120), buyers).await.expect("every buyer has an answer").unwrap();
    assert!(shop.away.load(Ordering::SeqCst) > 0, "nobody noticed");

    // Whatever was promised is kept, the first answer stands, and nobody was promised another's place.
    assert_eq!(verdict(&call(&app, paid).await), "ok", "the provider calls again");
    let mut tokens = BTreeSet::from([token]);
    for (buyer, told) in told.iter().enumerate() {
        let Some(order) = &told.order else { continue };
        // Where the crash took the note of the first answer, the second says what became of the order since.
        let repeat = shop.place(&format!("buyer-{buyer}")).await.json();
        let which = |answer: &Value| ["number", "token", "total", "expires_at"].map(|key| answer[key].clone());
        assert_eq!(which(&repeat), which(order), "the same order for the same key");
        let token = order["token"].as_str().unwrap().to_owned();
        let now = app.get(&format!("/api/v1/orders/{token}")).await.json();
        assert_eq!(now["number"], order["number"]);
        assert!(!told.paid || now["status"] == "paid", "who was told that it is settled has it: {now}");
        let page = Browser::new(&app, Lang::En).get(&paths::order(Lang::En, &token)).await;
        says(&page, 200, Lang::En, order["number"].as_str().unwrap());
        tokens.insert(token);
    }
    kept(&app, &tokens).await;
    let browser = Browser::new(&app, Lang::Kk);
    says(&browser.get(&paths::tour(Lang::Kk, "tour-one")).await, 200, Lang::Kk, "Көлсай көлдері");
    app.services.pool.close().await;
    drop(tokio::task::spawn_blocking(move || drop(cluster)).await);
}

/// The books agree with what the buyers hold in their hands, and the jobs go on.
async fn kept(app: &TestApp, tokens: &BTreeSet<String>) {
    let taken = i64::try_from(tokens.len()).unwrap();
    assert_eq!(taken, i64::from(PLACES), "all are sold or held, each to one");
    assert_eq!(app.count("select count(*) from orders").await, taken, "an order for each answer and none for nobody");
    assert_eq!(app.count("select (held + sold)::bigint from stock").await, taken);
    let sold = app.count("select sold::bigint from stock").await;
    assert_eq!(app.count("select count(*) from orders where status = 'paid'").await, sold);
    assert_eq!(app.count("select count(*) from ledger_postings").await, sold * 2);
    let post = Arc::new(Post::default());
    app.later(SignedDuration::from_mins(3));
    drain(&worker(app, &post)).await;
    // What follows a while later.
    app.later(SignedDuration::from_mins(1));
    drain(&worker(app, &post)).await;
    assert_eq!(app.count("select count(*) from tickets").await, sold);
    assert_eq!((post.mailed(), post.texted()), (usize::try_from(sold).unwrap(), usize::try_from(sold).unwrap()));
    assert_eq!(app.count("select count(*) from jobs").await, 0);
}
