use crate::{accounts::Forbidden, catalog::ListingStatus};
use sapar_shared::dto::editor::{Problem, ProblemKind, StockRefusal};

/// Why a listing was not changed as asked.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// No such listing or departure of the actor's organisation.
    #[error("not found")]
    NotFound,
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// Its status does not allow it. `InReview` also for a published one whose edits wait.
    #[error("the listing is {}", .0.as_str())]
    Status(ListingStatus),
    #[error("{} fields are not right", .0.len())]
    Problems(Vec<Problem>),
    #[error("the stock is not changed: {0:?}")]
    Stock(StockRefusal),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// A field that is refused.
pub(in crate::catalog) fn wrong(field: impl Into<String>, kind: ProblemKind) -> Problem {
    Problem { field: field.into(), kind, blocks: true }
}

/// Refuses if anything is wrong.
pub(in crate::catalog) fn none_of(wrong: Vec<Problem>) -> Result<(), EditError> {
    if wrong.is_empty() { Ok(()) } else { Err(EditError::Problems(wrong)) }
}
