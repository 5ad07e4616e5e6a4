//! A member keeps filters no longer.
use super::{DeskError, queries_views as queries};
use crate::{accounts::Actor, kernel::Ctx};
use sapar_shared::{ids::SavedViewId, roles::Permission};
use sqlx::PgConnection;

/// One that is gone already, or is not the member's, is no error: it is not among theirs.
pub async fn delete_view(conn: &mut PgConnection, _ctx: &Ctx, actor: &Actor, view: SavedViewId) -> Result<(), DeskError> {
    let organisation = actor.require(Permission::SeeOrders)?;
    Ok(queries::delete(conn, organisation, actor.person()?, view).await?)
}
