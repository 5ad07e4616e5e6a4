//! Asking the provider, where its callback did not come: on the customer's return, and by the clock.
use super::{
    PaymentError, queries,
    queries::ToAsk,
    settle::{Settled, Source, settle},
};
use crate::{
    Services,
    orders::{self, OrderError},
};
use serde_json::json;

/// The customer came back from the payment page. Nothing to ask is no error.
pub async fn poll(services: &Services, token: &str) -> Result<(), PaymentError> {
    let asked = {
        let mut tx = services.begin().await?;
        let order = orders::lock_by_token(&mut tx, token).await?.ok_or(OrderError::NotFound)?;
        let live = queries::live(&mut tx, order.id).await?;
        live.and_then(|p| Some(ToAsk { provider_payment_id: p.provider_payment_id?, order_number: order.number.clone() }))
    };
    match asked {
        Some(asked) => ask(services, &asked, Source::Return).await.map(drop),
        None => Ok(()),
    }
}

/// Asks about every pending payment whose turn it is; returns how many were asked.
pub async fn poll_due(services: &Services) -> Result<usize, PaymentError> {
    let due = queries::take_due_polls(&mut *services.conn().await?, services.ctx.now(), 20).await?;
    for asked in &due {
        if let Err(error) = ask(services, asked, Source::Poll).await {
            tracing::warn!(order = %asked.order_number, %error, "status query failed");
        }
    }
    Ok(due.len())
}

pub(super) async fn ask(services: &Services, asked: &ToAsk, source: Source) -> Result<Settled, PaymentError> {
    let report = services.payments.status(&asked.provider_payment_id, &asked.order_number).await?;
    let payload = json!({ "outcome": format!("{:?}", report.outcome), "amount": report.amount, "currency": report.currency });
    let mut tx = services.begin().await?;
    let settled = settle(&mut tx, &services.ctx, services.payments.name(), &report, source, &payload).await?;
    tx.commit().await?;
    Ok(settled)
}
