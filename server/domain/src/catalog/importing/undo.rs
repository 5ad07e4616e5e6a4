//! Taking an import back.
use super::{ImportError, queries, queries_undo as undoing};
use crate::{accounts::Actor, catalog::refresh_listings, inventory, kernel::Ctx};
use sapar_shared::{
    Lang,
    dto::import::{ImportState, Obstacle, Undone},
    ids::{DepartureId, ImportId, ListingId, TicketTypeId},
    roles::Permission,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// Everything that it made goes, with what was done to its tours since, unless anything of it was ordered or handed in for
/// review: then all of it stays, and the answer tells what is in the way.
pub async fn undo(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, lang: Lang, id: ImportId) -> Result<Undone, ImportError> {
    let organisation = actor.require(Permission::EditListings)?;
    match queries::lock(&mut *conn, organisation.0, id.0).await?.ok_or(ImportError::NotFound)? {
        ImportState::Done => {}
        ImportState::Undone => return Ok(Undone::Gone),
        state => return Err(ImportError::State(state)),
    }
    let listings = undoing::lock_listings(&mut *conn, id.0).await?;
    let made: Vec<Uuid> = listings.iter().filter(|listing| listing.made).map(|listing| listing.id).collect();
    let departures = undoing::lock_departures(&mut *conn, id.0, &made).await?;
    let ticket_types = undoing::ticket_types(&mut *conn, id.0, &made).await?;
    let (stopped, uncounted): (Vec<DepartureId>, Vec<TicketTypeId>) =
        (departures.iter().map(|id| DepartureId(*id)).collect(), ticket_types.iter().map(|id| TicketTypeId(*id)).collect());
    // Stock comes last, and with it whoever is about to buy waits.
    inventory::lock_for_good(&mut *conn, &stopped, &uncounted).await?;
    let obstacles = obstacles(&mut *conn, lang, &made, &departures, &ticket_types).await?;
    if !obstacles.is_empty() {
        return Ok(Undone::Kept(obstacles));
    }
    inventory::forget(&mut *conn, &stopped, &uncounted).await?;
    undoing::delete(&mut *conn, &made, &departures, &ticket_types).await?;
    let left: Vec<ListingId> = listings.iter().filter(|listing| !listing.made).map(|listing| listing.id.into()).collect();
    refresh_listings(&mut *conn, ctx, &left).await?;
    queries::undone(conn, id.0, actor.account.map(|account| account.0), ctx.now()).await?;
    Ok(Undone::Gone)
}

/// The first of each kind.
async fn obstacles(
    conn: &mut PgConnection,
    lang: Lang,
    made: &[Uuid],
    departures: &[Uuid],
    ticket_types: &[Uuid],
) -> sqlx::Result<Vec<Obstacle>> {
    let mut found = undoing::submitted(&mut *conn, lang.code(), made).await?;
    found.extend(undoing::ordered_departures(&mut *conn, lang.code(), departures).await?);
    found.extend(undoing::ordered_types(conn, lang.code(), ticket_types, departures).await?);
    Ok(found)
}
