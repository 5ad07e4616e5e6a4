//! Sending a payment's money back.
use super::{
    PaymentError,
    jobs::ReturnMoney,
    queries::{self, PaymentStatus},
};
use crate::{
    Services,
    kernel::events::{self, Event},
};

/// Safe to repeat: the provider takes a repeated full refund as done.
pub async fn return_money(services: &Services, job: &ReturnMoney) -> Result<(), PaymentError> {
    let payment = queries::by_id(&mut *services.conn().await?, job.payment).await?;
    let Some(payment) = payment.filter(|p| p.status == PaymentStatus::Returning) else { return Ok(()) };
    if let Some(provider_payment_id) = &payment.provider_payment_id {
        services.payments.refund(provider_payment_id, None).await?;
    }
    let mut tx = services.begin().await?;
    if queries::returned(&mut tx, payment.id, services.ctx.now()).await? {
        events::notify(&mut tx, Event::Order(payment.order)).await?;
    }
    tx.commit().await?;
    Ok(())
}
