//! How far an import is. These are told from outside the transaction that does it, which shows nothing before its end.
use super::queries;
use sapar_shared::{dto::import::ImportPhase, ids::ImportId};
use sqlx::PgConnection;

/// What was begun last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Read,
    Check,
    Tours,
    TicketTypes,
    Departures,
    Refresh,
}

/// All of them.
const STEPS: i32 = 6;

impl Step {
    const fn phase(self) -> ImportPhase {
        match self {
            Self::Read => ImportPhase::Read,
            Self::Check => ImportPhase::Check,
            Self::Tours | Self::TicketTypes | Self::Departures | Self::Refresh => ImportPhase::Write,
        }
    }
}

/// A worker took it. `false`: there is nothing to do any more.
pub async fn begin(conn: &mut PgConnection, id: ImportId) -> sqlx::Result<bool> {
    queries::begin(conn, id.0, STEPS).await
}

pub async fn tell(conn: &mut PgConnection, id: ImportId, step: Step) -> sqlx::Result<()> {
    queries::tell(conn, id.0, step.phase(), step as i32).await
}

/// It cannot be done, and was not.
pub async fn fail(conn: &mut PgConnection, id: ImportId) -> sqlx::Result<()> {
    queries::fail(conn, id.0).await
}
