//! The payment page that the browser is sent to: plain HTML forms, no script.
use super::{
    Sandbox,
    book::{Action, BookError, CallbackMode, Payment, Phase},
    deliver,
    shell::{Chosen, Over, Shell, browsers, origin, respond},
    texts,
};
use askama::Template;
use axum::{
    Router,
    extract::{Form, Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Redirect, Response},
    routing::get,
};
use jiff::Timestamp;
use serde::Deserialize;

/// What stands in the middle of the page.
enum View<'a> {
    Choose(&'a Payment),
    Over(Over<'a>),
}

#[derive(Template)]
#[template(path = "sandbox/pay.html")]
struct Page<'a> {
    shell: Shell<'a>,
    view: View<'a>,
}

pub(super) fn router() -> Router<Sandbox> {
    Router::new().route("/pay/{page}", get(show).post(choose))
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

async fn show(State(sandbox): State<Sandbox>, Path(page): Path<String>, headers: HeaderMap) -> Response {
    match sandbox.0.book.by_page(&page) {
        Some(payment) => render(StatusCode::OK, &payment, None),
        None => unknown(&headers),
    }
}

async fn choose(
    State(sandbox): State<Sandbox>,
    Path(page): Path<String>,
    headers: HeaderMap,
    Form(chosen): Form<Chosen<Choice>>,
) -> Response {
    let Some(payment) = sandbox.0.book.by_page(&page) else { return unknown(&headers) };
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
        Err(BookError::Unknown) => unknown(&headers),
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
        View::Over(Over { outcome, kind, note, back: url.as_deref().filter(|_| !back.is_empty()) })
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
    respond(status, &targets, payment.lang, |shell| Page { shell, view }.render())
}

fn unknown(headers: &HeaderMap) -> Response {
    let lang = browsers(headers);
    let view = View::Over(Over { outcome: &texts::of(lang).unknown, kind: "bad", note: None, back: None });
    respond(StatusCode::NOT_FOUND, "", lang, |shell| Page { shell, view }.render())
}
