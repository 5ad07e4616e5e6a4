use crate::{error::Tried, partner::desk::Desk, wire::Wire};
use leptos::prelude::*;
use sapar_shared::{
    Lang, Money,
    dto::desk::{MoveTarget, OrderDetail, OrdersPage, OrdersQuery},
    ids::{DepartureId, ListingId},
};

/// A page of the organisation's orders.
#[server(prefix = "/fn", endpoint = "cabinet-orders", input = Wire, output = Wire)]
pub async fn load_orders(lang: Lang, query: OrdersQuery) -> Tried<OrdersPage> {
    use crate::{
        partner::{api::door, desk::flat},
        request::unavailable,
    };
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let mut conn = services.conn().await.map_err(unavailable)?;
    Ok(flat(sapar_domain::orders::organisation_orders(&mut conn, &services.ctx, &actor, &query, lang).await))
}

/// What the list can be narrowed to.
#[server(prefix = "/fn", endpoint = "cabinet-order-listings", output = Wire)]
pub async fn load_listings(lang: Lang) -> Tried<Vec<(ListingId, String)>> {
    use crate::{
        partner::{api::door, desk::flat},
        request::unavailable,
    };
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let mut conn = services.conn().await.map_err(unavailable)?;
    Ok(flat(sapar_domain::orders::order_listings(&mut conn, &services.ctx, &actor, lang).await))
}

/// One order; `id` as it stands in the address.
#[server(prefix = "/fn", endpoint = "cabinet-order", output = Wire)]
pub async fn load_order(lang: Lang, id: String) -> Tried<OrderDetail> {
    use crate::{
        error::AppError,
        partner::{api::door, desk::flat},
        request::unavailable,
    };
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let Ok(id) = id.parse() else { return Ok(Err(AppError::NotFound)) };
    let mut conn = services.conn().await.map_err(unavailable)?;
    let found = sapar_domain::orders::organisation_order(&mut conn, &services.ctx, &actor, id, lang).await;
    Ok(flat(found).and_then(|found| found.ok_or(AppError::NotFound)))
}

#[server(prefix = "/fn", endpoint = "cabinet-note", output = Wire)]
pub async fn add_note(id: String, text: String) -> Desk<()> {
    use crate::{
        error::AppError,
        partner::{api::door, desk::outcome},
        request::unavailable,
    };
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let Ok(id) = id.parse() else { return Ok(Err(AppError::NotFound)) };
    let mut tx = services.begin().await.map_err(unavailable)?;
    let done = sapar_domain::orders::note(&mut tx, &services.ctx, &actor, id, &text).await;
    if done.is_ok() {
        tx.commit().await.map_err(unavailable)?;
    }
    Ok(outcome(done))
}

/// `channel` is `mail` or `sms`.
#[server(prefix = "/fn", endpoint = "cabinet-resend", output = Wire)]
pub async fn resend(id: String, channel: String) -> Desk<()> {
    use crate::{
        error::AppError,
        partner::{api::door, desk::outcome},
        request::unavailable,
    };
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let Ok(id) = id.parse() else { return Ok(Err(AppError::NotFound)) };
    let (mail, sms) = (channel == "mail", channel == "sms");
    let mut tx = services.begin().await.map_err(unavailable)?;
    let done = sapar_domain::tickets::resend(&mut tx, &services.ctx, &actor, id, mail, sms).await;
    if done.is_ok() {
        tx.commit().await.map_err(unavailable)?;
    }
    Ok(outcome(done))
}

#[server(prefix = "/fn", endpoint = "cabinet-rename", output = Wire)]
pub async fn rename(id: String, code: String, name: String) -> Desk<()> {
    use crate::{
        error::AppError,
        partner::{api::door, desk::outcome},
        request::unavailable,
    };
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let Ok(id) = id.parse() else { return Ok(Err(AppError::NotFound)) };
    let mut tx = services.begin().await.map_err(unavailable)?;
    let done = sapar_domain::tickets::rename(&mut tx, &services.ctx, &actor, id, &code, &name).await;
    if done.is_ok() {
        tx.commit().await.map_err(unavailable)?;
    }
    Ok(outcome(done))
}

/// Where the order's places on a departure may go.
#[server(prefix = "/fn", endpoint = "cabinet-move-targets", output = Wire)]
pub async fn load_targets(id: String, from: DepartureId) -> Desk<Vec<MoveTarget>> {
    use crate::{
        error::AppError,
        partner::{api::door, desk::outcome},
        request::unavailable,
    };
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let Ok(id) = id.parse() else { return Ok(Err(AppError::NotFound)) };
    let mut conn = services.conn().await.map_err(unavailable)?;
    Ok(outcome(sapar_domain::tickets::move_targets(&mut conn, &services.ctx, &actor, id, from).await))
}

/// Answers the difference in price. `paid` is a ticked box: absent from the form unless it is.
#[server(prefix = "/fn", endpoint = "cabinet-move", output = Wire)]
pub async fn move_order(id: String, from: DepartureId, to: String, #[server(default)] paid: String) -> Desk<Money> {
    use crate::{
        error::AppError,
        partner::{api::door, desk::outcome},
        request::unavailable,
    };
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let (Ok(id), Ok(to)) = (id.parse(), to.parse()) else { return Ok(Err(AppError::NotFound)) };
    let mut tx = services.begin().await.map_err(unavailable)?;
    let done = sapar_domain::tickets::move_order(&mut tx, &services.ctx, &actor, id, from, to, !paid.is_empty()).await;
    if done.is_ok() {
        tx.commit().await.map_err(unavailable)?;
    }
    Ok(outcome(done))
}
