//! When a tour runs: departures made, moved, copied, called off. What becomes of their places is `inventory`'s.
mod add;
mod cancel;
mod copy;
mod list;
mod queries;
mod reschedule;
mod set_capacity;

pub(super) use add::MAX_SPAN;
pub use add::add_departures;
pub use cancel::cancel_departure;
pub use copy::copy_departures;
pub use list::list_departures;
pub use reschedule::move_departure;
pub use set_capacity::set_capacity;

use super::{ListingStatus, editing::EditError};
use crate::{accounts::Actor, kernel::Ctx};
use queries::DepartureRow;
use sapar_shared::{dto::editor::StockRefusal, ids::DepartureId, roles::Permission};
use sqlx::PgConnection;
use uuid::Uuid;

/// The departures, as their listings' rows are locked: nobody else plans them meanwhile. In the order of their starts.
async fn lock(conn: &mut PgConnection, actor: &Actor, ids: &[DepartureId]) -> Result<Vec<DepartureRow>, EditError> {
    let organisation = actor.require(Permission::EditListings)?;
    let mut ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    ids.sort_unstable();
    ids.dedup();
    queries::lock_listings(&mut *conn, organisation.0, &ids).await?;
    let rows = queries::departures(conn, organisation.0, &ids).await?;
    if rows.len() != ids.len() {
        return Err(EditError::NotFound);
    }
    match rows.iter().find(|row| row.archived) {
        Some(_) => Err(EditError::Status(ListingStatus::Archived)),
        None => Ok(rows),
    }
}

/// Only what is still to come changes.
fn coming(ctx: &Ctx, row: &DepartureRow) -> Result<(), EditError> {
    if row.cancelled {
        return Err(EditError::Stock(StockRefusal::Cancelled));
    }
    if row.starts_at.to_jiff() <= ctx.now() {
        return Err(EditError::Stock(StockRefusal::Left));
    }
    Ok(())
}
