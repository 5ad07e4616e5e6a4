//! A brake on what changes something, by address: enough for a family behind one router, too little for a machine.
use crate::{
    http::{plain, routes::api_v1::Problem},
    state::AppState,
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _, clock::DefaultClock};
use http::{
    Method, StatusCode,
    header::{AUTHORIZATION, RETRY_AFTER},
};
use leptos::prelude::FromServerFnError as _;
use sapar_app::{error::AppError, request::ClientIp};
use sapar_shared::{paths, tr::plain as words};
use std::{net::IpAddr, num::NonZeroU32, sync::Arc};

/// Changes a minute, and as many at once.
const PER_MINUTE: NonZeroU32 = NonZeroU32::new(120).expect("not zero");
/// At the gate several phones share an address, and a bus is scanned by the second. What they ask with is either a token too
/// long to be guessed or a session that the sign-in's own brake has let through.
const AT_THE_GATE: NonZeroU32 = NonZeroU32::new(6000).expect("not zero");

#[derive(Clone)]
pub struct Limits {
    state: AppState,
    by_ip: Arc<DefaultKeyedRateLimiter<IpAddr>>,
    at_the_gate: Arc<DefaultKeyedRateLimiter<IpAddr>>,
}

impl Limits {
    #[must_use]
    pub fn new(state: AppState) -> Self {
        let limiter = |quota| Arc::new(RateLimiter::keyed(Quota::per_minute(quota)));
        Self { state, by_ip: limiter(PER_MINUTE), at_the_gate: limiter(AT_THE_GATE) }
    }
}

fn is_gate(request: &Request) -> bool {
    let path = request.uri().path();
    // Twenty pictures at once, a draft that saves itself: a session opens these, too, and an office shares an address.
    path == paths::UPLOADS
        || path.starts_with("/fn/cabinet-")
        || path.starts_with("/fn/partner-")
        || (path.starts_with("/api/v1/tickets/") && request.headers().contains_key(AUTHORIZATION))
}

/// In the form that whoever asked reads: a page for a plain form, a server function's own error for a script, else a problem.
fn too_many(request: &Request, seconds: u64) -> Response {
    let path = request.uri().path();
    if path.starts_with("/api/") {
        return Problem::too_many(seconds);
    }
    if plain::is_person(request.headers()) {
        let lang = plain::lang_of(path, request.headers());
        let minutes = i64::try_from(seconds.div_ceil(60)).unwrap_or(i64::MAX);
        let (title, text) = (words::too_many_title(lang), words::too_many_text(lang, minutes));
        return plain::page(StatusCode::TOO_MANY_REQUESTS, lang, (title, &text), plain::More::default(), seconds);
    }
    if path.starts_with("/fn/") {
        let error = AppError::TooMany { seconds: u32::try_from(seconds).unwrap_or(u32::MAX) };
        return (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, seconds.to_string())], error.ser()).into_response();
    }
    Problem::too_many(seconds)
}

pub async fn layer(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    // The payment provider calls for all customers from few addresses.
    let exempt = !limits.state.config.rate_limit || request.uri().path().starts_with("/webhooks/");
    if let (true, false, Some(ip)) = (changes, exempt, request.extensions().get::<ClientIp>()) {
        let limiter = if is_gate(&request) { &limits.at_the_gate } else { &limits.by_ip };
        if let Err(not_until) = limiter.check_key(&ip.0) {
            let seconds = not_until.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
            return too_many(&request, seconds);
        }
        // Addresses that have their full allowance again are forgotten now and then.
        if limiter.len() > 100_000 {
            limiter.retain_recent();
        }
    }
    next.run(request).await
}
