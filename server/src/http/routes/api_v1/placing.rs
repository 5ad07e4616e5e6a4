//! Placing an order once, however often its request comes.
//!
//! One transaction takes the key and the places and notes the order's number beside the key. Then, outside of it, the
//! payment is opened and the answer kept. Whoever dies in between leaves the note: a later repeat goes on from there instead
//! of placing a second order.
use super::{
    problem::{Code, Problem},
    shapes::PlacedOrder,
};
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use http::{StatusCode, header::LOCATION};
use jiff::Timestamp;
use sapar_domain::{
    Services,
    kernel::idempotency::{self, Begin},
    orders::{self, OrderError},
    payments,
};
use sapar_shared::{
    Lang, Money,
    dto::order::OrderStatus,
    forms::checkout::{Contact, PlaceOrder},
    ids::OrderId,
    paths,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use sqlx::PgConnection;

const SCOPE: &str = "api/v1/orders";

pub(super) struct Attempt {
    pub services: Services,
    pub key: String,
    pub order: PlaceOrder,
    pub contact: Contact,
    pub client_ip: Option<String>,
}

/// What is kept of the first answer. Not the token: the database holds nothing that opens an order.
#[derive(Serialize, Deserialize)]
struct Kept {
    order: OrderId,
    number: String,
    status: OrderStatus,
    expires_at: Timestamp,
    total: Money,
    /// None: the order's own page.
    payment_url: Option<String>,
}

/// What the first transaction leaves for whoever takes over from a process that died after it.
#[derive(Serialize, Deserialize)]
struct Note {
    number: String,
}

enum Begun {
    /// Answered before.
    Answered(Response),
    /// Refused now, and nothing written yet.
    Refused(Problem),
    /// Placed, and to be paid.
    Placed { number: String, token: String },
}

pub(super) async fn carry_out(attempt: Attempt) -> Result<Response, Problem> {
    let (number, token) = match begin(&attempt).await? {
        Begun::Placed { number, token } => (number, token),
        Begun::Answered(response) => return Ok(response),
        Begun::Refused(problem) => return keep_refusal(&attempt, problem).await,
    };
    let kept = pay(&attempt, &number, &token).await?;
    let body = to_json(&kept)?;
    let written = async {
        let mut conn = attempt.services.conn().await?;
        idempotency::complete(&mut conn, SCOPE, &attempt.key, StatusCode::CREATED.as_u16(), &body).await
    };
    if let Err(error) = written.await {
        // The order stands. A repeat finds the note and gives the same answer.
        tracing::warn!(%error, order = %kept.number, "the answer to an API order was not kept");
    }
    Ok(answer(&attempt.services, attempt.order.lang, kept))
}

async fn begin(attempt: &Attempt) -> Result<Begun, Problem> {
    // What is placed is on disk with the payment's first transaction.
    let mut tx = attempt.services.begin_brief().await?;
    if let Some(known) = take_key(&mut tx, attempt).await? {
        tx.commit().await?;
        return Ok(known);
    }
    let (ctx, order) = (&attempt.services.ctx, &attempt.order);
    let placed = match orders::place(&mut tx, ctx, order.lang, Some(&attempt.contact), None, &order.lines).await {
        Ok(placed) => placed,
        Err(OrderError::Database(error)) => return Err(error.into()),
        Err(refusal) => {
            tx.rollback().await?;
            return Ok(Begun::Refused(refusal.into()));
        }
    };
    let note = Note { number: placed.number.clone() };
    idempotency::note(&mut tx, SCOPE, &attempt.key, &to_json(&note)?).await?;
    tx.commit().await?;
    Ok(Begun::Placed { number: placed.number, token: placed.token })
}

/// `None`: the key is new, and this transaction's.
async fn take_key(conn: &mut PgConnection, attempt: &Attempt) -> Result<Option<Begun>, Problem> {
    let services = &attempt.services;
    // As it was understood: other white space does not make another body.
    let request = to_json(&attempt.order)?.to_string();
    let known = match idempotency::begin(&mut *conn, &services.ctx, SCOPE, &attempt.key, request.as_bytes()).await? {
        Begin::First => return Ok(None),
        Begin::Resume(note) => {
            let Note { number } = from_json(note)?;
            let order = orders::by_number(conn, &number).await?.ok_or_else(|| Problem::not_found("order"))?;
            Begun::Placed { number, token: services.ctx.keys.order_token(order.id) }
        }
        Begin::Repeat { status: 201, body } => Begun::Answered(answer(services, attempt.order.lang, from_json(body)?)),
        Begin::Repeat { body, .. } => Begun::Answered(from_json::<Problem>(body)?.into_response()),
        Begin::InFlight => {
            return Err(Problem::new(Code::InFlight, "The first request with this Idempotency-Key has not been answered yet."));
        }
        Begin::OtherBody => {
            return Err(Problem::new(Code::IdempotencyKeyReused, "This Idempotency-Key came with another body before."));
        }
    };
    Ok(Some(known))
}

/// In a transaction of its own, for what placing had written was taken back with the key. One that gets lost is found again.
async fn keep_refusal(attempt: &Attempt, problem: Problem) -> Result<Response, Problem> {
    let mut tx = attempt.services.begin_brief().await?;
    let known = take_key(&mut tx, attempt).await?;
    if known.is_none() {
        idempotency::complete(&mut tx, SCOPE, &attempt.key, problem.status(), &to_json(&problem)?).await?;
    }
    tx.commit().await?;
    match known {
        // A repeat of this request came between and was answered.
        Some(Begun::Answered(response)) => Ok(response),
        _ => Ok(problem.into_response()),
    }
}

/// Opens the payment. Whatever hinders it, the order stands and its page offers to try again.
async fn pay(attempt: &Attempt, number: &str, token: &str) -> Result<Kept, Problem> {
    let services = &attempt.services;
    let page = page(services, attempt.order.lang, token);
    let started = payments::start(services, token, attempt.client_ip.as_deref()).await.unwrap_or_else(|error| {
        tracing::warn!(%error, order = %number, "the payment of an API order was not opened");
        None
    });
    // Opening the payment has changed the status.
    let order = orders::by_number(&mut *services.conn().await?, number).await?;
    let order = order.ok_or_else(|| Problem::not_found("order"))?;
    Ok(Kept {
        order: order.id,
        number: order.number,
        status: order.status,
        expires_at: order.expires_at,
        total: order.total,
        payment_url: started.filter(|url| *url != page),
    })
}

fn page(services: &Services, lang: Lang, token: &str) -> String {
    services.ctx.url(&paths::order(lang, token))
}

/// The first answer and every repeat are made here, from the same facts.
fn answer(services: &Services, lang: Lang, kept: Kept) -> Response {
    let token = services.ctx.keys.order_token(kept.order);
    let location = services.ctx.url(&format!("/api/v1/orders/{token}"));
    let body = PlacedOrder {
        payment_url: kept.payment_url.unwrap_or_else(|| page(services, lang, &token)),
        token,
        number: kept.number,
        status: kept.status,
        expires_at: kept.expires_at,
        total: kept.total.into(),
    };
    (StatusCode::CREATED, [(LOCATION, location)], Json(body)).into_response()
}

fn to_json(value: &impl Serialize) -> Result<Value, Problem> {
    serde_json::to_value(value).map_err(|error| unreadable(&error))
}

fn from_json<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    serde_json::from_value(value).map_err(|error| unreadable(&error))
}

/// What an older or newer version of this program wrote, at worst.
fn unreadable(error: &serde_json::Error) -> Problem {
    tracing::error!(%error, scope = SCOPE, "an idempotency key's answer is unreadable");
    Problem::new(Code::Internal, "Something went wrong on our side.")
}
