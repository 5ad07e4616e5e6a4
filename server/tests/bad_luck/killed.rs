//! The program itself, killed again and again while customers buy: `kill -9`, nothing is told, nothing is finished.
use crate::{
    cluster::Cluster,
    common::for_adults,
    program::{Program, Scratch},
};
use axum::body::{Body, to_bytes};
use futures::future::join_all;
use http::{Request, header};
use sapar::run;
use sapar_domain::{
    kernel::{Ctx, Keys},
    testing::{Tour, TourBuilder},
};
use sapar_providers::{Sandbox, SandboxConfig};
use serde_json::{Value, json};
use sqlx::PgPool;
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::watch};
use tower::ServiceExt as _;

const PLACES: i32 = 24;
const BUYERS: usize = 32;
/// The process dies after so many answers since the last time, a different one of everybody's steps under way each time.
const DEATHS: [usize; 6] = [3, 7, 11, 13, 17, 19];

/// The neighbours, which live on.
struct Outside {
    sandbox: Sandbox,
    url: String,
    smtp: String,
    _dir: Scratch,
}

impl Outside {
    async fn open() -> Self {
        let dir = Scratch::new("outside");
        let http = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let smtp = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (url, smtp_addr) = (format!("http://{}", http.local_addr().unwrap()), smtp.local_addr().unwrap());
        let mut config = SandboxConfig::new(&url, "500123", "a secret");
        config.retries = vec![Duration::from_millis(200); 200];
        let sandbox = Sandbox::open(&dir.0, config).unwrap();
        let router = sandbox.router();
        tokio::spawn(async move { axum::serve(http, router).await });
        let post = sandbox.clone();
        tokio::spawn(async move { post.serve_smtp(smtp).await });
        Self { sandbox, url, smtp: format!("smtp://{smtp_addr}"), _dir: dir }
    }

    /// The customer pays on the provider's page, unless he has paid.
    async fn pay(&self, number: &str) {
        let open = self.control(Request::get(format!("/control/payments?order={number}")).body(Body::empty()).unwrap()).await;
        let open = open.as_array().unwrap().last().unwrap_or_else(|| panic!("no payment page was opened for {number}")).clone();
        let id = open["pg_payment_id"].as_str().map_or_else(|| open["pg_payment_id"].to_string(), str::to_owned);
        let request = Request::post(format!("/control/payments/{id}")).header(header::CONTENT_TYPE, "application/json");
        // Its callback comes when the house stands again; nobody waits for it here.
        let decided = json!({ "action": "approve", "callback": "twice" });
        self.control(request.body(Body::from(decided.to_string())).unwrap()).await;
    }

    async fn control(&self, request: Request<Body>) -> Value {
        let answer = self.sandbox.router().oneshot(request).await.unwrap();
        serde_json::from_slice(&to_bytes(answer.into_body(), 1 << 20).await.unwrap()).unwrap_or(Value::Null)
    }
}

struct Shop {
    program: Program,
    outside: Outside,
    tour: Tour,
    answers: watch::Sender<usize>,
}

