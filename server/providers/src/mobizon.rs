//! SMS through Mobizon: POST forms, JSON back.
use crate::{
    SetupError,
    http::{self, BodyError},
};
use async_trait::async_trait;
use reqwest::{Client, Url, header::CONTENT_TYPE};
use sapar_domain::tickets::senders::{SendError, SmsSender};
use sapar_shared::contact::Phone;
use serde::Deserialize;
use serde_json::Value;
use std::{fmt, time::Duration};

/// The provider's limit of ids a status query.
const STATUS_IDS: usize = 100;

#[derive(Clone)]
pub struct MobizonConfig {
    /// Such as `https://api.mobizon.kz`.
    pub base_url: String,
    pub api_key: String,
    /// The sender's registered name; the provider's common one when `None`.
    pub from: Option<String>,
    pub timeout: Duration,
}

impl fmt::Debug for MobizonConfig {
    /// Without the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MobizonConfig").field("base_url", &self.base_url).field("from", &self.from).finish_non_exhaustive()
    }
}

pub struct Mobizon {
    config: MobizonConfig,
    http: Client,
    base: Url,
}

/// How far a message came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmsStatus {
    /// On its way: new, queued or taken by the operator.
    Underway,
    Delivered,
    /// Not delivered, or refused by the operator.
    Failed,
}

#[derive(Deserialize)]
struct Reply {
    code: i64,
    #[serde(default)]
    data: Value,
}

impl Mobizon {
    /// # Errors
    /// When the address is none, or TLS cannot be set up.
    pub fn new(config: MobizonConfig) -> Result<Self, SetupError> {
        let base = Url::parse(&format!("{}/", config.base_url.trim_end_matches('/'))).ok();
        let base = base.filter(|url| matches!(url.scheme(), "http" | "https"));
        let base = base.ok_or_else(|| SetupError("Mobizon's address is not an http(s) URL".into()))?;
        Ok(Self { http: http::client(config.timeout)?, base, config })
    }

    /// The status of each message that the provider knows, by its id; at most 100 are asked for at once.
    ///
    /// # Errors
    /// When the provider cannot be reached or refuses.
    pub async fn statuses(&self, ids: &[String]) -> Result<Vec<(String, SmsStatus)>, SendError> {
        let mut statuses = Vec::with_capacity(ids.len());
        for some in ids.chunks(STATUS_IDS) {
            let fields = some.iter().enumerate().map(|(index, id)| (format!("ids[{index}]"), id.clone()));
            let data = self.call("service/Message/GetSMSStatus", fields.collect()).await?;
            for item in data.as_array().map(Vec::as_slice).unwrap_or_default() {
                let Some(id) = item.get("id").and_then(text) else { continue };
                let status = match item.get("status").and_then(Value::as_str) {
                    Some("DELIVRD") => SmsStatus::Delivered,
                    Some("UNDELIV" | "REJECTD") => SmsStatus::Failed,
                    _ => SmsStatus::Underway,
                };
                statuses.push((id, status));
            }
        }
        Ok(statuses)
    }

    /// The key travels in the body, for addresses end up in logs.
    async fn call(&self, path: &str, mut fields: Vec<(String, String)>) -> Result<Value, SendError> {
        fields.push(("apiKey".into(), self.config.api_key.clone()));
        let url = self.base.join(path).map_err(|_| SendError("our own address is malformed".into()))?;
        let request = self.http.post(url).header(CONTENT_TYPE, http::FORM).body(http::form(&fields));
        let response = request.send().await.map_err(|error| SendError(http::reason(&error)))?;
        let status = response.status();
        if !status.is_success() {
            return Err(SendError(format!("the SMS gateway answered {}", status.as_u16())));
        }
        let body = http::body(response).await.map_err(|error| match error {
            BodyError::Lost(why) => SendError(why),
            BodyError::TooLong => SendError("the SMS gateway's answer is too long".into()),
        })?;
        let reply: Reply =
            serde_json::from_slice(&body).map_err(|_| SendError("the SMS gateway's answer is malformed".into()))?;
        // The message beside the code may quote the recipient: it stays out of errors, which are logged.
        if reply.code == 0 { Ok(reply.data) } else { Err(SendError(format!("the SMS gateway refused: code {}", reply.code))) }
    }
}

#[async_trait]
impl SmsSender for Mobizon {
    async fn send(&self, to: &Phone, text: &str) -> Result<String, SendError> {
        let mut fields = vec![("recipient".to_owned(), to.digits().to_owned()), ("text".to_owned(), text.to_owned())];
        if let Some(from) = self.config.from.as_ref().filter(|from| !from.is_empty()) {
            fields.push(("from".to_owned(), from.clone()));
        }
        let data = self.call("service/Message/SendSmsMessage", fields).await?;
        let id = data.get("messageId").and_then(self::text);
        id.ok_or_else(|| SendError("the SMS gateway gave no messageId".into()))
    }
}

/// An id is written as a number or as a text.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
