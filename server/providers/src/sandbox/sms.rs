//! The SMS gateway's other side: Mobizon's two calls.
use super::{
    Sandbox,
    store::{Journal, rewrite},
};
use axum::{
    Json, Router,
    extract::{Form, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
    routing::post,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{
    collections::VecDeque,
    io,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Messages kept in memory.
const KEPT: usize = 20_000;
/// The gateway's limit of ids a status query.
const STATUS_IDS: usize = 100;

const VALIDATION: i64 = 1;
const WRONG_KEY: i64 = 8;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SandboxSms {
    pub id: String,
    /// Digits of the number.
    pub to: String,
    pub from: Option<String>,
    pub text: String,
    pub at: Timestamp,
}

pub(super) struct Messages {
    list: Mutex<VecDeque<SandboxSms>>,
    journal: Journal,
}

impl Messages {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut list = VecDeque::new();
        let mut lines = 0_usize;
        let journal = Journal::open(path, |sms: SandboxSms| {
            lines += 1;
            keep(&mut list, sms);
        })?;
        let journal = if lines > 2 * KEPT {
            drop(journal);
            rewrite(path, list.iter())?;
            Journal::open(path, |_: SandboxSms| {})?
        } else {
            journal
        };
        Ok(Self { list: Mutex::new(list), journal })
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<SandboxSms>> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn list(&self) -> Vec<SandboxSms> {
        self.lock().iter().rev().cloned().collect()
    }

    async fn add(&self, to: String, from: Option<String>, text: String) -> Option<String> {
        let (id, written) = {
            let mut list = self.lock();
            let last = list.back().and_then(|sms| sms.id.parse::<u64>().ok()).unwrap_or(0);
            let id = (last + 1).to_string();
            let sms = SandboxSms { id: id.clone(), to, from, text, at: Timestamp::now() };
            let written = self.journal.append(&sms);
            keep(&mut list, sms);
            (id, written)
        };
        written.done().await.ok().map(|()| id)
    }
}

fn keep(list: &mut VecDeque<SandboxSms>, sms: SandboxSms) {
    list.push_back(sms);
    if list.len() > KEPT {
        list.pop_front();
    }
}

pub(super) fn router() -> Router<Sandbox> {
    Router::new().route("/service/Message/SendSmsMessage", post(send)).route("/service/Message/GetSMSStatus", post(status))
}

type Fields = Vec<(String, String)>;

fn field<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
}

fn refuse(code: i64, data: &Value, message: &str) -> Response {
    Json(json!({ "code": code, "data": data, "message": message })).into_response()
}

/// The refusal of a wrong key.
fn check_key(sandbox: &Sandbox, fields: &Fields) -> Option<Response> {
    let given = field(fields, "apiKey");
    let right = sandbox.0.config.sms_key.as_deref().map_or(given.is_some(), |key| given == Some(key));
    (!right).then(|| refuse(WRONG_KEY, &Value::Null, "Wrong API key"))
}

async fn send(State(sandbox): State<Sandbox>, Form(fields): Form<Fields>) -> Response {
    if let Some(refused) = check_key(&sandbox, &fields) {
        return refused;
    }
    let digits = |text: &&str| (8..=15).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let (Some(to), Some(text)) = (field(&fields, "recipient").filter(digits), field(&fields, "text")) else {
        return refuse(VALIDATION, &json!({ "recipient": "invalid" }), "Validation failed");
    };
    let from = field(&fields, "from").map(str::to_owned);
    match sandbox.0.messages.add(to.to_owned(), from, text.to_owned()).await {
        Some(id) => Json(json!({ "code": 0, "data": { "messageId": id, "status": 1 }, "message": "" })).into_response(),
        None => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn status(State(sandbox): State<Sandbox>, Form(fields): Form<Fields>) -> Response {
    if let Some(refused) = check_key(&sandbox, &fields) {
        return refused;
    }
    let asked = fields.iter().filter(|(name, _)| name == "ids" || name.starts_with("ids["));
    let asked: Vec<&str> = asked.flat_map(|(_, value)| value.split(',')).map(str::trim).collect();
    if asked.is_empty() || asked.len() > STATUS_IDS {
        return refuse(VALIDATION, &json!({ "ids": "1 to 100" }), "Validation failed");
    }
    let list = sandbox.0.messages.lock();
    // The ids are in order, so that each is found by halving.
    let number = |id: &str| id.parse::<u64>().unwrap_or(0);
    let known = asked.iter().filter(|id| list.binary_search_by_key(&number(id), |sms| number(&sms.id)).is_ok());
    let data: Vec<Value> = known.map(|id| json!({ "id": id, "status": "DELIVRD", "segNum": 1 })).collect();
    Json(json!({ "code": 0, "data": data, "message": "" })).into_response()
}
