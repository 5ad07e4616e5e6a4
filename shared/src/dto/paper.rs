//! What is printed and mailed of a paid order: the input of the PDF, the pictures and the mails.
use crate::{Lang, Money};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A paid order on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderPaper {
    pub lang: Lang,
    pub number: String,
    /// Absolute address of the order's page.
    pub order_url: String,
    pub contact_name: String,
    pub contact_email: String,
    /// E.164.
    pub contact_phone: String,
    pub total: Money,
    pub paid_at: Option<Timestamp>,
    /// In the order of their positions.
    pub tickets: Vec<TicketPaper>,
}

/// One ticket on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketPaper {
    /// From 1 within the order.
    pub position: i32,
    /// Twelve letters, ungrouped.
    pub code: String,
    /// The absolute address in the QR code, about 160 characters.
    pub qr_url: String,
    pub title: String,
    pub ticket_type: String,
    pub price: Money,
    pub holder: String,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub meeting: String,
    pub meeting_lat_e6: i32,
    pub meeting_lng_e6: i32,
    pub partner_name: String,
    /// E.164.
    pub partner_phone: String,
    pub free_cancel_hours: i32,
}
