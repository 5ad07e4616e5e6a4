//! The filters of the list that a member keeps in the organisation, the oldest first.
use super::{DeskError, queries_views as queries};
use crate::{accounts::Actor, kernel::Ctx};
use sapar_shared::{dto::views::SavedView, roles::Permission};
use sqlx::PgConnection;

pub async fn saved_views(conn: &mut PgConnection, _ctx: &Ctx, actor: &Actor) -> Result<Vec<SavedView>, DeskError> {
    let organisation = actor.require(Permission::SeeOrders)?;
    Ok(queries::of_member(conn, organisation, actor.person()?).await?)
}
