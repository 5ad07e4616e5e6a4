//! The other side of the same protocols: a payment provider with its page, an SMS gateway and a mail server, that keep
//! what they were given. For the demo, the tests and the benchmark; never for real money.
mod book;
mod card_page;
mod cards;
pub mod control;
mod deliver;
mod mails;
mod outbox;
mod page;
mod payments;
mod shell;
mod sms;
mod smtp;
mod store;
mod texts;

pub use book::{Action, Answer, CallbackMode};
pub use mails::{SandboxAttachment, SandboxMail};
pub use sms::SandboxSms;

use crate::{SetupError, http};
use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    http::StatusCode,
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse as _, Response},
};
use book::Book;
use cards::Wallet;
use mails::Mails;
use reqwest::Client;
use sms::Messages;
use std::{
    fmt, io,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::net::TcpListener;

#[derive(Clone)]
pub struct SandboxConfig {
    /// The sandbox's own address as a browser sees it, `http://127.0.0.1:3001`.
    pub addr_url: String,
    pub merchant_id: String,
    pub secret: String,
    /// The SMS gateway's key; any is taken when `None`.
    pub sms_key: Option<String>,
    /// How long after the decision a late callback comes.
    pub late: Duration,
    /// Waits before each repetition of a callback that was not answered with 200.
    pub retries: Vec<Duration>,
    /// How long after the approval the money counts as captured (seconds at the real provider).
    pub capture_lag: Duration,
    /// For a callback.
    pub timeout: Duration,
}

impl SandboxConfig {
    /// With the usual times.
    #[must_use]
    pub fn new(addr_url: &str, merchant_id: &str, secret: &str) -> Self {
        Self {
            addr_url: addr_url.trim_end_matches('/').to_owned(),
            merchant_id: merchant_id.to_owned(),
            secret: secret.to_owned(),
            sms_key: None,
            late: Duration::from_secs(10),
            retries: [2, 10, 60].map(Duration::from_secs).to_vec(),
            capture_lag: Duration::ZERO,
            timeout: Duration::from_secs(10),
        }
    }
}

impl fmt::Debug for SandboxConfig {
    /// Without the secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxConfig").field("addr_url", &self.addr_url).finish_non_exhaustive()
    }
}

/// What plays dead at the moment.
#[derive(Default)]
struct Outage {
    payments: AtomicBool,
    sms: AtomicBool,
    smtp: AtomicBool,
}

struct Inner {
    config: SandboxConfig,
    book: Book,
    wallet: Wallet,
    messages: Messages,
    mails: Arc<Mails>,
    outage: Outage,
    http: Client,
}

/// Cheap to clone; all clones are one sandbox.
#[derive(Clone)]
pub struct Sandbox(Arc<Inner>);

impl Sandbox {
    /// Opens the folder with everything that it remembers, and goes on with callbacks that a restart interrupted: call
    /// it within a Tokio runtime.
    ///
    /// # Errors
    /// When the folder cannot be read or written.
    pub fn open(dir: &Path, config: SandboxConfig) -> Result<Self, SetupError> {
        let opened = |error: io::Error| SetupError(format!("the sandbox's folder cannot be opened: {error}"));
        std::fs::create_dir_all(dir).map_err(opened)?;
        let sandbox = Self(Arc::new(Inner {
            book: Book::open(&dir.join("payments.jsonl")).map_err(opened)?,
            wallet: Wallet::open(&dir.join("cards.jsonl")).map_err(opened)?,
            messages: Messages::open(&dir.join("sms.jsonl")).map_err(opened)?,
            mails: Arc::new(Mails::open(&dir.join("mails")).map_err(opened)?),
            outage: Outage::default(),
            http: http::client(config.timeout)?,
            config,
        }));
        for (id, due) in sandbox.0.book.with_due() {
            drop(deliver::start(&sandbox, id, due));
        }
        Ok(sandbox)
    }

    /// The payment provider, its pages, the SMS gateway and the control: all of the sandbox's own listener.
    pub fn router(&self) -> Router {
        let down = |of: fn(&Outage) -> &AtomicBool| from_fn_with_state((self.clone(), of), unless_down);
        let cards = cards::router().merge(card_page::router());
        let payments = payments::router().merge(page::router()).merge(cards).layer(down(|outage| &outage.payments));
        let sms = sms::router().layer(down(|outage| &outage.sms));
        Router::new()
            .merge(payments)
            .merge(sms)
            .merge(control::router())
            .layer(DefaultBodyLimit::max(http::MAX_BODY))
            .with_state(self.clone())
    }

    /// What was sent, as pages and JSON under `/dev/outbox`; for the shop's own listener, in demo only.
    pub fn outbox_router(&self) -> Router {
        outbox::router().with_state(self.clone())
    }

    /// Takes mail until it is dropped.
    pub async fn serve_smtp(&self, listener: TcpListener) {
        smtp::serve(self.clone(), listener).await;
    }

    /// The newest first. Older ones are read from disk: call it where blocking is allowed.
    #[must_use]
    pub fn mails(&self) -> Vec<SandboxMail> {
        self.0.mails.list(usize::MAX)
    }

    /// One attachment of a mail, counted from 0. Reads from disk.
    #[must_use]
    pub fn attachment(&self, id: u64, index: usize) -> Option<(SandboxAttachment, Vec<u8>)> {
        self.0.mails.attachment(id, index)
    }

    /// The SMS, the newest first.
    #[must_use]
    pub fn messages(&self) -> Vec<SandboxSms> {
        self.0.messages.list()
    }

    fn smtp_down(&self) -> bool {
        self.0.outage.smtp.load(Ordering::Relaxed)
    }
}

type Part = fn(&Outage) -> &AtomicBool;

async fn unless_down(State((sandbox, part)): State<(Sandbox, Part)>, request: axum::extract::Request, next: Next) -> Response {
    if part(&sandbox.0.outage).load(Ordering::Relaxed) {
        return (StatusCode::SERVICE_UNAVAILABLE, "The sandbox plays an outage.").into_response();
    }
    next.run(request).await
}
