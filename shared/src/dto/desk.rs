//! The partner's desk: orders as the organisation that sold them sees them, and the sale for cash.
use crate::{
    Lang, Money,
    dto::order::{OrderStatus, TicketStatus},
    forms::cash::CashForm,
    ids::{DepartureId, ListingId, OrderId, TicketTypeId},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Who took the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The platform, by a payment provider.
    Online,
    /// The partner, at its counter.
    Cash,
}

impl Channel {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Cash => "cash",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Online, Self::Cash].into_iter().find(|channel| channel.as_str() == word)
    }
}

/// States of orders as somebody at the desk asks for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrderGroup {
    /// Held or on the way to payment.
    Open,
    Paid,
    Returned,
    /// Given up without money.
    Ended,
}

impl OrderGroup {
    pub const ALL: [Self; 4] = [Self::Open, Self::Paid, Self::Returned, Self::Ended];

    /// The word in the address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Paid => "paid",
            Self::Returned => "returned",
            Self::Ended => "ended",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.as_str() == word)
    }

    #[must_use]
    pub const fn of(status: OrderStatus) -> Self {
        match status {
            OrderStatus::Held | OrderStatus::AwaitingPayment => Self::Open,
            OrderStatus::Paid | OrderStatus::Completed | OrderStatus::PartlyRefunded => Self::Paid,
            OrderStatus::Refunded => Self::Returned,
            OrderStatus::Failed | OrderStatus::Expired | OrderStatus::Cancelled => Self::Ended,
        }
    }
}

/// Which orders; what is `None` or empty does not narrow. Without a group and without words those that ended without money
/// are left out: they are many, and nobody has to do anything about them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrdersQuery {
    /// A name, a phone, an order's number, a ticket's code.
    pub words: String,
    pub group: Option<OrderGroup>,
    /// Of departure, in Almaty.
    #[serde(with = "crate::packed")]
    pub day: Option<Date>,
    pub listing: Option<ListingId>,
    pub channel: Option<Channel>,
    /// Where the page before ended.
    pub after: Option<String>,
}

/// So many orders at most are chosen for one deed.
pub const MOST_AT_ONCE: usize = 100;

/// What came of sending the tickets of several orders.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResentMany {
    pub sent: Vec<OrderId>,
    /// `None`: something failed, and it may be tried again.
    pub refused: Vec<(OrderId, Option<DeskRefusal>)>,
}

/// An order in the list; money and places are the organisation's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OrderRow {
    pub id: OrderId,
    pub number: String,
    #[serde(with = "crate::packed")]
    pub placed_at: Timestamp,
    pub status: OrderStatus,
    pub channel: Channel,
    /// Empty when nobody said.
    pub name: String,
    /// E.164, or empty.
    pub phone: String,
    /// Of its first departure.
    pub title: String,
    #[serde(with = "crate::packed")]
    pub starts_at: Timestamp,
    pub quantity: i32,
    pub total: Money,
}

/// A page of orders, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrdersPage {
    pub rows: Vec<OrderRow>,
    pub next: Option<String>,
}

/// An order as the organisation that sold it, or a part of it, sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderDetail {
    pub id: OrderId,
    pub number: String,
    pub lang: Lang,
    pub status: OrderStatus,
    pub channel: Channel,
    #[serde(with = "crate::packed")]
    pub placed_at: Timestamp,
    #[serde(with = "crate::packed")]
    pub paid_at: Option<Timestamp>,
    /// The end of the hold.
    #[serde(with = "crate::packed")]
    pub expires_at: Timestamp,
    pub name: String,
    pub phone: String,
    pub email: String,
    /// The customer's own page; `None` when others sold a part of the order, too.
    pub link: Option<String>,
    pub lines: Vec<DetailLine>,
    pub tickets: Vec<DetailTicket>,
    /// Of the lines above.
    pub total: Money,
    pub payments: Vec<DetailPayment>,
    /// The newest first.
    pub history: Vec<HistoryRow>,
    /// Until when whoever looks may take the sale back; `None`: they may not.
    #[serde(with = "crate::packed")]
    pub undo: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailLine {
    pub departure_id: DepartureId,
    pub title: String,
    pub ticket_type: String,
    #[serde(with = "crate::packed")]
    pub starts_at: Timestamp,
    pub quantity: i32,
    pub unit_price: Money,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailTicket {
    pub code: String,
    pub holder: String,
    pub ticket_type: String,
    pub status: TicketStatus,
    pub departure_id: DepartureId,
    #[serde(with = "crate::packed")]
    pub activated_at: Option<Timestamp>,
    pub activated_by: Option<String>,
}

/// An attempt to collect the money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailPayment {
    /// `cash`, or the provider's name.
    pub provider: String,
    pub state: PaymentState,
    #[serde(with = "crate::packed")]
    pub at: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PaymentState {
    Waiting,
    Succeeded,
    Failed,
    /// On its way back, or there.
    Returned,
}

/// Who did what, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryRow {
    #[serde(with = "crate::packed")]
    pub at: Timestamp,
    /// `None`: the customer, or the house itself.
    pub by: Option<String>,
    pub what: Happening,
}

