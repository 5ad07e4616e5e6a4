//! The page on which a card would be entered: plain HTML forms, no script.
use super::{
    Sandbox,
    cards::{Card, CardPhase, Told, decide},
    shell::{Chosen, Over, Shell, browsers, origin, respond},
    store::NotWritten,
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
use serde::Deserialize;

/// What stands in the middle of the page.
enum View<'a> {
    Choose { back: Option<&'a str> },
    Over(Over<'a>),
}

#[derive(Template)]
#[template(path = "sandbox/card.html")]
struct Page<'a> {
    shell: Shell<'a>,
    view: View<'a>,
}

pub(super) fn router() -> Router<Sandbox> {
    Router::new().route("/card/{page}", get(show).post(choose))
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Choice {
    Visa,
    Mastercard,
    Decline,
    Late,
    Twice,
    Forged,
}

impl Choice {
    /// The test card, with its middle hidden, and how it is told.
    const fn decision(self) -> (Option<&'static str>, Told) {
        const VISA: Option<&str> = Some("4400-43XX-XXXX-1234");
        match self {
            Self::Visa => (VISA, Told::Once),
            Self::Mastercard => (Some("5169-49XX-XXXX-5678"), Told::Once),
            Self::Decline => (None, Told::Once),
            Self::Late => (VISA, Told::Late),
            Self::Twice => (VISA, Told::Twice),
            Self::Forged => (VISA, Told::Forged),
        }
    }
}

async fn show(State(sandbox): State<Sandbox>, Path(page): Path<String>, headers: HeaderMap) -> Response {
    match sandbox.0.wallet.by_page(&page) {
        Some(card) => render(StatusCode::OK, &card),
        None => unknown(&headers),
    }
}

async fn choose(
    State(sandbox): State<Sandbox>,
    Path(page): Path<String>,
    headers: HeaderMap,
    Form(chosen): Form<Chosen<Choice>>,
) -> Response {
    let (number, told) = chosen.choice.decision();
    match decide(&sandbox, &page, number, told).await {
        Ok(Some(card)) => match &card.back_url {
            Some(url) => Redirect::to(url).into_response(),
            None => Redirect::to(&format!("/card/{page}")).into_response(),
        },
        Ok(None) => match sandbox.0.wallet.by_page(&page) {
            Some(card) => render(StatusCode::CONFLICT, &card),
            None => unknown(&headers),
        },
        Err(NotWritten) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

fn render(status: StatusCode, card: &Card) -> Response {
    let t = texts::of(card.lang);
    let back = card.back_url.as_deref();
    let over = |outcome, kind| View::Over(Over { outcome, kind, note: None, back });
    let view = match card.phase {
        CardPhase::New => View::Choose { back },
        CardPhase::Kept => over(&t.card_kept, "good"),
        CardPhase::Declined => over(&t.card_declined, "bad"),
        CardPhase::Removed => over(&t.card_removed, "wait"),
    };
    let targets = back.and_then(origin).unwrap_or_default();
    respond(status, &targets, card.lang, |shell| Page { shell, view }.render())
}

fn unknown(headers: &HeaderMap) -> Response {
    let lang = browsers(headers);
    let view = View::Over(Over { outcome: &texts::of(lang).card_unknown, kind: "bad", note: None, back: None });
    respond(StatusCode::NOT_FOUND, "", lang, |shell| Page { shell, view }.render())
}
