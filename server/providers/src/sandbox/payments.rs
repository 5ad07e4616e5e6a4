//! The provider's calls: `init_payment.php`, `get_status3.php`, `cancel.php`, `revoke.php`, `do_capture.php`.
//!
//! Of the error codes only 9998 is documented; the others are the sandbox's own.
use super::{
    Sandbox,
    book::{BookError, Payment, Phase},
    shell::language,
};
use crate::freedompay::{
    sign::{Params, salt},
    xml,
};
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{Method, StatusCode, Uri, header::CONTENT_TYPE},
    response::{IntoResponse as _, Response},
    routing::any,
};
use jiff::{Timestamp, ToSpan as _};
use sapar_shared::{Money, when};

/// A reply that says no.
pub(super) struct Refusal {
    code: &'static str,
    text: &'static str,
}

pub(super) const fn refusal(code: &'static str, text: &'static str) -> Refusal {
    Refusal { code, text }
}

const UNKNOWN_MERCHANT: &str = "9998";

pub(super) enum Failed {
    Refused(Refusal),
    NotWritten,
}

impl From<Refusal> for Failed {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<BookError> for Failed {
    fn from(error: BookError) -> Self {
        match error {
            BookError::Unknown => refusal("340", "Payment not found").into(),
            BookError::Refused(text) => refusal("350", text).into(),
            BookError::NotWritten => Self::NotWritten,
        }
    }
}

pub(super) fn router() -> Router<Sandbox> {
    let scripts = ["init_payment.php", "get_status3.php", "cancel.php", "revoke.php", "do_capture.php"];
    scripts.into_iter().fold(Router::new(), |router, script| {
        let handler = move |State(sandbox): State<Sandbox>, method: Method, uri: Uri, body: Bytes| async move {
            let form = if method == Method::GET { uri.query().unwrap_or_default().as_bytes() } else { &body };
            let fields: Vec<_> = form_urlencoded::parse(form).into_owned().collect();
            answer(&sandbox, script, &fields).await
        };
        router.route(&format!("/{script}"), any(handler))
    })
}

async fn answer(sandbox: &Sandbox, script: &str, fields: &[(String, String)]) -> Response {
    match checked(sandbox, script, fields) {
        Ok(params) => finish(sandbox, script, run(sandbox, script, &params, Timestamp::now()).await),
        Err(response) => *response,
    }
}

/// A call of our merchant's, signed for the script; or what is answered to any other.
pub(super) fn checked(sandbox: &Sandbox, script: &str, fields: &[(String, String)]) -> Result<Params, Box<Response>> {
    let config = &sandbox.0.config;
    let params = Params::from_form(fields).unwrap_or_default();
    if params.get("pg_merchant_id") != Some(config.merchant_id.as_str()) {
        // Without a merchant there is no secret to sign with.
        return Err(Box::new(reply(&error(&refusal(UNKNOWN_MERCHANT, "Unknown merchant")))));
    }
    if !params.verify(script, &config.secret) {
        return Err(Box::new(finish(sandbox, script, Err(refusal("9997", "Wrong signature").into()))));
    }
    Ok(params)
}

/// The signed answer.
pub(super) fn finish(sandbox: &Sandbox, script: &str, outcome: Result<Params, Failed>) -> Response {
    let params = match outcome {
        Ok(params) => params,
        Err(Failed::Refused(refusal)) => error(&refusal),
        Err(Failed::NotWritten) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
    };
    reply(&params.with("pg_salt", salt()).signed(script, &sandbox.0.config.secret))
}

fn error(refusal: &Refusal) -> Params {
    Params::new().with("pg_status", "error").with("pg_error_code", refusal.code).with("pg_error_description", refusal.text)
}

fn reply(params: &Params) -> Response {
    ([(CONTENT_TYPE, "text/xml; charset=utf-8")], xml::write(params)).into_response()
}

async fn run(sandbox: &Sandbox, script: &str, params: &Params, now: Timestamp) -> Result<Params, Failed> {
    let book = &sandbox.0.book;
    match script {
        "init_payment.php" => init(sandbox, params, now).await,
        "get_status3.php" => Ok(status(&find(sandbox, params)?, now)),
        "cancel.php" => {
            let id = find(sandbox, params)?.id;
            Ok(about(&book.change(id, |payment| cancel(payment, now)).await?))
        }
        "revoke.php" => {
            let id = find(sandbox, params)?.id;
            Ok(about(&book.refund(id, optional_amount(params, "pg_refund_amount")?, now).await?))
        }
        "do_capture.php" => {
            let id = find(sandbox, params)?.id;
            let amount = optional_amount(params, "pg_clearing_amount")?;
            Ok(about(&book.change(id, |payment| capture(payment, amount, now)).await?))
        }
        _ => Err(refusal("404", "Unknown call").into()),
    }
}

fn about(payment: &Payment) -> Params {
    Params::new().with("pg_status", "ok").with("pg_payment_id", payment.id.to_string())
}

fn optional_amount(params: &Params, name: &str) -> Result<Option<Money>, Refusal> {
    let read = |text| Money::parse_decimal(text).filter(|amount| amount.tiyn() > 0).ok_or(refusal("120", "Malformed amount"));
    params.get(name).map(read).transpose()
}

/// By the payment's number, or the newest of an order.
fn find(sandbox: &Sandbox, params: &Params) -> Result<Payment, Refusal> {
    let book = &sandbox.0.book;
    let found = match (params.get("pg_payment_id"), params.get("pg_order_id")) {
        (Some(id), _) => id.parse().ok().and_then(|id| book.get(id)),
        (None, Some(order)) => book.of_order(order).pop(),
        (None, None) => None,
    };
    found.ok_or(refusal("340", "Payment not found"))
}

async fn init(sandbox: &Sandbox, params: &Params, now: Timestamp) -> Result<Params, Failed> {
    let need = |name| params.get(name).ok_or(refusal("110", "A required parameter is missing"));
    let order = need("pg_order_id")?.to_owned();
    let description = need("pg_description")?.to_owned();
    let amount = optional_amount(params, "pg_amount")?.ok_or(refusal("110", "A required parameter is missing"))?;
    let url = |name| {
        let url =
            params.get(name).map(|text| reqwest::Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https")));
        url.map(|url| url.map(String::from).ok_or(refusal("130", "Malformed address"))).transpose()
    };
    let (result_url, success_url, failure_url) = (url("pg_result_url")?, url("pg_success_url")?, url("pg_failure_url")?);
    let lifetime = params.get("pg_lifetime").and_then(|text| text.parse::<i64>().ok()).filter(|s| (1..=604_800).contains(s));
    let key = params.get("pg_idempotency_key");
    let make = |id| Payment {
        id,
        page: hex::encode(rand::random::<[u8; 16]>()),
        order: order.clone(),
        key: key.map(str::to_owned),
        amount,
        currency: params.get("pg_currency").unwrap_or("KZT").to_owned(),
        description,
        lang: language(params.get("pg_language").unwrap_or_default()),
        result_url,
        success_url,
        failure_url,
        phone: params.get("pg_user_phone").map(str::to_owned),
        auto_clearing: params.get("pg_auto_clearing") != Some("0"),
        opened_at: now,
        expires_at: lifetime.and_then(|seconds| now.checked_add(seconds.seconds()).ok()),
        phase: Phase::New,
        mode: None,
        decided_at: None,
        captured: None,
        refunds: Vec::new(),
        due: Vec::new(),
        answers: Vec::new(),
    };
    let payment = sandbox.0.book.open_payment(key, now, make).await?;
    if payment.order != order || payment.amount != amount {
        return Err(refusal("140", "The idempotency key was used for another payment").into());
    }
    let page = format!("{}/pay/{}", sandbox.0.config.addr_url, payment.page);
    Ok(about(&payment).with("pg_redirect_url", page).with("pg_redirect_url_type", "need data"))
}

fn cancel(payment: &mut Payment, now: Timestamp) -> Result<(), &'static str> {
    match payment.phase {
        Phase::New => payment.phase = Phase::Cancelled,
        Phase::Approved if payment.captured.is_none() => payment.phase = Phase::Cancelled,
        Phase::Cancelled => {}
        Phase::Approved => return Err("captured money is refunded, not cancelled"),
        Phase::Declined | Phase::Rejected => return Err("the payment is over"),
    }
    payment.decided_at.get_or_insert(now);
    Ok(())
}

fn capture(payment: &mut Payment, amount: Option<Money>, now: Timestamp) -> Result<(), &'static str> {
    let amount = amount.unwrap_or(payment.amount);
    match (payment.phase, payment.captured) {
        (Phase::Approved, None) if amount <= payment.amount => payment.captured = Some((now, amount)),
        (Phase::Approved, None) => return Err("more than was paid"),
        (Phase::Approved, Some(_)) => return Err("already captured"),
        _ => return Err("the payment is not approved"),
    }
    Ok(())
}

