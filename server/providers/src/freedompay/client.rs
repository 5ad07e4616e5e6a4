//! Our calls to FreedomPay.
use super::{
    callback, card,
    sign::{Params, SIG, Value, salt, script},
    xml,
};
use crate::{
    SetupError,
    http::{self, BodyError},
};
use async_trait::async_trait;
use jiff::Timestamp;
use reqwest::{Client, Url, header::CONTENT_TYPE};
use sapar_domain::{
    partners::CardToken,
    payments::provider::{
        Callback, CallbackError, CardCallback, Outcome, PaymentProvider, ProviderError, Report, StartPayment, Started, StoreCard,
        Verdict,
    },
};
use sapar_shared::{Lang, Money};
use std::{
    collections::HashMap,
    fmt,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// The longest time that a payment page may stay open, in seconds (the provider's documentation).
const LONGEST_LIFETIME: i64 = 604_800;
/// The provider's limit, in characters.
const DESCRIPTION: usize = 1024;
/// How many payments the politeness map holds before the old ones are dropped.
const REMEMBERED: usize = 1024;

#[derive(Clone)]
pub struct FreedomPayConfig {
    /// Such as `https://api.freedompay.kz`.
    pub base_url: String,
    pub merchant_id: String,
    pub secret: String,
    /// Sends `pg_testing_mode=1`: no money moves.
    pub testing: bool,
    /// For a whole call; 10 s is right.
    pub timeout: Duration,
    /// Left between two calls about one payment: 1.5–2 s for the real provider, zero for the sandbox.
    pub pause: Duration,
    /// The shortest time that the provider lets a payment page stay open, in seconds: 300 for the real one.
    pub shortest_lifetime: i64,
}

impl fmt::Debug for FreedomPayConfig {
    /// Without the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FreedomPayConfig")
            .field("base_url", &self.base_url)
            .field("merchant_id", &self.merchant_id)
            .field("testing", &self.testing)
            .finish_non_exhaustive()
    }
}

pub struct FreedomPay {
    config: FreedomPayConfig,
    http: Client,
    base: Url,
    /// When each payment was last called about.
    last_calls: Mutex<HashMap<String, Instant>>,
}

/// The sums of a payment as `get_status3.php` tells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    pub paid: Money,
    /// Given back so far; not negative.
    pub refunded: Money,
}

impl FreedomPay {
    /// # Errors
    /// When the address is none, or TLS cannot be set up.
    pub fn new(config: FreedomPayConfig) -> Result<Self, SetupError> {
        let base = format!("{}/", config.base_url.trim_end_matches('/'));
        let base = Url::parse(&base).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let base = base.ok_or_else(|| SetupError("FreedomPay's address is not an http(s) URL".into()))?;
        Ok(Self { http: http::client(config.timeout)?, base, last_calls: Mutex::default(), config })
    }

    /// What was paid and given back; `None` while nothing is captured.
    ///
    /// # Errors
    /// As [`PaymentProvider::status`].
    pub async fn sums(&self, provider_payment_id: &str) -> Result<Option<Sums>, ProviderError> {
        sums(&self.ask_status(provider_payment_id).await?)
    }

    /// One signed call; the reply's signature is verified, a refusal becomes an error. Of `path` the last segment is signed.
    async fn call(&self, path: &str, params: Params) -> Result<Params, ProviderError> {
        let reply = self.ask(path, params).await?;
        match reply.get("pg_status") {
            Some("ok") => Ok(reply),
            _ => Err(ProviderError::Malformed("no pg_status".into())),
        }
    }

    /// As `call`, of what answers without a status of its own.
    async fn ask(&self, path: &str, params: Params) -> Result<Params, ProviderError> {
        let script = script(path);
        let signed =
            params.with("pg_merchant_id", &self.config.merchant_id).with("pg_salt", salt()).signed(script, &self.config.secret);
        let url = self.base.join(path).map_err(|_| ProviderError::Malformed("our own address".into()))?;
        let request = self.http.post(url).header(CONTENT_TYPE, http::FORM).body(http::form(&signed.to_form()));
        let response = request.send().await.map_err(|error| ProviderError::Unreachable(http::reason(&error)))?;
        let status = response.status();
        if status.is_server_error() || matches!(status.as_u16(), 408 | 429) {
            return Err(ProviderError::Unreachable(format!("status {}", status.as_u16())));
        }
        let body = http::body(response).await.map_err(|error| match error {
            BodyError::Lost(why) => ProviderError::Unreachable(why),
            BodyError::TooLong => ProviderError::Malformed("too long".into()),
        })?;
        self.read_reply(script, &body).map_err(|error| match error {
            ProviderError::Malformed(why) if !status.is_success() => {
                ProviderError::Malformed(format!("status {}: {why}", status.as_u16()))
            }
            other => other,
        })
    }

