//! Filters of the list are kept under a name.
use super::{
    DeskError,
    queries_views::{self as queries, New},
};
use crate::{
    accounts::{Actor, Forbidden},
    kernel::Ctx,
};
use sapar_shared::{
    dto::{
        desk::{DeskRefusal, OrdersQuery},
        views::{self, SavedView},
    },
    roles::Permission,
};
use sqlx::PgConnection;

/// Of `query` what a view keeps. `NotFound`: it names another organisation's listing.
pub async fn save_view(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    name: &str,
    query: &OrdersQuery,
) -> Result<SavedView, DeskError> {
    let organisation = actor.require(Permission::SeeOrders)?;
    let account = actor.person()?;
    let name = views::name(name).ok_or(DeskRefusal::ViewName)?;
    let query = query.filters();
    if query == OrdersQuery::default() {
        return Err(DeskRefusal::ViewEmpty.into());
    }
    // Of two that are saved at once the later one counts the earlier.
    if !queries::lock_member(&mut *conn, organisation, account).await? {
        return Err(Forbidden.into());
    }
    let place = queries::free_place(&mut *conn, organisation, account).await?.ok_or(DeskRefusal::ViewsFull)?;
    let saved = SavedView { id: ctx.id().into(), name, query };
    queries::insert(conn, &New { organisation, account, place, at: ctx.now(), view: &saved }).await?;
    Ok(saved)
}
