//! Short addresses that lead to pages: the SMS's, the QR code's, the payment page's way back.
use super::Failure;
use crate::{http::language, state::AppState};
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use http::{HeaderMap, StatusCode};
use sapar_domain::{orders, payments};
use sapar_shared::{Lang, paths};
use std::time::Duration;

/// The provider is not waited for longer: the order page goes on asking.
const PATIENCE: Duration = Duration::from_secs(4);

/// `/o/{token}`: the order's page in the order's language.
pub async fn short_order(State(state): State<AppState>, Path(token): Path<String>) -> Result<Response, Failure> {
    let order = orders::view(&mut *state.services.conn().await?, &state.services.ctx, &token, Lang::Ru).await?;
    Ok(match order {
        Some(order) => Redirect::to(&paths::order(order.lang, &order.token)).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    })
}

/// `/t/{signed}`: what a QR code opens. The gate's page knows what to do with it.
pub async fn ticket(Path(signed): Path<String>, headers: HeaderMap) -> Response {
    let clean = signed.len() <= 200 && signed.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if !clean {
        return StatusCode::NOT_FOUND.into_response();
    }
    Redirect::to(&paths::partner_ticket(language::of("/t", &headers), &signed)).into_response()
}

/// `/{lang}/orders/{token}/return`: the browser comes back from the payment page; the callback may not have come yet.
pub async fn order_return(State(state): State<AppState>, Path((lang, token)): Path<(String, String)>) -> Response {
    let lang: Lang = lang.parse().unwrap_or_default();
    match tokio::time::timeout(PATIENCE, payments::poll(&state.services, &token)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "status query on return failed"),
        Err(_) => tracing::warn!("status query on return took too long"),
    }
    Redirect::to(&paths::order(lang, &token)).into_response()
}
