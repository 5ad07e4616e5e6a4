use crate::{
    accounts::Forbidden,
    inventory::{InventoryError, Left},
};
use sapar_shared::{
    dto::{desk::DeskRefusal, order::OrderStatus},
    forms::FieldErrors,
};

#[derive(Debug, thiserror::Error)]
pub enum OrderError {
    #[error("no such order")]
    NotFound,
    #[error("not enough places left")]
    SoldOut(Vec<Left>),
    /// The departure has left, was cancelled, is not published, or its sale is closed.
    #[error("not on sale")]
    NotOnSale,
    /// Fewer or more tickets than the listing sells at once.
    #[error("a quantity is out of bounds")]
    Quantity,
    #[error("the form has errors")]
    Form(FieldErrors),
    /// The order's state does not allow it.
    #[error("the order is {}", .0.as_str())]
    NotOpen(OrderStatus),
    /// Cancelling is no longer free, or a ticket was used.
    #[error("too late to cancel")]
    TooLate,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<InventoryError> for OrderError {
    fn from(error: InventoryError) -> Self {
        match error {
            InventoryError::SoldOut(left) => Self::SoldOut(left),
            InventoryError::NoStock => Self::NotOnSale,
            InventoryError::Database(error) => Self::Database(error),
        }
    }
}

/// What the desk may be refused.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// No such thing of this organisation.
    #[error("no such thing")]
    NotFound,
    #[error("the form has errors")]
    Form(FieldErrors),
    #[error("refused: {0:?}")]
    Refused(DeskRefusal),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<DeskRefusal> for DeskError {
    fn from(refusal: DeskRefusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<InventoryError> for DeskError {
    fn from(error: InventoryError) -> Self {
        match error {
            InventoryError::SoldOut(left) => {
                DeskRefusal::SoldOut { left: left.iter().map(|l| l.places).min().unwrap_or(0) }.into()
            }
            InventoryError::NoStock => DeskRefusal::NoDeparture.into(),
            InventoryError::Database(error) => Self::Database(error),
        }
    }
}
