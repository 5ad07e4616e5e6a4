//! Tickets: made for a paid order, put on paper, looked at and activated at the bus.
mod activate;
mod cabinet;
mod deliveries;
mod issue;
pub mod jobs;
mod lists;
mod look;
mod move_order;
mod paper;
mod queries;
mod queries_desk;
mod rename;
mod resend;
mod resend_many;
mod sell_for_cash;
pub mod senders;
mod undo_sale;

pub use activate::activate;
pub use cabinet::{day, departure};
pub use deliveries::{delivered, documents_ready, sent_before};
pub use issue::issue;
pub use lists::{After, boarding, list_head, list_part, papers_version};
pub use look::look;
pub use move_order::{move_order, move_targets};
pub use paper::paper;
pub use rename::rename;
pub use resend::resend;
pub use resend_many::resend_many;
pub use sell_for_cash::sell_for_cash;
pub use undo_sale::undo_sale;

/// What the gate may be refused.
#[derive(Debug, thiserror::Error)]
pub enum GateError {
    #[error(transparent)]
    Forbidden(#[from] crate::accounts::Forbidden),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}
