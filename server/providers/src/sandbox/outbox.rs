//! `/dev/outbox`: what was sent, as a developer wants to look at it. In demo only; the shop's own listener serves it.
use super::{Sandbox, mails::SandboxMail, sms::SandboxSms};
use askama::Template;
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS},
    },
    response::{IntoResponse as _, Response},
    routing::get,
};
use jiff::Timestamp;
use sapar_shared::when;
use serde::{Deserialize, Serialize};

/// Mails and messages on the page; the JSON has them all.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "sandbox/outbox.html")]
struct List<'a> {
    mails: &'a [SandboxMail],
    messages: &'a [SandboxSms],
    nonce: &'a str,
}

#[derive(Template)]
#[template(path = "sandbox/mail.html")]
struct One<'a> {
    mail: &'a SandboxMail,
    document: &'a str,
    nonce: &'a str,
}

#[derive(Serialize)]
struct MailJson {
    id: u64,
    from: String,
    to: String,
    subject: String,
    text: String,
    html: String,
    attachments: Vec<AttachmentJson>,
    at: Timestamp,
}

#[derive(Serialize)]
struct AttachmentJson {
    name: String,
    content_type: String,
    size: usize,
    url: String,
}

#[derive(Deserialize)]
struct Filter {
    /// Only mails to this address.
    to: Option<String>,
    limit: Option<usize>,
}

pub(super) fn router() -> Router<Sandbox> {
    Router::new()
        .route("/dev/outbox", get(list))
        .route("/dev/outbox.json", get(json))
        .route("/dev/outbox/{id}", get(one))
        .route("/dev/outbox/{id}/{index}", get(attachment))
}

fn url(id: u64, index: usize) -> String {
    format!("/dev/outbox/{id}/{index}")
}

/// `21.11 13:05:09` in Almaty.
fn clock(at: Timestamp) -> String {
    when::local(at).strftime("%d.%m %H:%M:%S").to_string()
}

impl SandboxMail {
    fn clock(&self) -> String {
        clock(self.at)
    }
}

impl SandboxSms {
    fn clock(&self) -> String {
        clock(self.at)
    }
}

/// Off the runtime's threads, for old mails come from disk.
async fn read<T: Send + 'static>(sandbox: &Sandbox, read: impl FnOnce(&Sandbox) -> T + Send + 'static) -> Option<T> {
    let sandbox = sandbox.clone();
    tokio::task::spawn_blocking(move || read(&sandbox)).await.ok()
}

async fn list(State(sandbox): State<Sandbox>) -> Response {
    let mails = read(&sandbox, |sandbox| sandbox.0.mails.list(SHOWN)).await.unwrap_or_default();
    let mut messages = sandbox.messages();
    messages.truncate(SHOWN);
    let nonce = nonce();
    page(&List { mails: &mails, messages: &messages, nonce: &nonce }, &format!("'nonce-{nonce}'"))
}

async fn json(State(sandbox): State<Sandbox>, Query(filter): Query<Filter>) -> Json<Vec<MailJson>> {
    let mails = read(&sandbox, |sandbox| sandbox.mails()).await.unwrap_or_default();
    let wanted = mails.into_iter().filter(|mail| filter.to.as_ref().is_none_or(|to| mail.to.eq_ignore_ascii_case(to)));
    Json(wanted.take(filter.limit.unwrap_or(usize::MAX)).map(to_json).collect())
}

fn to_json(mail: SandboxMail) -> MailJson {
    let attachments = mail.attachments.into_iter().enumerate().map(|(index, attachment)| AttachmentJson {
        url: url(mail.id, index),
        name: attachment.name,
        content_type: attachment.content_type,
        size: attachment.size,
    });
    MailJson {
        attachments: attachments.collect(),
        id: mail.id,
        from: mail.from,
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        at: mail.at,
    }
}

async fn one(State(sandbox): State<Sandbox>, Path(id): Path<u64>) -> Response {
    let Some(Some(mail)) = read(&sandbox, move |sandbox| sandbox.0.mails.get(id)).await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // Links leave the frame, which may not navigate itself to anything useful.
    let document = format!("<base target=\"_blank\">{}", mail.html);
    let nonce = nonce();
    // The frame inherits this policy, and mails are styled inline.
    page(&One { mail: &mail, document: &document, nonce: &nonce }, "'unsafe-inline'")
}

async fn attachment(State(sandbox): State<Sandbox>, Path((id, index)): Path<(u64, usize)>) -> Response {
    let Some(Some((about, bytes))) = read(&sandbox, move |sandbox| sandbox.attachment(id, index)).await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // Only what cannot run a script is shown in place.
    let shown = matches!(about.content_type.as_str(), "application/pdf" | "image/png" | "image/jpeg" | "text/calendar");
    let name: String = form_urlencoded::byte_serialize(about.name.as_bytes()).collect::<String>().replace('+', "%20");
    let way = if shown { "inline" } else { "attachment" };
    let kind = if shown { about.content_type.as_str() } else { "application/octet-stream" };
    let header = |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (CONTENT_TYPE, header(kind)),
        (CONTENT_DISPOSITION, header(&format!("{way}; filename*=UTF-8''{name}"))),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (headers, bytes).into_response()
}

fn nonce() -> String {
    hex::encode(rand::random::<[u8; 16]>())
}

fn page(template: &impl Template, styles: &str) -> Response {
    let Ok(html) = template.render() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let policy = format!(
        "default-src 'none'; style-src {styles}; img-src 'self' data: https:; frame-src 'self'; base-uri 'none'; form-action 'none'"
    );
    let Ok(policy) = HeaderValue::from_str(&policy) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CONTENT_SECURITY_POLICY, policy),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, html).into_response()
}
