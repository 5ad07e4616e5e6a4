//! What the cabinet shows of an import: a file, what was understood of it, how far it is.
use crate::{ids::ImportId, sheets::CellError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The largest file, in bytes.
pub const MAX_FILE: usize = 5 * 1024 * 1024;
/// Errors that are kept of a file. Whoever has more mends these first.
pub const MAX_ERRORS: usize = 2_000;
/// Errors that a page shows; the corrected file has all that are kept.
pub const SHOWN_ERRORS: usize = 50;
/// Tours of which a page shows what was understood: so many of the known and so many new ones.
pub const SHOWN_TOURS: usize = 10;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportState {
    /// Something in it must be mended.
    Faulty,
    /// Checked, and waits for the word.
    Ready,
    /// A worker will take it.
    Queued,
    Running,
    Done,
    /// It could not be done; nothing of it was written.
    Failed,
    Undone,
}

/// What a running one is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportPhase {
    Read,
    Check,
    Write,
}

/// How much a file brings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCounts {
    pub tours: i32,
    pub ticket_types: i32,
    pub departures: i32,
}

/// A tour as it was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedTour {
    pub title: String,
    /// It will be made; else ticket types or departures come to one that is there.
    pub is_new: bool,
    pub ticket_types: i32,
    pub departures: i32,
}

/// A row of the list of imports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRow {
    pub id: ImportId,
    pub file_name: String,
    pub state: ImportState,
    pub counts: ImportCounts,
    pub errors: i32,
    pub by: String,
    #[serde(with = "crate::packed")]
    pub created_at: Timestamp,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportList {
    pub rows: Vec<ImportRow>,
    pub next_cursor: Option<String>,
}

/// Everything that a page shows of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    pub row: ImportRow,
    pub phase: Option<ImportPhase>,
    /// Of `total` steps; both 0 before it runs.
    pub done: i32,
    pub total: i32,
    /// The first of them.
    pub errors: Vec<CellError>,
    /// The first tours: known ones, of these one more than is shown where there are more, and new ones.
    pub tours: Vec<ImportedTour>,
}

/// What came of taking an import back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Undone {
    Gone,
    /// These stand in the way; nothing was changed.
    Kept(Vec<Obstacle>),
}

/// Why an import is not taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Obstacle {
    /// Somebody ordered a departure that it made.
    Departure {
        title: String,
        #[serde(with = "crate::packed")]
        starts_at: Timestamp,
    },
    /// Somebody ordered a ticket type that it made.
    TicketType { title: String, name: String },
    /// A tour that it made was sent for review.
    Submitted { title: String },
}
