use crate::{error::Tried, partner::desk::Desk, wire::Wire};
use leptos::prelude::*;
use sapar_shared::{
    Lang, Money,
    dto::{
        desk::{MoveTarget, OrderDetail, OrdersPage, OrdersQuery, ResentMany},
        views::SavedView,
    },
    ids::{DepartureId, ListingId, OrderId, SavedViewId},
};

#[cfg(feature = "ssr")]
use crate::{
    error::AppError,
    partner::{
        api::{door, look, within},
        desk::{flat, outcome},
    },
};

/// A page of the organisation's orders.
#[server(prefix = "/fn", endpoint = "cabinet-orders", input = Wire, output = Wire)]
pub async fn load_orders(lang: Lang, query: OrdersQuery) -> Tried<OrdersPage> {
    use sapar_domain::orders::organisation_orders;
    Ok(look!(flat, |conn, ctx, actor| organisation_orders(conn, ctx, actor, &query, lang)))
}

/// What the list can be narrowed to.
#[server(prefix = "/fn", endpoint = "cabinet-order-listings", output = Wire)]
pub async fn load_listings(lang: Lang) -> Tried<Vec<(ListingId, String)>> {
    use sapar_domain::orders::order_listings;
    Ok(look!(flat, |conn, ctx, actor| order_listings(conn, ctx, actor, lang)))
}

/// The filters that the member keeps.
#[server(prefix = "/fn", endpoint = "cabinet-views", output = Wire)]
pub async fn load_views() -> Tried<Vec<SavedView>> {
    Ok(look!(flat, |conn, ctx, actor| sapar_domain::orders::saved_views(conn, ctx, actor)))
}

#[server(prefix = "/fn", endpoint = "cabinet-view-save", input = Wire, output = Wire)]
pub async fn save_view(name: String, query: OrdersQuery) -> Desk<SavedView> {
    Ok(within!(outcome, |conn, ctx, actor| sapar_domain::orders::save_view(conn, ctx, actor, &name, &query)))
}

#[server(prefix = "/fn", endpoint = "cabinet-view-delete", output = Wire)]
pub async fn delete_view(id: SavedViewId) -> Desk<()> {
    Ok(within!(outcome, |conn, ctx, actor| sapar_domain::orders::delete_view(conn, ctx, actor, id)))
}

/// One order; `id` as it stands in the address.
#[server(prefix = "/fn", endpoint = "cabinet-order", output = Wire)]
pub async fn load_order(lang: Lang, id: String) -> Tried<OrderDetail> {
    use sapar_domain::orders::organisation_order;
    let Ok(id) = id.parse() else { return Ok(Err(AppError::NotFound)) };
    let found = look!(flat, |conn, ctx, actor| organisation_order(conn, ctx, actor, id, lang));
    Ok(found.and_then(|found| found.ok_or(AppError::NotFound)))
}

#[server(prefix = "/fn", endpoint = "cabinet-note", output = Wire)]
pub async fn add_note(id: String, text: String) -> Desk<()> {
    let Ok(id) = id.parse() else { return Ok(Err(AppError::NotFound)) };
    Ok(within!(outcome, |conn, ctx, actor| sapar_domain::orders::note(conn, ctx, actor, id, &text)))
}

/// `channel` is `mail` or `sms`.
#[server(prefix = "/fn", endpoint = "cabinet-resend", output = Wire)]
pub async fn resend(id: String, channel: String) -> Desk<()> {
    let Ok(id) = id.parse() else { return Ok(Err(AppError::NotFound)) };
    let (mail, sms) = (channel == "mail", channel == "sms");
    Ok(within!(outcome, |conn, ctx, actor| sapar_domain::tickets::resend(conn, ctx, actor, id, mail, sms)))
}

/// By SMS, or by mail; each order in a transaction of its own.
#[server(prefix = "/fn", endpoint = "cabinet-resend-many", input = Wire, output = Wire)]
pub async fn resend_many(ids: Vec<OrderId>, sms: bool) -> Desk<ResentMany> {
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    Ok(outcome(sapar_domain::tickets::resend_many(&services, &actor, &ids, !sms, sms).await))
}

#[server(prefix = "/fn", endpoint = "cabinet-rename", output = Wire)]
pub async fn rename(id: String, code: String, name: String) -> Desk<()> {
    let Ok(id) = id.parse() else { return Ok(Err(AppError::NotFound)) };
    Ok(within!(outcome, |conn, ctx, actor| sapar_domain::tickets::rename(conn, ctx, actor, id, &code, &name)))
}

/// Where the order's places on a departure may go.
#[server(prefix = "/fn", endpoint = "cabinet-move-targets", output = Wire)]
pub async fn load_targets(id: String, from: DepartureId) -> Desk<Vec<MoveTarget>> {
    let Ok(id) = id.parse() else { return Ok(Err(AppError::NotFound)) };
    Ok(look!(outcome, |conn, ctx, actor| sapar_domain::tickets::move_targets(conn, ctx, actor, id, from)))
}

/// Answers the difference in price. `paid` is a ticked box with the tiyn that it was ticked for: absent from the form unless it is.
#[server(prefix = "/fn", endpoint = "cabinet-move", output = Wire)]
pub async fn move_order(id: String, from: DepartureId, to: String, #[server(default)] paid: String) -> Desk<Money> {
    let (Ok(id), Ok(to)) = (id.parse(), to.parse()) else { return Ok(Err(AppError::NotFound)) };
    let paid = Money::from_tiyn(paid.parse().unwrap_or_default());
    Ok(within!(outcome, |conn, ctx, actor| sapar_domain::tickets::move_order(conn, ctx, actor, id, from, to, paid)))
}
