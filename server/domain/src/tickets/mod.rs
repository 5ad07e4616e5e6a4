//! Tickets.
pub mod senders;
