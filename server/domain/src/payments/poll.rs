//! Asking the provider, where its callback did not come: on the customer's return, and by the clock.
use super::{
    PaymentError,
    queries::{self, Payment, ToAsk},
    settle::{Settled, Source, settle},
};
use crate::{
    Services,
    orders::{self, OrderError},
};
use futures::{StreamExt as _, stream};
use serde_json::json;

/// A slow answer about one order holds back few others.
pub(super) const ASKED_AT_ONCE: usize = 4;

/// The customer came back from the payment page. Nothing to ask is no error.
pub async fn poll(services: &Services, token: &str) -> Result<(), PaymentError> {
    let (live, number) = {
        let mut tx = services.begin().await?;
        let order = orders::lock_by_token(&mut tx, token).await?.ok_or(OrderError::NotFound)?;
        (queries::live(&mut tx, order.id).await?, order.number)
    };
    ask_about(services, live, number, Source::Return).await.map(drop)
}

/// Asks about a payment, if it is known to the provider.
pub(super) async fn ask_about(
    services: &Services,
    payment: Option<Payment>,
    order_number: String,
    source: Source,
) -> Result<Option<Settled>, PaymentError> {
    let Some(payment) = payment else { return Ok(None) };
    let Some(asked) = known(services, &payment, order_number).await? else { return Ok(None) };
    ask(services, &asked, source).await.map(Some)
}

/// By which id the provider knows the payment. We may have been cut off between its answer and our commit: then it is
/// found by the order's number.
pub(super) async fn known(services: &Services, payment: &Payment, order_number: String) -> Result<Option<ToAsk>, PaymentError> {
    let id = match &payment.provider_payment_id {
        Some(id) => Some(id.clone()),
        None => services.payments.find(&order_number).await?,
    };
    Ok(id.map(|provider_payment_id| ToAsk { provider_payment_id, order_number }))
}

/// Asks about every pending payment whose turn it is; returns how many were asked.
pub async fn poll_due(services: &Services) -> Result<usize, PaymentError> {
    let due = queries::take_due_polls(&mut *services.conn().await?, services.ctx.now(), 20).await?;
    let count = due.len();
    let question = |asked: ToAsk| async move {
        if let Err(error) = ask(services, &asked, Source::Poll).await {
            tracing::warn!(order = %asked.order_number, %error, "status query failed");
        }
    };
    stream::iter(due).for_each_concurrent(ASKED_AT_ONCE, question).await;
    Ok(count)
}

pub(super) async fn ask(services: &Services, asked: &ToAsk, source: Source) -> Result<Settled, PaymentError> {
    let report = services.payments.status(&asked.provider_payment_id, &asked.order_number).await?;
    let payload = json!({ "outcome": format!("{:?}", report.outcome), "amount": report.amount, "currency": report.currency });
    let mut tx = services.begin().await?;
    let settled = settle(&mut tx, &services.ctx, services.payments.name(), &report, source, &payload).await?;
    tx.commit().await?;
    Ok(settled)
}
