//! Tours, ticket types and departures that come in as a file.
//!
//! An import moves `faulty`, or `ready → queued → running → done → undone`; `running → faulty` where something changed while it
//! waited, `running → failed` where its file cannot be had. The file lies in the object store (`file_path`) and is read by the
//! edge; here its rows are checked as a whole and written in one transaction, so that nothing is ever half imported.
mod cells;
mod check;
mod check_departures;
mod check_ticket_types;
mod check_tours;
mod choices;
mod errors;
mod import;
pub mod jobs;
mod known;
mod list;
mod names;
mod plan;
mod queries;
mod queries_known;
mod queries_undo;
mod queries_write;
mod receive;
mod start;
mod steps;
mod undo;
mod view;
mod write;

pub use choices::{TemplateChoices, choices};
pub use errors::errors;
pub use import::{Imported, import};
pub use list::list;
pub use receive::{Received, may_receive, receive};
pub use start::start;
pub use steps::{Step, begin, fail, tell};
pub use undo::undo;
pub use view::view;

use crate::accounts::Forbidden;
use sapar_shared::{dto::import::ImportState, ids::ImportId};

/// Why an import was not done as asked.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// No such import of the actor's organisation.
    #[error("not found")]
    NotFound,
    /// Where it stands does not allow it.
    #[error("the import is {0:?}")]
    State(ImportState),
    /// Another one of the organisation is under way.
    #[error("another import is under way")]
    Busy,
    /// Somebody made the same between the check and the writing.
    #[error("something was made meanwhile")]
    Changed,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Where the file lies in the object store.
#[must_use]
pub fn file_path(id: ImportId) -> String {
    format!("imports/{id}.xlsx")
}
