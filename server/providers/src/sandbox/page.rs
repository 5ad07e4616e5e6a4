//! The payment page that the browser is sent to: plain HTML forms, no script.
use super::{
    Sandbox,
    book::{Action, BookError, CallbackMode, Payment, Phase},
    deliver,
    texts::{self, Outcome, Texts},
};
use askama::Template;
use axum::{
    Router,
    extract::{Form, Path, State},
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY},
    },
    response::{IntoResponse as _, Redirect, Response},
    routing::get,
};
use jiff::Timestamp;
use reqwest::Url;
use sapar_shared::Lang;
use serde::Deserialize;

const STYLE: &str = include_str!("page.css");

/// What stands in the middle of the page.
enum View<'a> {
    Choose(&'a Payment),
    Over { outcome: &'a Outcome, kind: &'static str, note: Option<&'static str>, back: Option<&'a str> },
}

#[derive(Template)]
#[template(path = "sandbox/pay.html")]
struct Page<'a> {
    lang: Lang,
    t: &'a Texts,
    nonce: &'a str,
    style: &'a str,
    view: View<'a>,
}

pub(super) fn router() -> Router<Sandbox> {
    Router::new().route("/pay/{page}", get(show).post(choose))
}

#[derive(Deserialize)]
struct Chosen {
    choice: Choice,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Choice {
    Approve,
    Decline,
    Closed,
    Late,
    Twice,
    Forged,
}

impl Choice {
    const fn decision(self) -> (Action, CallbackMode) {
        match self {
            Self::Approve => (Action::Approve, CallbackMode::Normal),
            Self::Decline => (Action::Decline, CallbackMode::Normal),
            Self::Closed => (Action::Approve, CallbackMode::None),
            Self::Late => (Action::Approve, CallbackMode::Late),
            Self::Twice => (Action::Approve, CallbackMode::Twice),
            Self::Forged => (Action::Approve, CallbackMode::Forged),
        }
    }
}

async fn show(State(sandbox): State<Sandbox>, Path(page): Path<String>) -> Response {
    match sandbox.0.book.by_page(&page) {
        Some(payment) => render(StatusCode::OK, &payment, None),
        None => unknown(),
    }
}

async fn choose(State(sandbox): State<Sandbox>, Path(page): Path<String>, Form(chosen): Form<Chosen>) -> Response {
    let Some(payment) = sandbox.0.book.by_page(&page) else { return unknown() };
    let (action, mode) = chosen.choice.decision();
    match deliver::decide(&sandbox, payment.id, action, mode).await {
        Ok((payment, _)) => {
            let url = if action == Action::Approve { &payment.success_url } else { &payment.failure_url };
            match url {
                // The closed browser stays where it is.
                Some(url) if mode != CallbackMode::None => Redirect::to(url).into_response(),
                _ => Redirect::to(&format!("/pay/{page}")).into_response(),
            }
        }
        Err(BookError::Unknown) => unknown(),
        Err(BookError::Refused(_)) => {
            let payment = sandbox.0.book.by_page(&page).unwrap_or(payment);
            let note = (!payment.expired(Timestamp::now())).then(|| texts::of(payment.lang).already);
            render(StatusCode::CONFLICT, &payment, note)
        }
        Err(BookError::NotWritten) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

fn render(status: StatusCode, payment: &Payment, note: Option<&'static str>) -> Response {
    let t = texts::of(payment.lang);
    let refunded = payment.refunded().tiyn() > 0 || payment.phase == Phase::Rejected;
    let over = |outcome, kind, back: &'static str| {
        let url = if back == "success" { &payment.success_url } else { &payment.failure_url };
        View::Over { outcome, kind, note, back: url.as_deref().filter(|_| !back.is_empty()) }
    };
    let view = match payment.phase {
        Phase::New if payment.expired(Timestamp::now()) => over(&t.expired, "wait", "failure"),
        Phase::New => View::Choose(payment),
        Phase::Approved | Phase::Rejected if refunded => over(&t.returned, "wait", "success"),
        Phase::Approved if payment.mode == Some(CallbackMode::None) => over(&t.window_closed, "good", ""),
        Phase::Approved | Phase::Rejected => over(&t.paid, "good", "success"),
        Phase::Declined => over(&t.declined, "bad", "failure"),
        Phase::Cancelled => over(&t.cancelled, "wait", "failure"),
    };
    let targets = [&payment.success_url, &payment.failure_url];
    let targets = targets.map(|url| url.as_deref().and_then(origin).unwrap_or_default()).join(" ");
    respond(status, &targets, |nonce, style| Page { lang: payment.lang, t, nonce, style, view }.render())
}

fn unknown() -> Response {
    let t = texts::of(Lang::Ru);
    let view = View::Over { outcome: &t.unknown, kind: "bad", note: None, back: None };
    respond(StatusCode::NOT_FOUND, "", |nonce, style| Page { lang: Lang::Ru, t, nonce, style, view }.render())
}

pub(super) fn origin(url: &str) -> Option<String> {
    Url::parse(url).ok().map(|url| url.origin().ascii_serialization())
}

/// `targets` are the origins that a form's answer may lead on to: browsers hold redirects against `form-action`, too.
/// `page` is given the nonce and the style.
pub(super) fn respond(status: StatusCode, targets: &str, page: impl FnOnce(&str, &str) -> askama::Result<String>) -> Response {
    let nonce = hex::encode(rand::random::<[u8; 16]>());
    let Ok(html) = page(&nonce, STYLE) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; img-src data:; form-action 'self' {targets}; base-uri 'none'; frame-ancestors 'none'"
    );
    let Ok(policy) = HeaderValue::from_str(&policy) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CONTENT_SECURITY_POLICY, policy),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ];
    (status, headers, html).into_response()
}