    fn read_reply(&self, script: &str, body: &[u8]) -> Result<Params, ProviderError> {
        let reply = xml::read(body).map_err(|error| ProviderError::Malformed(error.to_string()))?;
        // A refusal such as "unknown merchant" cannot be signed; anything else must be.
        let refused = reply.get("pg_status") == Some("error");
        let may_be_unsigned = refused && reply.get(SIG).is_none();
        if !may_be_unsigned && !reply.verify(script, &self.config.secret) {
            return Err(ProviderError::Malformed("its signature is wrong".into()));
        }
        if refused {
            let text = |name| reply.get(name).unwrap_or_default().chars().take(200).collect::<String>();
            return Err(ProviderError::Refused { code: text("pg_error_code"), text: text("pg_error_description") });
        }
        Ok(reply)
    }

    /// Of a merchant's storage of cards.
    fn storage(&self, storage: &str, script: &str) -> String {
        format!("v1/merchant/{}/{storage}/{script}", self.config.merchant_id)
    }

    async fn keeps(&self, customer: &str, token: &CardToken) -> Result<bool, ProviderError> {
        let reply = self.ask(&self.storage(card::STORAGE, "list"), Params::new().with("pg_user_id", customer)).await?;
        Ok(card::is_among(&reply, token))
    }

    async fn ask_status(&self, id: &str) -> Result<Params, ProviderError> {
        self.call_about(id, "get_status3.php", Params::new()).await
    }

    async fn call_about(&self, id: &str, script: &str, params: Params) -> Result<Params, ProviderError> {
        self.keep_pause(id).await;
        self.call(script, params.with("pg_payment_id", id)).await
    }

    /// Waits until the pause since the last call about this payment is over, and never longer than one pause.
    async fn keep_pause(&self, id: &str) {
        let wait = self.reserve(id, Instant::now());
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
    }

    fn reserve(&self, id: &str, now: Instant) -> Duration {
        let pause = self.config.pause;
        if pause.is_zero() {
            return Duration::ZERO;
        }
        let mut calls = self.last_calls.lock().unwrap_or_else(PoisonError::into_inner);
        if calls.len() >= REMEMBERED {
            calls.retain(|_, at| *at + pause > now);
        }
        let wait = calls.get(id).map_or(Duration::ZERO, |at| (*at + pause).saturating_duration_since(now).min(pause));
        calls.insert(id.to_owned(), now + wait);
        wait
    }

    fn start_params(&self, payment: &StartPayment) -> Params {
        let shortest = self.config.shortest_lifetime.clamp(1, LONGEST_LIFETIME);
        let positions = payment.positions.iter().enumerate().fold(Params::new(), |list, (index, position)| {
            let one = Params::new()
                .with("count", position.count.to_string())
                .with("name", &position.name)
                // No VAT: most tour companies are under the simplified regime; fiscal receipts come from elsewhere.
                .with("tax_type", "0")
                .with("price", position.price.decimal());
            list.with_nested(&index.to_string(), one)
        });
        Params::new()
            .with("pg_order_id", &payment.order_number)
            .with("pg_amount", payment.amount.decimal())
            .with("pg_currency", "KZT")
            .with("pg_description", payment.description.chars().take(DESCRIPTION).collect::<String>())
            .with("pg_result_url", &payment.result_url)
            .with("pg_request_method", "POST")
            .with("pg_success_url", &payment.return_url)
            .with("pg_failure_url", &payment.return_url)
            .with("pg_lifetime", payment.lifetime.clamp(shortest, LONGEST_LIFETIME).to_string())
            .with("pg_language", language(payment.lang))
            .with_some("pg_user_phone", payment.phone.as_ref().map(|phone| phone.digits()))
            .with_some("pg_user_contact_email", payment.email.as_deref())
            .with_some("pg_user_ip", payment.client_ip.as_deref())
            .with("pg_testing_mode", if self.config.testing { "1" } else { "0" })
            .with("pg_auto_clearing", "1")
            .with("pg_idempotency_key", &payment.idempotency_key)
            .with_nested("pg_receipt_positions", positions)
    }
}

