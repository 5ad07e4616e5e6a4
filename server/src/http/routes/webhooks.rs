//! What the payment provider calls.
use super::Failure;
use crate::state::AppState;
use axum::{
    extract::{OriginalUri, Path, RawForm, State},
    response::{IntoResponse as _, Response},
};
use http::{StatusCode, header::CONTENT_TYPE};
use sapar_domain::{
    Services,
    ledger::LedgerError,
    orders::OrderError,
    partners::PartnerError,
    payments::{
        self, PaymentError,
        provider::{CallbackError, Verdict},
    },
};

/// The result callback, by GET or POST. Unsigned ones get a bare 400: we sign nothing for strangers.
pub async fn payment_result(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    RawForm(form): RawForm,
) -> Result<Response, Failure> {
    let fields: Vec<(String, String)> = form_urlencoded::parse(&form).into_owned().collect();
    let services = &state.services;
    let callback = match services.payments.read_callback(uri.path(), &fields, services.ctx.now()) {
        Ok(callback) => callback,
        Err(error) => return Ok(refused(&error)),
    };
    let verdict = payments::receive_callback(services, &callback).await.map_err(unsettled)?;
    let description = match verdict {
        Verdict::Ok => "",
        Verdict::Rejected | Verdict::Error => "unknown order, amount or currency",
    };
    Ok(replied(services, uri.path(), verdict, description))
}

/// What came of a card; the token in the address is what its signature was made for.
pub async fn card_result(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    Path(token): Path<String>,
    RawForm(form): RawForm,
) -> Result<Response, Failure> {
    let fields: Vec<(String, String)> = form_urlencoded::parse(&form).into_owned().collect();
    let services = &state.services;
    let callback = match services.payments.read_card_callback(uri.path(), &fields) {
        Ok(callback) => callback,
        Err(error) => return Ok(refused(&error)),
    };
    let verdict = payments::receive_card(services, &token, &callback).await.map_err(|error| match error {
        PartnerError::Database(error) => Failure::from(error),
        error => error.into(),
    })?;
    let description = if verdict == Verdict::Ok { "" } else { "nobody asked for this card" };
    Ok(replied(services, uri.path(), verdict, description))
}

fn refused(error: &CallbackError) -> Response {
    tracing::warn!(%error, "payment callback refused");
    metrics::counter!("payment_callbacks_refused_total").increment(1);
    StatusCode::BAD_REQUEST.into_response()
}

fn replied(services: &Services, path: &str, verdict: Verdict, description: &str) -> Response {
    let reply = services.payments.callback_reply(path, verdict, description, &services.ctx.code(16));
    ([(CONTENT_TYPE, "application/xml; charset=utf-8")], reply).into_response()
}

/// An error of ours: a 503 while the database is away, else a 500. The provider takes either for "not heard" and calls again;
/// a signed answer, whatever it said, would end its calls.
fn unsettled(error: PaymentError) -> Failure {
    match error {
        PaymentError::Database(error)
        | PaymentError::Order(OrderError::Database(error))
        | PaymentError::Ledger(LedgerError::Database(error)) => error.into(),
        error => error.into(),
    }
}
