//! One ticket at the gate: what it is worth, and the button.
pub mod api;
pub mod card;
mod page;
pub mod verdict;

pub use page::{FindTicket, TicketPage};
