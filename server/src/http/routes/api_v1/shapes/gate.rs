use super::ticket_status;
use jiff::Timestamp;
use sapar_shared::dto::{
    order::TicketStatus,
    partner::{Activation, DepartureDetail, DepartureRow, GateTicket, Passenger},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A departure of the organisation with all of its tickets.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct DepartureTickets {
    departure: GateDeparture,
    /// Void ones, too. By name.
    tickets: Vec<DepartureTicket>,
}

/// A departure as its organiser sees it.
#[derive(Debug, Serialize, ToSchema)]
struct GateDeparture {
    id: Uuid,
    title: String,
    starts_at: Timestamp,
    capacity: i32,
    sold: i32,
    /// Taken out of stock, not paid yet.
    held: i32,
    /// Tickets that were used.
    activated: i32,
}

/// A ticket in a departure's list.
#[derive(Debug, Serialize, ToSchema)]
struct DepartureTicket {
    #[schema(example = "7K2M9QXA03TB")]
    code: String,
    #[schema(schema_with = ticket_status)]
    status: TicketStatus,
    name: String,
    /// E.164.
    phone: String,
    ticket_type: String,
    order_number: String,
    activated_at: Option<Timestamp>,
}

/// How to activate.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub(in super::super) struct Activate {
    /// All tickets of the same order on the same departure, too.
    pub whole_order: bool,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    Activated,
    Already,
    Void,
    WrongDay,
}

/// What came of an activation.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct Activated {
    /// `activated`: let them on. `already`: used before, the ticket says when and by whom. `void`: given back.
    /// `wrong_day`: for another day, nothing was changed.
    outcome: Outcome,
    /// Tickets that this request activated.
    count: i32,
    ticket: ScannedTicket,
}

/// A ticket as the one at the bus sees it.
#[derive(Debug, Serialize, ToSchema)]
struct ScannedTicket {
    #[schema(example = "7K2M9QXA03TB")]
    code: String,
    #[schema(schema_with = ticket_status)]
    status: TicketStatus,
    title: String,
    ticket_type: String,
    name: String,
    departure_id: Uuid,
    starts_at: Timestamp,
    order_number: String,
    /// Tickets of its order on its departure.
    order_tickets: i32,
    /// Of those, not yet used nor void.
    order_open: i32,
    activated_at: Option<Timestamp>,
    activated_by: Option<String>,
}

impl From<DepartureDetail> for DepartureTickets {
    fn from(detail: DepartureDetail) -> Self {
        Self { departure: detail.departure.into(), tickets: detail.passengers.into_iter().map(Into::into).collect() }
    }
}

impl From<DepartureRow> for GateDeparture {
    fn from(row: DepartureRow) -> Self {
        Self {
            id: row.id.0,
            title: row.title,
            starts_at: row.starts_at,
            capacity: row.capacity,
            sold: row.sold,
            held: row.held,
            activated: row.activated,
        }
    }
}

impl From<Passenger> for DepartureTicket {
    fn from(passenger: Passenger) -> Self {
        Self {
            code: passenger.code,
            status: passenger.status,
            name: passenger.name,
            phone: passenger.phone,
            ticket_type: passenger.ticket_type,
            order_number: passenger.order_number,
            activated_at: passenger.activated_at,
        }
    }
}

impl Activated {
    /// `None`: no such ticket, or another organisation's.
    pub(in super::super) fn new(activation: Activation) -> Option<Self> {
        let (outcome, count, ticket) = match activation {
            Activation::Activated { count, ticket } => (Outcome::Activated, count, ticket),
            Activation::Already { ticket } => (Outcome::Already, 0, ticket),
            Activation::Void { ticket } => (Outcome::Void, 0, ticket),
            Activation::WrongDay { ticket } => (Outcome::WrongDay, 0, ticket),
            Activation::Foreign | Activation::Unknown => return None,
        };
        Some(Self { outcome, count, ticket: ticket.into() })
    }
}

impl From<GateTicket> for ScannedTicket {
    fn from(ticket: GateTicket) -> Self {
        Self {
            code: ticket.code,
            status: ticket.status,
            title: ticket.title,
            ticket_type: ticket.ticket_type,
            name: ticket.name,
            departure_id: ticket.departure_id.0,
            starts_at: ticket.starts_at,
            order_number: ticket.order_number,
            order_tickets: ticket.order_tickets,
            order_open: ticket.order_open,
            activated_at: ticket.activated_at,
            activated_by: ticket.activated_by,
        }
    }
}
