use crate::{error::Tried, partner::desk::Desk, wire::Wire};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::{
        desk::{CashSale, Counter, ElsewhereRow, UndoReason},
        order::OrderView,
    },
    ids::{DepartureId, OrderId},
};

/// A day's departures with what can be sold; `day` as `2026-12-05`, anything else is today. A departure that is named brings its
/// own day.
#[server(prefix = "/fn", endpoint = "cabinet-counter", output = Wire)]
pub async fn load_counter(lang: Lang, day: String, departure: String) -> Tried<Counter> {
    use crate::{
        partner::{api::door, desk::flat},
        request::unavailable,
    };
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let (day, departure) = (day.parse().ok(), departure.parse().ok());
    let mut conn = services.conn().await.map_err(unavailable)?;
    Ok(flat(sapar_domain::orders::counter(&mut conn, &services.ctx, &actor, day, departure, lang).await))
}

/// Sells, or shows what an earlier request with the same key has sold.
#[server(prefix = "/fn", endpoint = "cabinet-sell", input = Wire, output = Wire)]
pub async fn sell(sale: CashSale) -> Desk<OrderView> {
    use crate::{
        error::AppError,
        partner::{api::door, desk::outcome},
        request::unavailable,
    };
    use sapar_domain::{orders, tickets};
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let mut tx = services.begin().await.map_err(unavailable)?;
    let order = match outcome(tickets::sell_for_cash(&mut tx, &services.ctx, &actor, &sale).await) {
        Ok(Ok(order)) => order,
        Ok(Err(why)) => return Ok(Ok(Err(why))),
        Err(error) => return Ok(Err(error)),
    };
    let view = orders::find_by_id(&mut tx, &services.ctx, order, sale.lang).await.map_err(unavailable)?;
    tx.commit().await.map_err(unavailable)?;
    Ok(view.ok_or(AppError::NotFound).map(Ok))
}

/// Takes a sale back; one that was taken back before stays so.
#[server(prefix = "/fn", endpoint = "cabinet-undo", input = Wire, output = Wire)]
pub async fn undo(id: OrderId, why: UndoReason, words: String) -> Desk<()> {
    use crate::{
        partner::{api::door, desk::outcome},
        request::unavailable,
    };
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let mut tx = services.begin().await.map_err(unavailable)?;
    let done = sapar_domain::tickets::undo_sale(&mut tx, &services.ctx, &actor, id, why, &words).await;
    if done.is_ok() {
        tx.commit().await.map_err(unavailable)?;
    }
    Ok(outcome(done))
}

/// Counts so many places of the departure as sold elsewhere, which were `was` when the page was drawn.
#[server(prefix = "/fn", endpoint = "cabinet-elsewhere", output = Wire)]
pub async fn set_elsewhere(departure: DepartureId, was: i32, becomes: i32) -> Desk<i32> {
    use crate::{error::AppError, partner::api::door, request::unavailable};
    use sapar_domain::inventory::{self, ElsewhereError};
    use sapar_shared::dto::desk::DeskRefusal;
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let mut tx = services.begin().await.map_err(unavailable)?;
    let done = inventory::sell_elsewhere(&mut tx, &services.ctx, &actor, departure, was, becomes).await;
    if done.is_ok() {
        tx.commit().await.map_err(unavailable)?;
    }
    Ok(match done {
        Ok(now) => Ok(Ok(now)),
        Err(ElsewhereError::Changed { now }) => Ok(Err(DeskRefusal::Changed { now })),
        Err(ElsewhereError::SoldOut { left }) => Ok(Err(DeskRefusal::SoldOut { left })),
        Err(ElsewhereError::NotFound) => Err(AppError::NotFound),
        Err(ElsewhereError::Forbidden(_)) => Err(AppError::Forbidden),
        Err(ElsewhereError::Database(cause)) => Err(unavailable(cause)),
    })
}

/// The last changes of that number, the newest first.
#[server(prefix = "/fn", endpoint = "cabinet-elsewhere-history", output = Wire)]
pub async fn load_elsewhere(departure: DepartureId) -> Tried<Vec<ElsewhereRow>> {
    use crate::{error::AppError, partner::api::door, request::unavailable};
    use sapar_domain::inventory::{self, ElsewhereError};
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let mut conn = services.conn().await.map_err(unavailable)?;
    Ok(match inventory::elsewhere_history(&mut conn, &services.ctx, &actor, departure).await {
        Ok(rows) => Ok(rows),
        Err(ElsewhereError::Forbidden(_)) => Err(AppError::Forbidden),
        Err(ElsewhereError::Database(cause)) => Err(unavailable(cause)),
        Err(_) => Err(AppError::NotFound),
    })
}