impl Shop {
    /// An answer, however often the house has to be asked. `None` in `read`: ask again.
    async fn ask<T>(&self, what: &str, request: &str, read: impl Fn(u16, Value) -> Option<T>) -> T {
        for _ in 0..1200 {
            if let Some((status, body)) = self.program.ask(request).await {
                self.answers.send_modify(|count| *count += 1);
                if let Some(found) = read(status, body) {
                    return found;
                }
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{what} was never answered");
    }

    /// Buys a ticket and holds it in the end; `None` when all were sold.
    async fn buy(&self, buyer: usize) -> Option<Value> {
        let body = for_adults(&self.tour, 1).to_string();
        let place = format!(
            "POST /api/v1/orders HTTP/1.1\r\nidempotency-key: buyer-{buyer}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\nconnection: close\r\nhost: x\r\n\r\n{body}",
            body.len()
        );
        let placed = self.ask("an order", &place, |status, body| match status {
            201 => Some(Some(body)),
            409 if body["code"] == "sold_out" => Some(None),
            409 | 503 => None,
            _ => panic!("{status} {body}"),
        });
        let order = placed.await?;
        self.outside.pay(order["number"].as_str().unwrap()).await;
        let read =
            format!("GET /api/v1/orders/{} HTTP/1.1\r\nconnection: close\r\nhost: x\r\n\r\n", order["token"].as_str().unwrap());
        let paid = self.ask("a ticket", &read, |status, body| match status {
            200 => (body["status"] == "paid" && body["tickets"][0].is_object()).then_some(body),
            503 => None,
            _ => panic!("{status} {body}"),
        });
        Some(paid.await)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_any_instant_the_program_loses_nothing_and_sells_nothing_twice() {
    let cluster = tokio::task::spawn_blocking(|| Cluster::start("killed")).await.unwrap();
    let pool = PgPool::connect(&cluster.url).await.unwrap();
    run::MIGRATOR.run(&pool).await.unwrap();
    let ctx = Ctx::new(Keys::derive(b"the secret of whoever writes the tour"), "http://localhost", false);
    let tour = TourBuilder::new("one").capacity(PLACES).create(&mut pool.acquire().await.unwrap(), &ctx).await.unwrap();
    let outside = Outside::open().await;
    let program = Program::new(&cluster.url, &outside.url, &outside.smtp);
    program.start().await;
    let (answers, mut heard) = watch::channel(0);
    let shop = Arc::new(Shop { program, outside, tour, answers });
    let buyers = tokio::spawn({
        let shop = shop.clone();
        async move { join_all((0..BUYERS).map(|buyer| shop.buy(buyer))).await }
    });
    for answers in DEATHS {
        let enough = *heard.borrow() + answers;
        heard.wait_for(|count| *count >= enough).await.unwrap();
        shop.program.kill();
        hours_pass(&pool).await;
        shop.program.start().await;
    }
    let bought: Vec<Value> = buyers.await.unwrap().into_iter().flatten().collect();
    until(&pool, "select count(*) = 0 from jobs").await;
    shop.program.kill();

    let number = |order: &Value| order["number"].as_str().unwrap().to_owned();
    assert_eq!(bought.iter().map(number).collect::<BTreeSet<_>>().len(), usize::try_from(PLACES).unwrap());
    for (what, count, per_order) in [
        ("orders", "select count(*) from orders where status = 'paid'", 1),
        ("any other order", "select count(*) from orders where status <> 'paid'", 0),
        ("places sold", "select sold::bigint from stock", 1),
        ("places held", "select held::bigint from stock", 0),
        ("tickets", "select count(*) from tickets", 1),
        ("payments", "select count(*) from payments", 1),
        ("postings", "select count(*) from ledger_postings", 2),
        ("messages sent", "select count(*) from deliveries", 2),
    ] {
        let found: i64 = sqlx::query_scalar(count).fetch_one(&pool).await.unwrap();
        assert_eq!(found, i64::from(PLACES) * per_order, "{what}");
    }
    let mails = shop.outside.sandbox.mails();
    assert_eq!(mails.len(), bought.len(), "a mail for each; a repeated one is known by its Message-ID");
    for order in &bought {
        assert!(mails.iter().any(|mail| mail.subject.contains(&number(order)) || mail.text.contains(&number(order))));
    }
    pool.close().await;
    tokio::task::spawn_blocking(move || drop(cluster)).await.unwrap();
}

/// What waits for a lease or a key in flight to end need not wait: their ends are moved into the past.
async fn hours_pass(pool: &PgPool) {
    // PostgreSQL notices only now that nobody is there any more.
    until(pool, "select count(*) = 0 from pg_stat_activity where application_name = 'sapar'").await;
    for sql in [
        "update jobs set leased_until = now() - interval '1 second' where leased_until is not null",
        "update jobs set run_at = now() where dead_at is null",
        "update idempotency_keys set started_at = started_at - interval '61 seconds' where status is null",
    ] {
        sqlx::query(sql).execute(pool).await.unwrap();
    }
}

async fn until(pool: &PgPool, sql: &'static str) {
    for _ in 0..1200 {
        if sqlx::query_scalar::<_, bool>(sql).fetch_one(pool).await.unwrap() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("never: {sql}");
}
