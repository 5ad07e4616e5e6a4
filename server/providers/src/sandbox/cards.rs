//! The provider's storage of cards: `cardstoragepayout/add`, `cardstorage/add`, `…/list` and `…/remove`, and the page on which a
//! card would be entered. Nobody types a number here: the page offers test cards.
use super::{
    Sandbox,
    payments::{Failed, checked, finish, refusal},
    shell::language,
    store::{Journal, NotWritten},
};
use crate::{
    freedompay::{
        sign::{Params, SIG, salt, script},
        xml,
    },
    http,
};
use axum::{Router, body::Bytes, extract::State, routing::post};
use jiff::Timestamp;
use reqwest::header::CONTENT_TYPE;
use sapar_shared::Lang;
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    io,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum CardPhase {
    /// The page is open.
    New,
    Kept,
    Declined,
    Removed,
}

/// One page, and the card that was chosen on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Card {
    /// The unguessable end of its address.
    pub(super) page: String,
    pub(super) id: u64,
    pub(super) customer: String,
    pub(super) post_url: String,
    pub(super) back_url: Option<String>,
    /// What older journals do not say.
    #[serde(default)]
    pub(super) lang: Lang,
    pub(super) phase: CardPhase,
    pub(super) token: String,
    /// With its middle hidden.
    pub(super) number: String,
}

/// How the merchant hears of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Once,
    Twice,
    Late,
    Forged,
}

/// What the sandbox knows of cards.
pub(super) struct Wallet {
    cards: Mutex<BTreeMap<String, Card>>,
    journal: Journal,
}

impl Wallet {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut cards = BTreeMap::new();
        let journal = Journal::open(path, |card: Card| {
            cards.insert(card.page.clone(), card);
        })?;
        Ok(Self { cards: Mutex::new(cards), journal })
    }

    fn cards(&self) -> MutexGuard<'_, BTreeMap<String, Card>> {
        self.cards.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn by_page(&self, page: &str) -> Option<Card> {
        self.cards().get(page).cloned()
    }

    async fn put(&self, card: Card) -> Result<(), NotWritten> {
        let written = {
            let mut cards = self.cards();
            let written = self.journal.append(&card);
            cards.insert(card.page.clone(), card);
            written
        };
        written.done().await
    }

    /// The customer's, as they are kept.
    fn kept(&self, customer: &str) -> Vec<Card> {
        self.cards().values().filter(|card| card.customer == customer && card.phase == CardPhase::Kept).cloned().collect()
    }
}

pub(super) fn router() -> Router<Sandbox> {
    let scripts = [("cardstoragepayout", "add"), ("cardstorage", "add"), ("cardstorage", "list"), ("cardstorage", "remove")];
    scripts.into_iter().fold(Router::new(), |router, (storage, script)| {
        let handler = move |State(sandbox): State<Sandbox>, body: Bytes| async move {
            let fields: Vec<_> = form_urlencoded::parse(&body).into_owned().collect();
            let params = match checked(&sandbox, script, &fields) {
                Ok(params) => params,
                Err(response) => return *response,
            };
            let outcome = run(&sandbox, script, &params).await;
            finish(&sandbox, script, outcome)
        };
        router.route(&format!("/v1/merchant/{{merchant}}/{storage}/{script}"), post(handler))
    })
}

async fn run(sandbox: &Sandbox, script: &str, params: &Params) -> Result<Params, Failed> {
    let wallet = &sandbox.0.wallet;
    let need = |name| params.get(name).ok_or(refusal("110", "A required parameter is missing"));
    let customer = need("pg_user_id")?.to_owned();
    match script {
        "add" => add(sandbox, params, customer).await,
        "list" => Ok(wallet.kept(&customer).iter().fold(Params::new(), |list, card| list.with_nested("card", listed(card)))),
        _ => {
            let token = need("pg_card_token")?;
            let found = wallet.kept(&customer).into_iter().find(|card| card.token == token);
            let removed = Card { phase: CardPhase::Removed, ..found.ok_or(refusal("360", "Card not found"))? };
            let told = listed(&removed);
            wallet.put(removed).await.map_err(|NotWritten| Failed::NotWritten)?;
            Ok(Params::new().with_nested("card", told))
        }
    }
}

fn listed(card: &Card) -> Params {
    Params::new()
        .with("pg_status", if card.phase == CardPhase::Removed { "deleted" } else { "success" })
        .with("pg_card_id", card.id.to_string())
        .with("pg_card_token", &card.token)
        .with("pg_card_hash", &card.number)
}

