//! The page on which a card would be entered: plain HTML forms, no script.
use super::{
    Sandbox,
    cards::{Card, CardPhase, Told, decide},
    page::{origin, respond},
    store::NotWritten,
    texts::{self, Outcome, Texts},
};
use askama::Template;
use axum::{
    Router,
    extract::{Form, Path, State},
    http::{HeaderMap, StatusCode, header::ACCEPT_LANGUAGE},
    response::{IntoResponse as _, Redirect, Response},
    routing::get,
};
use sapar_shared::Lang;
use serde::Deserialize;

/// What stands in the middle of the page.
enum View<'a> {
    Choose { back: Option<&'a str> },
    Over { outcome: &'a Outcome, kind: &'static str, back: Option<&'a str> },
}

#[derive(Template)]
#[template(path = "sandbox/card.html")]
struct Page<'a> {
    lang: Lang,
    t: &'a Texts,
    nonce: &'a str,
    style: &'a str,
    view: View<'a>,
}

pub(super) fn router() -> Router<Sandbox> {
    Router::new().route("/card/{page}", get(show).post(choose))
}

#[derive(Deserialize)]
struct Chosen {
    choice: Choice,
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

/// The call that opens the page names no language, so the browser's is taken.
fn lang_of(headers: &HeaderMap) -> Lang {
    let wanted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    wanted.split([',', ';', '-']).find_map(|part| part.trim().parse().ok()).unwrap_or(Lang::Ru)
}

async fn show(State(sandbox): State<Sandbox>, Path(page): Path<String>, headers: HeaderMap) -> Response {
    match sandbox.0.wallet.by_page(&page) {
        Some(card) => render(StatusCode::OK, lang_of(&headers), Some(&card)),
        None => render(StatusCode::NOT_FOUND, lang_of(&headers), None),
    }
}

async fn choose(
    State(sandbox): State<Sandbox>,
    Path(page): Path<String>,
    headers: HeaderMap,
    Form(chosen): Form<Chosen>,
) -> Response {
    let (number, told) = chosen.choice.decision();
    match decide(&sandbox, &page, number, told).await {
        Ok(Some(card)) => match &card.back_url {
            Some(url) => Redirect::to(url).into_response(),
            None => Redirect::to(&format!("/card/{page}")).into_response(),
        },
        Ok(None) => match sandbox.0.wallet.by_page(&page) {
            Some(card) => render(StatusCode::CONFLICT, lang_of(&headers), Some(&card)),
            None => render(StatusCode::NOT_FOUND, lang_of(&headers), None),
        },
        Err(NotWritten) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

fn render(status: StatusCode, lang: Lang, card: Option<&Card>) -> Response {
    let t = texts::of(lang);
    let back = card.and_then(|card| card.back_url.as_deref());
    let view = match card.map(|card| card.phase) {
        Some(CardPhase::New) => View::Choose { back },
        Some(CardPhase::Kept) => View::Over { outcome: &t.card_kept, kind: "good", back },
        Some(CardPhase::Declined) => View::Over { outcome: &t.card_declined, kind: "bad", back },
        Some(CardPhase::Removed) => View::Over { outcome: &t.card_removed, kind: "wait", back },
        None => View::Over { outcome: &t.card_unknown, kind: "bad", back },
    };
    let targets = back.and_then(origin).unwrap_or_default();
    respond(status, &targets, |nonce, style| Page { lang, t, nonce, style, view }.render())
}
