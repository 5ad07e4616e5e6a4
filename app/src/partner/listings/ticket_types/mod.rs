//! The ticket types of one tour: up to a hundred rows that are saved together, by one button.
mod bulk;
mod card;
mod clashes;
mod faults;
mod list;
mod saving;
mod state;

pub use list::TicketTypes;
