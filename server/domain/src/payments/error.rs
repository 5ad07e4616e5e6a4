use super::provider::ProviderError;
use crate::{ledger::LedgerError, orders::OrderError};

#[derive(Debug, thiserror::Error)]
pub enum PaymentError {
    #[error(transparent)]
    Order(#[from] OrderError),
    #[error(transparent)]
    Provider(#[from] ProviderError),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// Step 2 was left out.
    #[error("the order has no contact yet")]
    NoContact,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}
