//! The sandbox's control, for tests and benchmarks. JSON; open to whoever reaches the sandbox's listener, so that it
//! stays on the loopback address.
//!
//! `GET /control/payments?order={number}`: the payments of an order, oldest first; without `order` the latest 100,
//! newest first.
//! ```json
//! [{"pg_payment_id": 1795248000000, "order": "S-1042", "status": "new", "amount": 1250000, "captured": 0,
//!   "refunded": 0, "callbacks": []}]
//! ```
//! `status` is `new`, `success` (approved) or `error` (declined, cancelled, expired, refused by us); amounts are whole
//! tiyn; `callbacks` are the last eight answers that our side gave.
//!
//! `POST /control/payments/{pg_payment_id}` `{"action": "approve"|"decline", "callback": "normal"|"none"|"late"|"twice"|"forged"}`
//! (`normal` when left out) decides as the customer would. It answers with the payment as above, after the callbacks
//! that are made at once (`normal`, `twice`, `forged`) were answered, with these answers as `callbacks`:
//! ```json
//! {"at": "2026-11-21T08:00:00Z", "http_status": 200, "verdict": "ok", "signature_ok": true, "forged": false}
//! ```
//! `http_status` is `null` when nobody answered. 404: no such payment. 409: decided or expired already. A `late` one
//! comes ten seconds later; what is not answered with 200 is repeated after 2, 10 and 60 s (not a forged one).
//!
//! `GET /control/messages`: the SMS, newest first; `?to=` keeps one recipient.
//! ```json
//! [{"id": "7", "to": "77011234567", "from": "Sapar", "text": "…", "at": "2026-11-21T08:00:00Z"}]
//! ```
//! `POST /control/outage` `{"payments": bool, "sms": bool, "smtp": bool}`: what is true answers 503 (SMTP: 421) until it
//! is set to false; what is left out stays as it is. Answers with the whole state.
use super::{
    Sandbox,
    book::{Action, Answer, BookError, CallbackMode, Payment},
    deliver,
    sms::SandboxSms,
};
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use jiff::Timestamp;
use sapar_shared::Money;
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicBool, Ordering};

/// Payments listed when no order is named.
const LATEST: usize = 100;

#[derive(Serialize)]
struct PaymentJson {
    pg_payment_id: u64,
    order: String,
    status: &'static str,
    amount: Money,
    captured: Money,
    refunded: Money,
    callbacks: Vec<Answer>,
}

impl PaymentJson {
    fn of(payment: Payment) -> Self {
        let now = Timestamp::now();
        Self {
            pg_payment_id: payment.id,
            status: payment.status(now),
            amount: payment.amount,
            captured: payment.cleared(now).unwrap_or_default(),
            refunded: payment.refunded(),
            order: payment.order,
            callbacks: payment.answers,
        }
    }
}

#[derive(Deserialize)]
struct OfOrder {
    order: Option<String>,
}

#[derive(Deserialize)]
struct Decision {
    action: Action,
    #[serde(default)]
    callback: CallbackMode,
}

#[derive(Deserialize)]
struct OfRecipient {
    to: Option<String>,
}

#[derive(Deserialize)]
struct OutageChange {
    payments: Option<bool>,
    sms: Option<bool>,
    smtp: Option<bool>,
}

#[derive(Serialize)]
struct OutageJson {
    payments: bool,
    sms: bool,
    smtp: bool,
}

pub(super) fn router() -> Router<Sandbox> {
    Router::new()
        .route("/control/payments", get(payments))
        .route("/control/payments/{id}", post(decide))
        .route("/control/messages", get(messages))
        .route("/control/outage", post(outage))
}

async fn payments(State(sandbox): State<Sandbox>, Query(query): Query<OfOrder>) -> Json<Vec<PaymentJson>> {
    let book = &sandbox.0.book;
    let found = query.order.map_or_else(|| book.latest(LATEST), |order| book.of_order(&order));
    Json(found.into_iter().map(PaymentJson::of).collect())
}

async fn decide(State(sandbox): State<Sandbox>, Path(id): Path<u64>, Json(decision): Json<Decision>) -> Response {
    match deliver::decide(&sandbox, id, decision.action, decision.callback).await {
        Ok((payment, callbacks)) => Json(PaymentJson { callbacks, ..PaymentJson::of(payment) }).into_response(),
        Err(BookError::Unknown) => problem(StatusCode::NOT_FOUND, "no such payment"),
        Err(BookError::Refused(why)) => problem(StatusCode::CONFLICT, why),
        Err(BookError::NotWritten) => problem(StatusCode::SERVICE_UNAVAILABLE, "the sandbox's file cannot be written"),
    }
}

fn problem(status: StatusCode, detail: &str) -> Response {
    (status, Json(serde_json::json!({ "detail": detail }))).into_response()
}

async fn messages(State(sandbox): State<Sandbox>, Query(query): Query<OfRecipient>) -> Json<Vec<SandboxSms>> {
    let mut messages = sandbox.messages();
    if let Some(to) = query.to {
        messages.retain(|message| message.to == to.trim_start_matches('+'));
    }
    Json(messages)
}

async fn outage(State(sandbox): State<Sandbox>, Json(change): Json<OutageChange>) -> Json<OutageJson> {
    let set = |flag: &AtomicBool, value: Option<bool>| {
        if let Some(value) = value {
            flag.store(value, Ordering::Relaxed);
        }
        flag.load(Ordering::Relaxed)
    };
    let outage = &sandbox.0.outage;
    Json(OutageJson {
        payments: set(&outage.payments, change.payments),
        sms: set(&outage.sms, change.sms),
        smtp: set(&outage.smtp, change.smtp),
    })
}
