//! What follows once tickets exist: documents, then the mail and the message that carry them.
use crate::kernel::jobs::Job;
use sapar_shared::ids::OrderId;
use serde::{Deserialize, Serialize};

macro_rules! order_jobs {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Serialize, Deserialize)]
        pub struct $name {
            pub order: OrderId,
        }

        impl Job for $name {
            const NAME: &'static str = $word;

            fn key(&self) -> String {
                self.order.to_string()
            }
        }
    )*};
}

order_jobs! {
    /// Typesets and stores the PDF, then asks for pictures, mail and SMS.
    MakeDocuments = "make_documents";
    /// Draws each ticket as a picture; nobody waits for it.
    DrawTickets = "draw_tickets";
    /// Sends the e-mail with the PDF.
    MailTickets = "mail_tickets";
    /// Sends the SMS with the short link.
    TextTickets = "text_tickets";
}