async fn add(sandbox: &Sandbox, params: &Params, customer: String) -> Result<Params, Failed> {
    let url = |name| {
        let url = params.get(name).and_then(|text| reqwest::Url::parse(text).ok());
        url.filter(|url| matches!(url.scheme(), "http" | "https")).map(String::from)
    };
    let card = Card {
        page: hex::encode(rand::random::<[u8; 16]>()),
        // As a payment's number, from the clock.
        id: u64::try_from(Timestamp::now().as_microsecond()).unwrap_or(0),
        customer,
        post_url: url("pg_post_link").ok_or(refusal("130", "Malformed address"))?,
        back_url: url("pg_back_link"),
        lang: language(params.get("pg_language").unwrap_or_default()),
        phase: CardPhase::New,
        token: String::new(),
        number: String::new(),
    };
    let reply = Params::new()
        .with("pg_status", "ok")
        .with("pg_payment_id", card.id.to_string())
        .with("pg_type", "init")
        .with("pg_redirect_url", format!("{}/card/{}", sandbox.0.config.addr_url, card.page));
    sandbox.0.wallet.put(card).await.map_err(|NotWritten| Failed::NotWritten)?;
    Ok(reply)
}

/// Decides a page once: `number` is the test card's, `None` one that the bank declines. `None` is answered where it was decided
/// before. Waits for the answers to what is told at once.
pub(super) async fn decide(sandbox: &Sandbox, page: &str, number: Option<&str>, told: Told) -> Result<Option<Card>, NotWritten> {
    let wallet = &sandbox.0.wallet;
    let Some(open) = wallet.by_page(page).filter(|card| card.phase == CardPhase::New) else { return Ok(None) };
    let card = Card {
        phase: if number.is_some() { CardPhase::Kept } else { CardPhase::Declined },
        token: number.map(|_| hex::encode(rand::random::<[u8; 16]>())).unwrap_or_default(),
        number: number.unwrap_or_default().to_owned(),
        ..open
    };
    wallet.put(card.clone()).await?;
    let times = if told == Told::Twice { 2 } else { 1 };
    // In a task of its own: a browser that goes away must not take it along.
    let telling = tokio::spawn(tell(sandbox.clone(), card.clone(), told, times));
    if told != Told::Late {
        let _ = tokio::time::timeout(sandbox.0.config.timeout, telling).await;
    }
    Ok(Some(card))
}

async fn tell(sandbox: Sandbox, card: Card, told: Told, times: usize) {
    if told == Told::Late {
        tokio::time::sleep(sandbox.0.config.late).await;
    }
    for _ in 0..times {
        let heard = call(&sandbox, &card, told == Told::Forged).await;
        if !heard && told != Told::Forged {
            tokio::spawn(repeat(sandbox.clone(), card.clone()));
        }
    }
}

/// Until it is answered with 200 or the repetitions are used up.
async fn repeat(sandbox: Sandbox, card: Card) {
    let waits: Vec<Duration> = sandbox.0.config.retries.clone();
    for wait in waits {
        tokio::time::sleep(wait).await;
        if call(&sandbox, &card, false).await {
            return;
        }
    }
}

/// Whether it was answered with 200.
async fn call(sandbox: &Sandbox, card: &Card, forged: bool) -> bool {
    let mut params = report(card).signed(script(&card.post_url), &sandbox.0.config.secret);
    if forged {
        params = report(card).with(SIG, hex::encode(rand::random::<[u8; 16]>()));
    }
    let form = [("pg_xml".to_owned(), xml::write(&params))];
    let request = sandbox.0.http.post(&card.post_url).header(CONTENT_TYPE, http::FORM).body(http::form(&form));
    match request.send().await {
        Ok(response) => response.status().as_u16() == 200,
        Err(error) => {
            tracing::info!(card = card.id, reason = http::reason(&error), "a callback was not heard");
            false
        }
    }
}

fn report(card: &Card) -> Params {
    let common = Params::new()
        .with("pg_payment_id", card.id.to_string())
        .with("pg_user_id", &card.customer)
        .with("pg_type", "approve")
        .with("pg_salt", salt());
    if card.phase == CardPhase::Declined {
        return common.with("pg_status", "error").with("pg_failure_description", "Declined by the bank");
    }
    common
        .with("pg_status", "success")
        .with("pg_card_id", card.id.to_string())
        .with("pg_card_token", &card.token)
        .with("pg_card_hash", &card.number)
        .with("pg_card_month", "09")
        .with("pg_card_year", "31")
        .with("pg_card_3ds", "1")
        .with("pg_country", "KZ")
}
