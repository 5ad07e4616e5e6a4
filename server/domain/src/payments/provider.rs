//! The border to whoever collects the money.
use crate::partners::{CardToken, StoredCard};
use async_trait::async_trait;
use jiff::Timestamp;
use sapar_shared::{Lang, Money, contact::Phone};

/// What the provider is told of an order. The token of the order page is not in it: it never leaves for the provider
/// but inside the two addresses that the browser itself comes back to.
#[derive(Clone, Debug)]
pub struct StartPayment {
    /// The order's public number.
    pub order_number: String,
    /// Makes a repeated call open no second payment.
    pub idempotency_key: String,
    pub amount: Money,
    pub description: String,
    pub lang: Lang,
    pub phone: Option<Phone>,
    pub email: Option<String>,
    pub client_ip: Option<String>,
    /// Seconds that the payment page stays open.
    pub lifetime: i64,
    /// Where the provider reports results; absolute.
    pub result_url: String,
    /// Where the browser comes back to, paid or not; absolute.
    pub return_url: String,
    pub positions: Vec<Position>,
}

/// A line of the receipt.
#[derive(Clone, Debug)]
pub struct Position {
    pub name: String,
    pub count: i32,
    pub price: Money,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Started {
    pub provider_payment_id: String,
    pub redirect_url: String,
}

/// What the provider says of a payment, by callback or when asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub order_number: String,
    pub provider_payment_id: String,
    pub outcome: Outcome,
    /// Present with `Outcome::Succeeded`; compared with the order's total.
    pub amount: Option<Money>,
    /// ISO 4217.
    pub currency: Option<String>,
    pub failure: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Not decided yet.
    Pending,
    Succeeded,
    Failed,
}

/// A callback whose signature held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callback {
    pub report: Report,
    /// We may still refuse the money (`pg_can_reject`).
    pub can_reject: bool,
    /// All fields but the signature and what identifies a person, to be kept.
    pub fields: serde_json::Value,
}

/// A page on which somebody enters a card that money is to be paid out to. Its number stays with the provider.
#[derive(Clone, Debug)]
pub struct StoreCard {
    /// Under whose name the provider keeps it: each request is a customer of its own, so no card is ever another's.
    pub customer: String,
    /// Where the provider reports what came of it; absolute. Its last segment is unguessable, and part of what is signed.
    pub result_url: String,
    /// Where the browser comes back to, with a card or without; absolute.
    pub return_url: String,
    /// Which the page is to be in.
    pub lang: Lang,
}

/// What a signed callback about a card says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardCallback {
    /// As in `StoreCard`.
    pub customer: String,
    /// `None`: the bank said no.
    pub card: Option<StoredCard>,
}

/// What we answer a callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Ok,
    /// Only where `can_reject`: the provider then gives the money back by itself.
    Rejected,
    Error,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ProviderError {
    /// Not reached, timed out, or answered with a 5xx: may be tried again.
    #[error("the payment provider cannot be reached: {0}")]
    Unreachable(String),
    /// It answered and said no.
    #[error("the payment provider refused: {code} {text}")]
    Refused { code: String, text: String },
    /// Its answer makes no sense or is not signed by it.
    #[error("the payment provider's answer is malformed: {0}")]
    Malformed(String),
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum CallbackError {
    #[error("the callback's signature is wrong")]
    Signature,
    #[error("the callback lacks {0}")]
    Malformed(&'static str),
}

#[async_trait]
pub trait PaymentProvider: Send + Sync + 'static {
    /// The word under which its payments are kept.
    fn name(&self) -> &'static str;

    async fn start(&self, payment: &StartPayment) -> Result<Started, ProviderError>;

    /// The id of the order's newest payment; `None` when none reached the provider.
    async fn find(&self, order_number: &str) -> Result<Option<String>, ProviderError>;

    /// Asks by the provider's payment id.
    async fn status(&self, provider_payment_id: &str, order_number: &str) -> Result<Report, ProviderError>;

    /// Gives `amount` back; all that is left when `None`. Repeating it after it succeeded is an `Ok`.
    async fn refund(&self, provider_payment_id: &str, amount: Option<Money>) -> Result<(), ProviderError>;

    /// Ends a payment that nobody paid; a payment that is already over is an `Ok`.
    async fn cancel(&self, provider_payment_id: &str) -> Result<(), ProviderError>;

    /// Checks the signature of what came to `path` (its last segment is signed) and reads it.
    fn read_callback(&self, path: &str, fields: &[(String, String)], now: Timestamp) -> Result<Callback, CallbackError>;

    /// The address of a page on which a card is entered. Each call opens a page of its own.
    async fn store_card(&self, _card: &StoreCard) -> Result<String, ProviderError> {
        Err(no_cards())
    }

    /// Forgets a card; one that is forgotten already is an `Ok`.
    async fn remove_card(&self, _customer: &str, _token: &CardToken) -> Result<(), ProviderError> {
        Err(no_cards())
    }

    /// As `read_callback`, of what came about a card.
    fn read_card_callback(&self, _path: &str, _fields: &[(String, String)]) -> Result<CardCallback, CallbackError> {
        Err(CallbackError::Signature)
    }

    /// The signed body of our answer to a callback, with `salt`, a random text.
    fn callback_reply(&self, path: &str, verdict: Verdict, description: &str, salt: &str) -> String;
}

/// Of a provider that keeps no cards.
fn no_cards() -> ProviderError {
    ProviderError::Refused { code: "cards".into(), text: "keeps no cards".into() }
}
