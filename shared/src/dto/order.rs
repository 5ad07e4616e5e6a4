//! An order as the one who holds its link sees it.
use crate::{
    Lang, Money,
    ids::{DepartureId, OrderId, TicketTypeId},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// `held → awaiting_payment → paid → (completed | partly_refunded | refunded)`;
/// `held | awaiting_payment → failed | expired | cancelled`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    Held,
    AwaitingPayment,
    Paid,
    Completed,
    PartlyRefunded,
    Refunded,
    Failed,
    Expired,
    Cancelled,
}

impl OrderStatus {
    pub const ALL: [Self; 9] = [
        Self::Held,
        Self::AwaitingPayment,
        Self::Paid,
        Self::Completed,
        Self::PartlyRefunded,
        Self::Refunded,
        Self::Failed,
        Self::Expired,
        Self::Cancelled,
    ];

    /// The word in the database and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::AwaitingPayment => "awaiting_payment",
            Self::Paid => "paid",
            Self::Completed => "completed",
            Self::PartlyRefunded => "partly_refunded",
            Self::Refunded => "refunded",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }

    /// Places are taken out of stock but not paid.
    #[must_use]
    pub const fn holds_places(self) -> bool {
        matches!(self, Self::Held | Self::AwaitingPayment)
    }

    /// The order has, or will have within moments, tickets that let people on.
    #[must_use]
    pub const fn has_tickets(self) -> bool {
        matches!(self, Self::Paid | Self::Completed | Self::PartlyRefunded)
    }
}

/// `issued → activated`, `issued → void`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketStatus {
    Issued,
    Activated,
    Void,
}

impl TicketStatus {
    pub const ALL: [Self; 3] = [Self::Issued, Self::Activated, Self::Void];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Activated => "activated",
            Self::Void => "void",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
}

/// The failure of an order that was given up because its cart has chosen something else.
pub const REPLACED: &str = "replaced";

/// The failure of an order that was given up because one of its departures was called off.
pub const CALLED_OFF: &str = "called off";

/// The failure of a sale for cash that was taken back at the counter.
pub const UNDONE: &str = "undone";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderView {
    pub id: OrderId,
    pub token: String,
    /// The public number, safe to read out over the phone.
    pub number: String,
    pub lang: Lang,
    pub status: OrderStatus,
    #[serde(with = "crate::packed")]
    pub placed_at: Timestamp,
    /// The end of the hold, while there is one.
    #[serde(with = "crate::packed")]
    pub expires_at: Timestamp,
    /// The server's clock when this was read: a phone's own may be wrong.
    #[serde(with = "crate::packed")]
    pub now: Timestamp,
    pub total: Money,
    pub contact_name: String,
    pub contact_phone: String,
    pub contact_email: String,
    pub lines: Vec<OrderLineView>,
    pub tickets: Vec<TicketView>,
    /// Where the money is taken, while the order awaits it and the payment page could be reached.
    pub payment_url: Option<String>,
    /// The PDF has been made.
    pub documents_ready: bool,
    /// Why the last attempt failed, in the provider's words; or `REPLACED`, `CALLED_OFF`, `UNDONE`.
    pub failure: Option<String>,
    /// Money came after the hold had ended and the places were gone: it goes back by itself.
    pub late_money_returned: bool,
    /// Cancelling is possible and costs nothing.
    pub can_cancel: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLineView {
    pub departure_id: DepartureId,
    pub ticket_type_id: TicketTypeId,
    pub listing_slug: String,
    pub listing_title: String,
    pub ticket_type: String,
    #[serde(with = "crate::packed")]
    pub starts_at: Timestamp,
    #[serde(with = "crate::packed")]
    pub ends_at: Timestamp,
    pub quantity: i32,
    pub unit_price: Money,
    pub meeting_text: String,
    pub meeting_lat_e6: i32,
    pub meeting_lng_e6: i32,
    pub partner_name: String,
    pub partner_phone: String,
    pub free_cancel_hours: i32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketView {
    /// From 1 within the order.
    pub position: i32,
    /// Twelve letters, ungrouped.
    pub code: String,
    pub status: TicketStatus,
    pub listing_title: String,
    pub ticket_type: String,
    #[serde(with = "crate::packed")]
    pub starts_at: Timestamp,
    /// The QR code's dark modules as an SVG path on a grid of `qr_size` × `qr_size`.
    pub qr_path: String,
    pub qr_size: u32,
    #[serde(with = "crate::packed")]
    pub activated_at: Option<Timestamp>,
}

/// What placing an order answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    pub token: String,
    pub number: String,
    pub status: OrderStatus,
    #[serde(with = "crate::packed")]
    pub expires_at: Timestamp,
    pub total: Money,
    /// The provider's page; `None` when it could not be reached yet (the order page offers to try again).
    pub payment_url: Option<String>,
}