fn status(payment: &Payment, now: Timestamp) -> Params {
    let cleared = payment.cleared(now);
    let refunds = payment.refunds.iter().fold(Params::new(), |list, refund| {
        let one = Params::new()
            .with("pg_payment_id", refund.id.to_string())
            .with("pg_payment_status", "success")
            .with("pg_amount", Money::from_tiyn(-refund.amount.tiyn()).decimal())
            .with("pg_payment_date", local(refund.at));
        list.with_nested("pg_refund_payment", one)
    });
    let refunded = (!payment.refunds.is_empty()).then(|| Money::from_tiyn(-payment.refunded().tiyn()).decimal());
    about(payment)
        .with("pg_order_id", &payment.order)
        .with("pg_payment_status", payment.status(now))
        .with("pg_amount", payment.amount.decimal())
        .with("pg_currency", &payment.currency)
        .with("pg_can_reject", if payment.phase == Phase::Approved && cleared.is_none() { "1" } else { "0" })
        .with("pg_captured", if cleared.is_some() { "1" } else { "0" })
        .with_some("pg_clearing_amount", cleared.map(Money::decimal))
        .with_some("pg_refund_amount", refunded)
        .with_nested("pg_refund_payments", refunds)
        .with("pg_create_date", local(payment.opened_at))
        .with_some("pg_failure_code", (payment.phase == Phase::Declined).then_some("5"))
        .with_some("pg_failure_description", (payment.phase == Phase::Declined).then_some("Declined by the bank"))
}

/// `2026-11-21 13:05:00`, on Almaty's wall clock.
pub(super) fn local(at: Timestamp) -> String {
    when::local(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
}
