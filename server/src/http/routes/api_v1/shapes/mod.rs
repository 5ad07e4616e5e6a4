//! The API's shapes. They are its own, so that pages may change theirs without breaking anybody's program.
mod gate;
mod listing;
mod order;

pub(super) use gate::{Activate, Activated, DepartureTickets};
pub(super) use listing::{Listing, Listings};
pub(super) use order::{NewOrder, Order, PlacedOrder};

use sapar_shared::{
    Lang, Money,
    dto::order::{OrderStatus, TicketStatus},
    money::Currency,
};
use serde::Serialize;
use utoipa::{
    ToSchema,
    openapi::schema::{Object, ObjectBuilder, Type},
};

/// An amount of money.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Amount {
    /// Whole tiyn: 100 of them are 1 ₸.
    #[schema(example = 1_250_000)]
    amount: i64,
    /// ISO 4217.
    #[schema(example = "KZT")]
    currency: &'static str,
}

impl From<Money> for Amount {
    fn from(money: Money) -> Self {
        Self { amount: money.tiyn(), currency: Currency::Kzt.code() }
    }
}

fn words<const N: usize>(words: [&'static str; N]) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build()
}

fn order_status() -> Object {
    words(OrderStatus::ALL.map(OrderStatus::as_str))
}

fn ticket_status() -> Object {
    words(TicketStatus::ALL.map(TicketStatus::as_str))
}

fn lang() -> Object {
    words(Lang::ALL.map(Lang::code))
}
