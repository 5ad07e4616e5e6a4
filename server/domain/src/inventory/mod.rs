//! Stock. The only room that touches the counters: it locks them in the order of their ids, late in the caller's
//! transaction and briefly, and the table's constraints hold `0 ≤ held + sold + elsewhere ≤ capacity` whatever the code does.
mod elsewhere;
mod queries;
mod shift;

use sapar_shared::ids::{DepartureId, TicketTypeId};

pub use elsewhere::{ElsewhereError, elsewhere_history, sell_elsewhere};
pub use shift::{give_back, hold, lock, release, sell_held, sell_now};

/// Places of one ticket type on one departure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    pub departure: DepartureId,
    pub ticket_type: TicketTypeId,
    pub quantity: i32,
}

/// What is left of a ticket type that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    pub ticket_type: TicketTypeId,
    pub places: i32,
}

#[derive(Debug, thiserror::Error)]
pub enum InventoryError {
    #[error("not enough places left")]
    SoldOut(Vec<Left>),
    #[error("no stock is kept for the departure")]
    NoStock,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}
