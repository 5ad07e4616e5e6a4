//! The end of a sale at the counter that should not have been: tickets, money and places go back at once.
use super::jobs::TellVoid;
use crate::{
    accounts::Actor,
    inventory,
    kernel::{Ctx, jobs},
    orders::{self, DeskError},
    payments,
};
use sapar_shared::{dto::desk::UndoReason, ids::OrderId};
use sqlx::PgConnection;

/// Whoever sold it may for a while, managers and owners until the departure leaves, nobody once a ticket was used. `words` may
/// be empty, unless the reason is another one. Saying it twice does it once. On an error the caller must not commit.
///
/// The ledger has nothing to take back, for it never knew the sale.
pub async fn undo_sale(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    order: OrderId,
    why: UndoReason,
    words: &str,
) -> Result<(), DeskError> {
    let Some(back) = orders::take_back(&mut *conn, ctx, actor, order, why, words).await? else { return Ok(()) };
    payments::return_cash(&mut *conn, ctx, order).await?;
    if back.reachable {
        jobs::enqueue(&mut *conn, ctx, &TellVoid { order }, ctx.now()).await?;
    }
    // The counters come last, as everywhere.
    inventory::give_back(conn, &back.places).await?;
    Ok(())
}
