//! Tickets: made for a paid order, put on paper, looked at and activated at the bus.
mod activate;
mod cabinet;
mod deliveries;
mod issue;
pub mod jobs;
mod look;
mod paper;
mod queries;
pub mod senders;

pub use activate::activate;
pub use cabinet::{day, departure};
pub use deliveries::{delivered, documents_ready, sent_before};
pub use issue::issue;
pub use look::look;
pub use paper::paper;

/// What the gate may be refused.
#[derive(Debug, thiserror::Error)]
pub enum GateError {
    #[error(transparent)]
    Forbidden(#[from] crate::accounts::Forbidden),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}
