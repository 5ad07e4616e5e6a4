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
    use crate::partner::{api::look, desk::flat};
    use sapar_domain::orders::counter;
    let (day, departure) = (day.parse().ok(), departure.parse().ok());
    Ok(look!(flat, |conn, ctx, actor| counter(conn, ctx, actor, day, departure, lang)))
}

/// Sells, or shows what an earlier request with the same key has sold.
#[server(prefix = "/fn", endpoint = "cabinet-sell", input = Wire, output = Wire)]
pub async fn sell(sale: CashSale) -> Desk<OrderView> {
    use crate::{
        error::AppError,
        partner::{api::within, desk::outcome},
    };
    use sapar_domain::{orders, tickets};
    let view = within!(outcome, |conn, ctx, actor| async {
        let order = tickets::sell_for_cash(conn, ctx, actor, &sale).await?;
        Ok(orders::find_by_id(conn, ctx, order, sale.lang).await?)
    });
    Ok(match view {
        Ok(Ok(view)) => view.ok_or(AppError::NotFound).map(Ok),
        Ok(Err(why)) => Ok(Err(why)),
        Err(error) => Err(error),
    })
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
    use crate::partner::api::within;
    use sapar_domain::inventory::sell_elsewhere;
    Ok(within!(told_elsewhere, |conn, ctx, actor| sell_elsewhere(conn, ctx, actor, departure, was, becomes)))
}

/// The last changes of that number, the newest first.
#[server(prefix = "/fn", endpoint = "cabinet-elsewhere-history", output = Wire)]
pub async fn load_elsewhere(departure: DepartureId) -> Tried<Vec<ElsewhereRow>> {
    use crate::{error::AppError, partner::api::look};
    use sapar_domain::inventory::elsewhere_history;
    let rows = look!(told_elsewhere, |conn, ctx, actor| elsewhere_history(conn, ctx, actor, departure));
    // Looking changes no stock, so nothing is refused for a reason of its own.
    Ok(rows.and_then(|rows| rows.map_err(|_| AppError::NotFound)))
}

#[cfg(feature = "ssr")]
fn told_elsewhere<T>(
    done: Result<T, sapar_domain::inventory::ElsewhereError>,
) -> Result<Result<T, sapar_shared::dto::desk::DeskRefusal>, crate::error::AppError> {
    use crate::{error::AppError, request::unavailable};
    use sapar_domain::inventory::ElsewhereError;
    use sapar_shared::dto::desk::DeskRefusal;
    match done {
        Ok(value) => Ok(Ok(value)),
        Err(ElsewhereError::Changed { now }) => Ok(Err(DeskRefusal::Changed { now })),
        Err(ElsewhereError::SoldOut { left }) => Ok(Err(DeskRefusal::SoldOut { left })),
        Err(ElsewhereError::NotFound) => Err(AppError::NotFound),
        Err(ElsewhereError::Forbidden(_)) => Err(AppError::Forbidden),
        Err(ElsewhereError::Database(cause)) => Err(unavailable(cause)),
    }
}
