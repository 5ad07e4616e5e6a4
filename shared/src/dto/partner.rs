//! The cabinet's shapes.
use crate::{
    dto::{
        order::TicketStatus,
        organisation::{Membership, OrganisationStatus},
    },
    ids::{AccountId, DepartureId, OrderId, OrganisationId},
    roles::Role,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Who is signed in, for the frame of the cabinet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    pub account: AccountId,
    pub name: String,
    pub email: String,
    pub organisation_id: OrganisationId,
    pub organisation: String,
    /// The address of its logo in the smallest size.
    pub logo: Option<String>,
    pub role: Role,
    pub status: OrganisationStatus,
    /// Why the organisation is blocked, for those who may edit it.
    pub block_remark: Option<String>,
    /// All organisations that one belongs to, this one too.
    pub organisations: Vec<Membership>,
}

/// A day's departures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    #[serde(with = "crate::packed")]
    pub day: Date,
    #[serde(with = "crate::packed")]
    pub today: Date,
    /// The server's clock.
    #[serde(with = "crate::packed")]
    pub now: Timestamp,
    pub departures: Vec<DepartureRow>,
    /// The next day that has departures, when this one has none.
    #[serde(with = "crate::packed")]
    pub next_day: Option<Date>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartureRow {
    pub id: DepartureId,
    pub title: String,
    #[serde(with = "crate::packed")]
    pub starts_at: Timestamp,
    pub capacity: i32,
    pub sold: i32,
    pub held: i32,
    /// Sold outside of Sapar.
    pub elsewhere: i32,
    pub activated: i32,
}

/// A departure with its passengers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartureDetail {
    pub departure: DepartureRow,
    pub passengers: Vec<Passenger>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passenger {
    pub code: String,
    pub name: String,
    /// E.164.
    pub phone: String,
    pub ticket_type: String,
    pub order: OrderId,
    pub order_number: String,
    pub status: TicketStatus,
    #[serde(with = "crate::packed")]
    pub activated_at: Option<Timestamp>,
}

/// A ticket as the one at the bus sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateTicket {
    pub code: String,
    pub status: TicketStatus,
    pub title: String,
    pub ticket_type: String,
    pub name: String,
    pub departure_id: DepartureId,
    #[serde(with = "crate::packed")]
    pub starts_at: Timestamp,
    /// It is for today (Almaty) and may be let on.
    pub right_day: bool,
    pub order_number: String,
    pub order_tickets: i32,
    /// Of those, not yet activated nor void.
    pub order_open: i32,
    #[serde(with = "crate::packed")]
    pub activated_at: Option<Timestamp>,
    pub activated_by: Option<String>,
}

/// What came of an activation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]

pub enum Activation {
    /// Let on now: `count` tickets.
    Activated {
        count: i32,
        ticket: GateTicket,
    },
    /// Used before; the ticket says when and by whom.
    Already {
        ticket: GateTicket,
    },
    Void {
        ticket: GateTicket,
    },
    WrongDay {
        ticket: GateTicket,
    },
    /// Another organisation's ticket, shown with our signature: the gate learns no more of it.
    Foreign,
    /// No such code of this organisation, or a broken signature.
    Unknown,
}

/// What a look at a ticket comes to.
// Nearly every one finds a ticket: a box would only be opened.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Look {
    Ticket(GateTicket),
    /// As of an activation.
    Foreign,
    #[default]
    Unknown,
}
