use super::{Amount, lang, order_status, ticket_status};
use jiff::Timestamp;
use sapar_domain::kernel::Ctx;
use sapar_shared::{
    Lang,
    dto::order::{OrderLineView, OrderStatus, OrderView, TicketStatus, TicketView},
    forms::checkout::{CartLine, ContactForm, PlaceOrder},
    paths,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// An order to be placed. Prices are ours to say.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({
    "lang": "ru",
    "contact": { "name": "Айгүл Сәтбаева", "phone": "+7 701 123 45 67", "email": "aigul@example.kz" },
    "lines": [{ "departure_id": "019a9b6e-7c1d-7e2b-9a40-5a1f3d2c4b01", "ticket_type_id": "019a9b6e-7c1d-7e2b-9a40-5a1f3d2c4b02", "quantity": 2 }]
}))]
pub(in super::super) struct NewOrder {
    /// The language of the mails, messages and tickets.
    #[schema(schema_with = lang)]
    lang: Lang,
    contact: NewContact,
    /// 1 to 100.
    lines: Vec<NewLine>,
}

/// Who gets the tickets.
#[derive(Debug, Deserialize, ToSchema)]
struct NewContact {
    /// 2 to 100 characters.
    #[serde(default)]
    name: String,
    /// With the country's code; without one it is taken for Kazakhstan's.
    #[serde(default)]
    phone: String,
    #[serde(default)]
    email: String,
}

/// Tickets of one kind for one departure.
#[derive(Debug, Deserialize, ToSchema)]
struct NewLine {
    departure_id: Uuid,
    ticket_type_id: Uuid,
    #[schema(minimum = 1, maximum = 50)]
    quantity: i32,
}

impl From<NewOrder> for PlaceOrder {
    fn from(order: NewOrder) -> Self {
        let NewContact { name, phone, email } = order.contact;
        let line = |l: NewLine| CartLine {
            departure_id: l.departure_id.into(),
            ticket_type_id: l.ticket_type_id.into(),
            quantity: l.quantity,
        };
        Self { lang: order.lang, contact: ContactForm { name, phone, email }, lines: order.lines.into_iter().map(line).collect() }
    }
}

/// A placed order: its places are held for an hour.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct PlacedOrder {
    /// Opens the order here and its page at `/{lang}/orders/{token}`. Whoever has it has the tickets.
    pub token: String,
    /// The public number, safe to read out.
    pub number: String,
    #[schema(schema_with = order_status)]
    pub status: OrderStatus,
    /// The end of the hold.
    pub expires_at: Timestamp,
    pub total: Amount,
    /// Send the customer here. The order's own page where the payment page cannot be reached now: it offers to try again.
    pub payment_url: String,
}

/// An order as the holder of its token sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct Order {
    token: String,
    number: String,
    #[schema(schema_with = order_status)]
    status: OrderStatus,
    placed_at: Timestamp,
    expires_at: Timestamp,
    total: Amount,
    lines: Vec<OrderLine>,
    /// Empty until the order is paid, and then for some moments still.
    tickets: Vec<Ticket>,
    /// Where to pay while the order awaits it, else null.
    payment_url: Option<String>,
    /// All tickets in one PDF; null until there are tickets.
    pdf_url: Option<String>,
    /// The page where people see the order.
    page_url: String,
    /// Why the last payment failed, in the provider's words.
    failure: Option<String>,
    /// Cancelling is possible and costs nothing.
    can_cancel: bool,
    /// Money came after the hold had ended and the places were gone: it goes back by itself.
    late_money_returned: bool,
}

/// Tickets of one kind in an order.
#[derive(Debug, Serialize, ToSchema)]
struct OrderLine {
    listing_slug: String,
    listing_title: String,
    departure_id: Uuid,
    starts_at: Timestamp,
    ends_at: Timestamp,
    ticket_type_id: Uuid,
    ticket_type: String,
    quantity: i32,
    unit_price: Amount,
}

/// One person's right to one place.
#[derive(Debug, Serialize, ToSchema)]
struct Ticket {
    #[schema(example = "7K2M9QXA03TB")]
    code: String,
    #[schema(schema_with = ticket_status)]
    status: TicketStatus,
    ticket_type: String,
    listing_title: String,
    starts_at: Timestamp,
    activated_at: Option<Timestamp>,
}

impl Order {
    pub(in super::super) fn new(order: OrderView, ctx: &Ctx) -> Self {
        let page_url = ctx.url(&paths::order(order.lang, &order.token));
        let has_papers = order.status.has_tickets() && !order.tickets.is_empty();
        let payable = order.status.holds_places() && order.expires_at > order.now;
        Self {
            pdf_url: has_papers.then(|| ctx.url(&paths::order_pdf(&order.token))),
            // Its page can start the payment again where there is none now.
            payment_url: payable.then(|| order.payment_url.unwrap_or_else(|| page_url.clone())),
            page_url,
            token: order.token,
            number: order.number,
            status: order.status,
            placed_at: order.placed_at,
            expires_at: order.expires_at,
            total: order.total.into(),
            lines: order.lines.into_iter().map(Into::into).collect(),
            tickets: order.tickets.into_iter().map(Into::into).collect(),
            failure: order.failure,
            can_cancel: order.can_cancel,
            late_money_returned: order.late_money_returned,
        }
    }
}

impl From<OrderLineView> for OrderLine {
    fn from(line: OrderLineView) -> Self {
        Self {
            listing_slug: line.listing_slug,
            listing_title: line.listing_title,
            departure_id: line.departure_id.0,
            starts_at: line.starts_at,
            ends_at: line.ends_at,
            ticket_type_id: line.ticket_type_id.0,
            ticket_type: line.ticket_type,
            quantity: line.quantity,
            unit_price: line.unit_price.into(),
        }
    }
}

impl From<TicketView> for Ticket {
    fn from(ticket: TicketView) -> Self {
        Self {
            code: ticket.code,
            status: ticket.status,
            ticket_type: ticket.ticket_type,
            listing_title: ticket.listing_title,
            starts_at: ticket.starts_at,
            activated_at: ticket.activated_at,
        }
    }
}