#[async_trait]
impl PaymentProvider for FreedomPay {
    fn name(&self) -> &'static str {
        "freedompay"
    }

    async fn start(&self, payment: &StartPayment) -> Result<Started, ProviderError> {
        let reply = self.call("init_payment.php", self.start_params(payment)).await?;
        let id = payment_id(&reply)?;
        let redirect_url = redirect_url(&reply)?;
        self.reserve(&id, Instant::now());
        Ok(Started { provider_payment_id: id, redirect_url })
    }

    async fn find(&self, order_number: &str) -> Result<Option<String>, ProviderError> {
        self.keep_pause(order_number).await;
        match self.call("get_status3.php", Params::new().with("pg_order_id", order_number)).await {
            Ok(reply) => payment_id(&reply).map(Some),
            // It knows of none.
            Err(ProviderError::Refused { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn status(&self, provider_payment_id: &str, order_number: &str) -> Result<Report, ProviderError> {
        let reply = self.ask_status(provider_payment_id).await?;
        read_status(&reply, provider_payment_id, order_number)
    }

    /// A refund of all that is left is repeated safely: a refusal is an `Ok` if everything is back already. The protocol
    /// gives a partial refund no key of its own: one whose answer was lost is compared by [`FreedomPay::sums`] first.
    async fn refund(&self, provider_payment_id: &str, amount: Option<Money>) -> Result<(), ProviderError> {
        let params = Params::new().with_some("pg_refund_amount", amount.map(Money::decimal));
        let refused = match self.call_about(provider_payment_id, "revoke.php", params).await {
            Err(refused @ ProviderError::Refused { .. }) => refused,
            other => return other.map(drop),
        };
        match self.sums(provider_payment_id).await? {
            Some(sums) if sums.refunded == sums.paid && amount.is_none_or(|amount| amount == sums.paid) => Ok(()),
            _ => Err(refused),
        }
    }

    async fn cancel(&self, provider_payment_id: &str) -> Result<(), ProviderError> {
        let refused = match self.call_about(provider_payment_id, "cancel.php", Params::new()).await {
            Err(refused @ ProviderError::Refused { .. }) => refused,
            other => return other.map(drop),
        };
        // What is over, paid or not, cannot be cancelled and need not be.
        let reply = self.ask_status(provider_payment_id).await?;
        match reply.get("pg_payment_status") {
            None | Some("new") => Err(refused),
            Some(_) => Ok(()),
        }
    }

    /// `_now` is not needed: a callback may come late and be repeated for hours, and settling is idempotent.
    fn read_callback(&self, path: &str, fields: &[(String, String)], _now: Timestamp) -> Result<Callback, CallbackError> {
        callback::read(path, fields, &self.config.secret)
    }

    async fn store_card(&self, card: &StoreCard) -> Result<String, ProviderError> {
        let params = Params::new()
            .with("pg_user_id", &card.customer)
            .with("pg_post_link", &card.result_url)
            .with("pg_back_link", &card.return_url)
            .with("pg_language", language(card.lang));
        redirect_url(&self.call(&self.storage(card::PAYOUT_STORAGE, "add"), params).await?)
    }

    /// A refusal is an `Ok` if the card is no longer there.
    async fn remove_card(&self, customer: &str, token: &CardToken) -> Result<(), ProviderError> {
        let params = Params::new().with("pg_user_id", customer).with("pg_card_token", token.expose());
        match self.ask(&self.storage(card::STORAGE, "remove"), params).await {
            Err(refused @ ProviderError::Refused { .. }) => {
                if self.keeps(customer, token).await? {
                    Err(refused)
                } else {
                    Ok(())
                }
            }
            other => other.map(drop),
        }
    }

    fn read_card_callback(&self, path: &str, fields: &[(String, String)]) -> Result<CardCallback, CallbackError> {
        card::read(path, fields, &self.config.secret)
    }

    fn callback_reply(&self, path: &str, verdict: Verdict, description: &str, salt: &str) -> String {
        callback::reply(path, verdict, description, salt, &self.config.secret)
    }
}

/// ISO 3166 rather than 639 for Kazakh: the provider's documentation lists ru, en, kz, kg, uz.
fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => "ru",
        Lang::Kk => "kz",
        Lang::En => "en",
    }
}

/// The page that the browser is sent to.
fn redirect_url(reply: &Params) -> Result<String, ProviderError> {
    let url = reply.get("pg_redirect_url").and_then(|url| Url::parse(url).ok());
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
    url.map(String::from).ok_or_else(|| ProviderError::Malformed("no pg_redirect_url".into()))
}

/// The provider's number of a payment.
pub(super) fn payment_id(params: &Params) -> Result<String, ProviderError> {
    let id = params.get("pg_payment_id").filter(|id| id.len() <= 32 && id.bytes().all(|b| b.is_ascii_digit()));
    id.map(str::to_owned).ok_or_else(|| ProviderError::Malformed("no pg_payment_id".into()))
}

fn amount(params: &Params, name: &str) -> Result<Option<Money>, ProviderError> {
    let malformed = || ProviderError::Malformed(format!("{name} is no amount"));
    params.get(name).map(|text| Money::parse_decimal(text).ok_or_else(malformed)).transpose()
}

fn sums(reply: &Params) -> Result<Option<Sums>, ProviderError> {
    if reply.get("pg_payment_status") != Some("success") || reply.get("pg_captured") != Some("1") {
        return Ok(None);
    }
    // What was captured is what was paid; it is less than pg_amount after a partial clearing.
    let paid = match amount(reply, "pg_clearing_amount")? {
        Some(cleared) => cleared,
        None => amount(reply, "pg_amount")?.ok_or_else(|| ProviderError::Malformed("no amount".into()))?,
    };
    // Negative on the wire.
    let refunded = amount(reply, "pg_refund_amount")?.unwrap_or_default().tiyn().saturating_abs();
    Ok(Some(Sums { paid, refunded: Money::from_tiyn(refunded) }))
}

fn read_status(reply: &Params, id: &str, order_number: &str) -> Result<Report, ProviderError> {
    let differs = |name, ours| reply.get(name).is_some_and(|theirs| theirs != ours);
    if differs("pg_payment_id", id) || differs("pg_order_id", order_number) {
        return Err(ProviderError::Malformed("it is about another payment".into()));
    }
    let sums = sums(reply)?;
    let mut report = Report {
        order_number: order_number.to_owned(),
        provider_payment_id: id.to_owned(),
        outcome: Outcome::Pending,
        amount: sums.map(|sums| sums.paid),
        currency: reply.get("pg_currency").map(str::to_owned),
        failure: reply.get("pg_failure_description").or(reply.get("pg_failure_code")).map(str::to_owned),
    };
    report.outcome = match (reply.get("pg_payment_status"), sums) {
        // Money that went back in full is not there to settle an order with.
        (_, Some(sums)) if sums.refunded >= sums.paid => {
            report.failure = Some("refunded".into());
            Outcome::Failed
        }
        (_, Some(_)) => Outcome::Succeeded,
        // `success` alone is only the bank's word; the money is ours when it is captured.
        (Some("new" | "success"), None) => Outcome::Pending,
        (Some("error"), None) => Outcome::Failed,
        (Some(other), None) => {
            tracing::warn!(status = other, "unknown payment status, taken for pending");
            Outcome::Pending
        }
        (None, None) => return Err(ProviderError::Malformed("no pg_payment_status".into())),
    };
    Ok(report)
}

/// Names under which a callback tells of a person: contacts, card, whatever begins like them.
pub(super) fn personal(name: &str) -> bool {
    const PARTS: [&str; 9] = ["user", "card_", "phone", "email", "_pan", "_name", "owner", "token", "iin"];
    name != "pg_card_brand" && PARTS.iter().any(|part| name.contains(part))
}

/// A nested value as JSON, without what tells of a person.
pub(super) fn json(params: &Params) -> serde_json::Value {
    let fields = params.iter().filter(|(name, _)| *name != SIG && !personal(name));
    let fields = fields.map(|(name, value)| {
        let value = match value {
            Value::Text(text) => serde_json::Value::String(text.clone()),
            Value::Nested(nested) => json(nested),
        };
        (name.to_owned(), value)
    });
    serde_json::Value::Object(fields.collect())
}