/// What happened to an order, as it is kept in `order_events`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    Paid,
    SoldForCash,
    /// The sale for cash was taken back; `words` may be empty.
    Undone {
        why: UndoReason,
        words: String,
    },
    Failed,
    Expired,
    Cancelled,
    Refunded,
    TicketsIssued,
    Activated {
        count: i32,
    },
    Resent {
        mail: bool,
        sms: bool,
    },
    Noted {
        text: String,
    },
    Renamed {
        code: String,
        from: String,
        to: String,
    },
    Moved {
        #[serde(with = "crate::packed")]
        from: Timestamp,
        #[serde(with = "crate::packed")]
        to: Timestamp,
        /// What the new places cost more (or, negative, less) than was paid up to then, earlier moves with it.
        difference: Money,
    },
}

/// So many seconds after the tickets went out one way nobody sends them that way again.
pub const RESEND_SECONDS: i64 = 30;

/// So many minutes after a sale for cash whoever made it may take it back.
pub const UNDO_MINUTES: i64 = 15;

/// Why a sale for cash is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UndoReason {
    /// Of whoever sold: another departure, too many tickets.
    Mistake,
    /// Of the buyer.
    ChangedMind,
    /// In words.
    Other,
}

impl UndoReason {
    pub const ALL: [Self; 3] = [Self::Mistake, Self::ChangedMind, Self::Other];

    /// The word in a form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mistake => "mistake",
            Self::ChangedMind => "changed_mind",
            Self::Other => "other",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == word)
    }
}

/// Where an order's places may be moved to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveTarget {
    pub departure_id: DepartureId,
    #[serde(with = "crate::packed")]
    pub starts_at: Timestamp,
    /// Places that this order could take there.
    pub free: i32,
    /// The places at today's prices less what was paid for them, when they were sold and as they moved.
    pub difference: Money,
}

/// Why something at the desk was not done; nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeskRefusal {
    /// The order is not paid, or was given back.
    NotPaid,
    /// A ticket was used already.
    Used,
    /// Tickets were sent again as often as a day allows.
    TooOften,
    /// Tickets went out the same way a moment ago.
    JustSent,
    /// No address to send to.
    NoAddress,
    /// Not a name.
    Name,
    /// Empty, or too long.
    Note,
    /// Another listing's departure, a cancelled one, or one that has left.
    NoDeparture,
    /// The departure has left.
    Left,
    /// The departure was called off.
    CalledOff,
    /// The order has places there already.
    AlreadyThere,
    /// So many places are left.
    SoldOut { left: i32 },
    /// The new places cost more, and nobody said that this difference was paid.
    CostsMore { difference: Money },
    /// Nothing to sell, or too many at once.
    Quantity,
    /// Fewer or more of a ticket type than one order may hold.
    Bounds { ticket_type: TicketTypeId, min: i32, max: i32 },
    /// So many of this ticket type are left.
    TypeSoldOut { ticket_type: TicketTypeId, left: i32 },
    /// It was not sold for cash: the money is not the partner's to give back.
    NotCash,
    /// Another member has sold it.
    NotYours,
    /// The time in which a sale can be taken back is over.
    TooLate,
    /// Another member changed it meanwhile: so many are counted now.
    Changed { now: i32 },
    /// Others sold the order, or a part of it.
    SoldByOthers,
    /// More orders than `MOST_AT_ONCE`.
    TooMany,
    /// A view's name: empty, too long, or nothing that can be read.
    ViewName,
    /// The member has a view of that name.
    ViewTaken,
    /// The member has `views::MOST` already.
    ViewsFull,
    /// No filter is set.
    ViewEmpty,
    /// The new places cost no more, and somebody said that a difference was paid.
    NothingToPay,
}

/// What a counter sells: a day's departures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    #[serde(with = "crate::packed")]
    pub day: Date,
    #[serde(with = "crate::packed")]
    pub today: Date,
    pub departures: Vec<CounterDeparture>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterDeparture {
    pub id: DepartureId,
    pub title: String,
    #[serde(with = "crate::packed")]
    pub starts_at: Timestamp,
    pub free: i32,
    pub types: Vec<CounterType>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterType {
    pub id: TicketTypeId,
    pub name: String,
    pub price: Money,
    pub free: i32,
    /// How many one order may hold, if it holds any.
    pub min: i32,
    pub max: i32,
}

/// A sale for cash as the counter's page sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashSale {
    /// Made by the page, one a sale: a second tap, or a repeat after a lost answer, meets the first sale.
    pub key: Uuid,
    /// Of the tickets.
    pub lang: Lang,
    pub departure: DepartureId,
    pub lines: Vec<(TicketTypeId, i32)>,
    pub contact: CashForm,
}

/// Places of a departure that were sold outside of Sapar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElsewhereRow {
    #[serde(with = "crate::packed")]
    pub at: Timestamp,
    pub by: String,
    pub was: i32,
    pub became: i32,
}

/// What on the day asks for a look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attention {
    /// Orders that wait for their money now.
    pub unpaid: i64,
    /// Orders whose mail or message could not be sent.
    pub unsent: Vec<(OrderId, String)>,
    /// Of orders placed today: by provider, and in cash; with what was handed over today where orders moved to dearer places.
    pub online: Money,
    pub cash: Money,
    /// Tours that leave soon and cannot be bought yet, the soonest first; for those who can see to it.
    pub unapproved: Vec<Unapproved>,
}

/// A tour that was never public and has a departure soon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unapproved {
    pub listing: ListingId,
    pub title: String,
    /// The next departure.
    #[serde(with = "crate::packed")]
    pub starts_at: Timestamp,
    pub stage: Stage,
}

/// What a tour waits for before it is on sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// To be handed in for review.
    Draft,
    /// The moderator's answer.
    InReview,
    /// To be mended.
    Rejected,
    /// Its organisation's activation.
    Approved,
}
