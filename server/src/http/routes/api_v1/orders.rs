//! Orders: placed without an account, opened by their unguessable token.
use super::{
    extract::{Address, ApiJson, ApiPath, ApiQuery, IdempotencyKey, language},
    placing::{self, Attempt},
    problem::{Code, Problem},
    shapes::{NewOrder, Order, PlacedOrder},
};
use crate::state::AppState;
use axum::{Json, extract::State, response::Response};
use sapar_domain::{kernel::Ctx, orders, payments};
use sapar_shared::{Lang, forms::checkout::PlaceOrder};
use serde::Deserialize;
use sqlx::PgConnection;
use utoipa::IntoParams;

/// Place an order
///
/// Takes the places out of stock for an hour and opens a payment. Send the customer to `payment_url`; what came of it is
/// read from the order itself. The server says every price.
///
/// A repeat with the same `Idempotency-Key` and the same body gets the first answer for a day, so a request that may or may
/// not have arrived can be sent again without buying twice. Refusals that name fields of the body are not remembered.
#[utoipa::path(
    post,
    path = "/api/v1/orders",
    tag = "Orders",
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, best a random UUID; one for each order.", example = "9f1c2a34-6c0e-4b57-8a7f-0a9f6f0f2b11")),
    request_body = NewOrder,
    responses(
        (status = 201, body = PlacedOrder, description = "Placed.", headers(("Location" = String, description = "The order's address here."))),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "`idempotency_key_required`, `malformed_json`."),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`sold_out` with what is `left`, `not_on_sale`, `in_flight`."),
        (status = 413, body = Problem, content_type = "application/problem+json", description = "`payload_too_large`."),
        (status = 415, body = Problem, content_type = "application/problem+json", description = "`unsupported_media_type`."),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`validation` with `errors`, `quantity`, `idempotency_key_reused`."),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "`too_many_requests`."),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "`unavailable`: send it again, with the same key."),
    )
)]
pub(super) async fn place(
    State(state): State<AppState>,
    Address(client_ip): Address,
    IdempotencyKey(key): IdempotencyKey,
    ApiJson(order): ApiJson<NewOrder>,
) -> Result<Response, Problem> {
    let order = PlaceOrder::from(order);
    let contact = order.validate()?;
    let attempt = Attempt { services: state.services.clone(), key, order, contact, client_ip };
    // A task of its own: a customer who hangs up must not leave the order half placed.
    tokio::spawn(placing::carry_out(attempt)).await.unwrap_or_else(|error| {
        tracing::error!(%error, "placing an order ended early");
        Err(Problem::new(Code::Internal, "Something went wrong on our side."))
    })
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(super) struct OrderQuery {
    /// The language of titles; the order's own when absent.
    #[param(example = "en")]
    lang: Option<String>,
}

/// Read an order
///
/// Poll it, every few seconds at most, or send the customer to its page, which shows every change by itself.
#[utoipa::path(
    get,
    path = "/api/v1/orders/{token}",
    tag = "Orders",
    params(("token" = String, Path, description = "From placing the order."), OrderQuery),
    responses(
        (status = 200, body = Order, description = "The order."),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "`not_found`."),
    )
)]
pub(super) async fn read(
    State(state): State<AppState>,
    ApiPath(token): ApiPath<String>,
    ApiQuery(query): ApiQuery<OrderQuery>,
) -> Result<Json<Order>, Problem> {
    let lang = language(query.lang.as_deref())?;
    let services = &state.services;
    view(&mut *services.conn().await?, &services.ctx, &token, lang).await.map(Json)
}

/// Cancel an order
///
/// An unpaid one is given up and its places go free; a paid one is given back while `can_cancel` says so, and the money goes
/// back by itself. Cancelling twice is no error.
#[utoipa::path(
    post,
    path = "/api/v1/orders/{token}/cancel",
    tag = "Orders",
    params(("token" = String, Path, description = "From placing the order.")),
    responses(
        (status = 200, body = Order, description = "Cancelled: the status is `cancelled` or `refunded`."),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "`not_found`."),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`not_open`, `too_late`."),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "`too_many_requests`."),
    )
)]
pub(super) async fn cancel(State(state): State<AppState>, ApiPath(token): ApiPath<String>) -> Result<Json<Order>, Problem> {
    let services = &state.services;
    let mut tx = services.begin().await?;
    payments::cancel(&mut tx, &services.ctx, &token).await?;
    let order = view(&mut tx, &services.ctx, &token, None).await?;
    tx.commit().await?;
    Ok(Json(order))
}

/// In the order's own language unless another is asked for.
async fn view(conn: &mut PgConnection, ctx: &Ctx, token: &str, lang: Option<Lang>) -> Result<Order, Problem> {
    let order = orders::view(conn, ctx, token, lang).await?.ok_or_else(|| Problem::not_found("order"))?;
    Ok(Order::new(order, ctx))
}
