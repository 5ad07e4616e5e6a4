//! The whole router in process: a request in, an answer out, no socket.
#![allow(dead_code, clippy::unwrap_used)]
use axum::{
    Router,
    body::{Body, BodyDataStream, to_bytes},
};
use http::{HeaderMap, Method, Request, StatusCode, header};
use jiff::SignedDuration;
use leptos::config::LeptosOptions;
use sapar::{
    config::Config,
    http::{page_cache::PageCache, router::router},
    state::{AppState, Shared},
};
use sapar_domain::{
    Services, accounts,
    kernel::events::Event,
    orders, payments,
    payments::{PaymentProvider, provider::Outcome},
    testing::{FakeProvider, TestClock, Tour, TourBuilder, ctx_with, services},
    tickets,
};
use sapar_shared::Lang;
use serde_json::{Value, json};
use sqlx::PgPool;
use std::{net::SocketAddr, sync::Arc};
use tokio::{net::TcpListener, sync::broadcast};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

/// A Saturday, nine o'clock in Almaty.
pub const NOW: &str = "2026-11-21T04:00:00Z";

/// What a test sends requests to.
#[derive(Clone)]
pub struct TestApp {
    pub services: Services,
    pub provider: Arc<FakeProvider>,
    pub clock: TestClock,
    router: Router,
    news: broadcast::Sender<Event>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {} {}", self.status, self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Asserts that this is a problem; returns its code.
    #[track_caller]
    pub fn problem(&self, status: u16) -> String {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["status"], status);
        assert!(problem["title"].as_str().is_some_and(|t| !t.is_empty()) && problem["detail"].is_string(), "{problem}");
        let code = problem["code"].as_str().unwrap();
        assert_eq!(problem["type"], format!("/api/v1/docs#{code}"));
        code.to_owned()
    }
}

impl TestApp {
    pub fn new(pool: PgPool) -> Self {
        Self::with(pool, Arc::new(FakeProvider::default()), None, false)
    }

    pub fn with(pool: PgPool, provider: Arc<FakeProvider>, payments: Option<Arc<dyn PaymentProvider>>, rate_limit: bool) -> Self {
        let (ctx, clock) = ctx_with(NOW);
        let mut services = services(pool, ctx, &provider);
        if let Some(payments) = payments {
            services.payments = payments;
        }
        let site = std::env::temp_dir().join("sapar-no-site");
        let limit = if rate_limit { "on" } else { "off" };
        let variables = [("SAPAR_DEMO", "1"), ("SAPAR_PUBLIC_URL", "https://sapar.test"), ("SAPAR_RATE_LIMIT", limit)];
        let config = Config::read(|name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()));
        let news = broadcast::Sender::new(16);
        let state = AppState::from(Shared {
            services: services.clone(),
            leptos: LeptosOptions::builder().output_name("sapar").site_root(site.to_string_lossy().into_owned()).build(),
            config: Arc::new(config.unwrap()),
            pages: PageCache::default(),
            events: news.clone(),
            stop: CancellationToken::new(),
        });
        Self { services, provider, clock, router: router(state, None), news }
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        Answer { status: head.status, headers: head.headers, body: to_bytes(body, 16 << 20).await.unwrap().to_vec() }
    }

    /// Listens on a socket, as the program does.
    pub async fn serve(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = self.router.clone();
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }

    /// Opens a stream; its parts as they come.
    pub async fn listen(&self, uri: &str, cookie: &str) -> (StatusCode, BodyDataStream) {
        let request = Request::get(uri).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        (response.status(), response.into_body().into_data_stream())
    }

    /// News as another process would send it.
    pub fn tell(&self, event: Event) {
        self.news.send(event).unwrap();
    }

    pub async fn get(&self, uri: &str) -> Answer {
        self.send(Request::get(uri).body(Body::empty()).unwrap()).await
    }

    pub async fn get_as(&self, token: &str, uri: &str) -> Answer {
        self.send(Request::get(uri).header(header::AUTHORIZATION, format!("Bearer {token}")).body(Body::empty()).unwrap()).await
    }

    /// Without a body.
    pub async fn post(&self, uri: &str) -> Answer {
        self.send(Request::post(uri).body(Body::empty()).unwrap()).await
    }

    pub async fn post_as(&self, token: &str, uri: &str, body: Option<Value>) -> Answer {
        let request = Request::post(uri).header(header::AUTHORIZATION, format!("Bearer {token}"));
        let request = match body {
            Some(body) => request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string())),
            None => request.body(Body::empty()),
        };
        self.send(request.unwrap()).await
    }

    /// Places an order.
    pub async fn order(&self, key: &str, body: &Value) -> Answer {
        self.order_raw(key, body.to_string().into_bytes()).await
    }

    pub async fn order_raw(&self, key: &str, body: Vec<u8>) -> Answer {
        let request =
            Request::post("/api/v1/orders").header("idempotency-key", key).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    pub async fn with_method(&self, method: Method, uri: &str) -> Answer {
        self.send(Request::builder().method(method).uri(uri).body(Body::empty()).unwrap()).await
    }

    pub async fn tour(&self, tour: TourBuilder) -> Tour {
        tour.create(&mut self.services.conn().await.unwrap(), &self.services.ctx).await.unwrap()
    }

    /// A bearer token of the organisation that runs the tour of that name.
    pub async fn token(&self, organisation: &str) -> String {
        let mut conn = self.services.conn().await.unwrap();
        accounts::create_token(&mut conn, &self.services.ctx, organisation, "Gate 1").await.unwrap().unwrap()
    }

    /// An order for so many adults, placed, paid, with its tickets.
    pub async fn paid(&self, tour: &Tour, adults: i32) -> (String, Vec<String>) {
        let placed = self.order(&format!("paid-{}", self.services.ctx.id()), &for_adults(tour, adults)).await.json();
        let (number, token) = (placed["number"].as_str().unwrap(), placed["token"].as_str().unwrap());
        self.provider.decide(number, Outcome::Succeeded);
        payments::poll(&self.services, token).await.unwrap();
        let mut tx = self.services.pool.begin().await.unwrap();
        let order = orders::view(&mut tx, &self.services.ctx, token, Lang::Ru).await.unwrap().unwrap();
        tickets::issue(&mut tx, &self.services.ctx, order.id).await.unwrap();
        tx.commit().await.unwrap();
        let order = self.get(&format!("/api/v1/orders/{token}")).await.json();
        let codes = order["tickets"].as_array().unwrap().iter().map(|t| t["code"].as_str().unwrap().to_owned()).collect();
        (token.to_owned(), codes)
    }

    pub fn later(&self, by: SignedDuration) {
        self.clock.advance(by);
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.services.pool).await.unwrap()
    }
}

/// The body of an order for so many adults.
pub fn for_adults(tour: &Tour, quantity: i32) -> Value {
    body(vec![line(tour, quantity.into())])
}

pub fn line(tour: &Tour, quantity: i64) -> Value {
    json!({ "departure_id": tour.departure, "ticket_type_id": tour.adult, "quantity": quantity })
}

pub fn body(lines: Vec<Value>) -> Value {
    let contact = json!({ "name": "Айгүл Сәтбаева", "phone": "+7 701 123 45 67", "email": "aigul@example.kz" });
    json!({ "lang": "kk", "contact": contact, "lines": lines })
}
