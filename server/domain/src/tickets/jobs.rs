//! What follows once tickets exist: documents, then the mail and the message that carry them.
use crate::kernel::jobs::jobs_about;
use sapar_shared::ids::OrderId;

jobs_about! {
    /// Typesets and stores the PDF, then asks for pictures, mail and SMS.
    MakeDocuments { order: OrderId } = "make_documents";
    /// Draws each ticket as a picture; nobody waits for it.
    DrawTickets { order: OrderId } = "draw_tickets";
    /// Sends the e-mail with the PDF.
    MailTickets { order: OrderId } = "mail_tickets";
    /// Sends the SMS with the short link.
    TextTickets { order: OrderId } = "text_tickets";
}
