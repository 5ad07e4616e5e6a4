//! Stock. The only room that touches the counters: it locks them in the order of their ids, late in the caller's
//! transaction and briefly, and the table's constraints hold `0 ≤ held + sold + elsewhere ≤ capacity` whatever the code does.
mod add_quotas;
mod close;
mod elsewhere;
mod forget;
mod queries;
mod queries_plan;
mod set_capacity;
mod set_quotas;
mod shift;
mod taken;

use sapar_shared::ids::{DepartureId, TicketTypeId};

pub use add_quotas::add_quotas;
pub use close::close;
pub use elsewhere::{ElsewhereError, elsewhere_history, sell_elsewhere};
pub use forget::{forget, lock_for_good};
pub use set_capacity::set_capacity;
pub use set_quotas::set_quotas;
pub use shift::{give_back, hold, lock, release, sell_held, sell_now};
pub use taken::taken;

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

/// Why a capacity or a quota was not changed.
#[derive(Debug, thiserror::Error)]
pub enum CapacityError {
    /// The first of the departures that has more places held or sold.
    #[error("{taken} places are taken")]
    BelowTaken { departure: DepartureId, taken: i32 },
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}
