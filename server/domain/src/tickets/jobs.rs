//! What follows once tickets exist: documents, then the mail and the message that carry them.
use crate::kernel::jobs::{Job, jobs_about};
use jiff::Timestamp;
use sapar_shared::ids::OrderId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

jobs_about! {
    /// Typesets and stores the PDF, then asks for pictures, mail and SMS.
    MakeDocuments { order: OrderId } = "make_documents";
    /// Draws each ticket as a picture; nobody waits for it.
    DrawTickets { order: OrderId } = "draw_tickets";
    /// Sends the e-mail with the PDF.
    MailTickets { order: OrderId } = "mail_tickets";
    /// Sends the SMS with the short link.
    TextTickets { order: OrderId } = "text_tickets";
    /// Tells the buyer that the tickets are good no more.
    TellVoid { order: OrderId } = "tell_void";
}

/// From when to when a departure's places were moved.
pub type Move = (Timestamp, Timestamp);

/// Sends the e-mail with the PDF once more, because somebody asked for it or the order was moved.
#[derive(Debug, Serialize, Deserialize)]
pub struct MailAgain {
    pub order: OrderId,
    pub request: Uuid,
    #[serde(default)]
    pub moved: Option<Move>,
}

impl Job for MailAgain {
    const NAME: &'static str = "mail_again";

    fn key(&self) -> String {
        self.request.to_string()
    }
}

/// Sends the SMS with the short link once more.
#[derive(Debug, Serialize, Deserialize)]
pub struct TextAgain {
    pub order: OrderId,
    pub request: Uuid,
    #[serde(default)]
    pub moved: Option<Move>,
}

impl Job for TextAgain {
    const NAME: &'static str = "text_again";

    fn key(&self) -> String {
        self.request.to_string()
    }
}
