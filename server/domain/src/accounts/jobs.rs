//! What follows from what people ask for: mails, messages, and orders that turn out to be theirs.
use crate::kernel::jobs::{Job, jobs_about};
use jiff::Timestamp;
use sapar_shared::{Lang, dto::account::SafetyChange, ids::AccountId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

jobs_about! {
    /// Mails a link. Whether the mailbox has an account already is looked up then, not while somebody waits for the page.
    MailLink { link: Uuid } = "mail_link";
    /// Sends a code, if the number is anybody's.
    TextCode { code: Uuid } = "text_code";
}

/// Looks for the account of an e-mail and mails it a link to a new password. `request` becomes the link's id.
#[derive(Debug, Serialize, Deserialize)]
pub struct MailReset {
    pub request: Uuid,
    pub email: String,
    pub lang: Lang,
}

impl Job for MailReset {
    const NAME: &'static str = "mail_reset";

    fn key(&self) -> String {
        self.request.to_string()
    }
}

/// Tells an account's owner what has changed about how one signs in. Where to is looked up when it is sent, but for `former`.
#[derive(Debug, Serialize, Deserialize)]
pub struct TellOwner {
    pub id: Uuid,
    pub account: AccountId,
    pub change: SafetyChange,
    pub at: Timestamp,
    /// Such as `Chrome, Android`; empty where the browser does not say.
    pub device: String,
    /// The proven address or number that the account had before: it is told, not the one of now.
    pub former: Option<String>,
}

impl Job for TellOwner {
    const NAME: &'static str = "tell_owner";

    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Gives an account the orders that were made with what it has just proven. `cause` is the proof: one account may have two at
/// once.
#[derive(Debug, Serialize, Deserialize)]
pub struct JoinOrders {
    pub account: AccountId,
    pub cause: Uuid,
}

impl Job for JoinOrders {
    const NAME: &'static str = "join_orders";

    fn key(&self) -> String {
        self.cause.to_string()
    }
}
