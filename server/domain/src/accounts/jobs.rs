//! What follows from what people ask for: mails, messages, and orders that turn out to be theirs.
use crate::kernel::jobs::{Job, jobs_about};
use sapar_shared::{Lang, ids::AccountId};
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
