//! The end of a hold: the provider is asked once more, then the places go free.
use super::{
    PaymentError,
    jobs::ClosePayment,
    poll::{ASKED_AT_ONCE, ask, ask_about, known},
    queries,
    settle::{Settled, Source},
};
use crate::{
    Services,
    kernel::jobs,
    orders::{self, Closing},
};
use futures::{StreamExt as _, stream};
use jiff::SignedDuration;
use sapar_shared::ids::OrderId;

/// While the provider cannot be asked, a hold outlives its hour by so much: the customer may have paid.
const GRACE: SignedDuration = SignedDuration::from_mins(15);

/// Ends every hold whose time is over; returns how many orders were looked at.
pub async fn expire_due(services: &Services) -> Result<usize, PaymentError> {
    let due = orders::overdue(&mut *services.conn().await?, services.ctx.now(), 50).await?;
    let count = due.len();
    let end = |order| async move {
        if let Err(error) = expire(services, order).await {
            tracing::warn!(%order, %error, "hold not ended");
        }
    };
    stream::iter(due).for_each_concurrent(ASKED_AT_ONCE, end).await;
    Ok(count)
}

async fn expire(services: &Services, id: OrderId) -> Result<(), PaymentError> {
    let (live, number, patience) = {
        let mut tx = services.begin().await?;
        let Some(order) = orders::lock_by_id(&mut tx, id).await? else { return Ok(()) };
        (queries::live(&mut tx, id).await?, order.number, order.expires_at + GRACE)
    };
    match ask_about(services, live, number, Source::Expiry).await {
        Ok(Some(Settled::Paid | Settled::GoesBack)) => return Ok(()),
        Err(PaymentError::Provider(_)) if services.ctx.now() >= patience => {}
        Ok(_) => {}
        Err(error) => return Err(error),
    }
    let mut tx = services.begin().await?;
    let Some(order) = orders::lock_by_id(&mut tx, id).await? else { return Ok(()) };
    if !order.status.holds_places() || order.expires_at > services.ctx.now() {
        return Ok(());
    }
    // An order whose last attempt was declined did not just run out of time.
    let live = queries::live(&mut tx, id).await?;
    let declined = live.is_none() && queries::any_failed(&mut tx, id).await?;
    orders::close(&mut tx, &services.ctx, &order, if declined { Closing::Failed } else { Closing::Expired }).await?;
    if let Some(payment) = live {
        jobs::enqueue(&mut tx, &services.ctx, &ClosePayment { payment: payment.id }, services.ctx.now()).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Closes the payment page of an order that was given up. Money that slipped in meanwhile is settled instead.
pub async fn close_payment(services: &Services, job: &ClosePayment) -> Result<(), PaymentError> {
    let (payment, order) = {
        let mut conn = services.conn().await?;
        let Some(payment) = queries::by_id(&mut conn, job.payment).await? else { return Ok(()) };
        let order = orders::lock_by_id(&mut conn, payment.order).await?;
        (payment, order)
    };
    let Some(order) = order else { return Ok(()) };
    if let Some(asked) = known(services, &payment, order.number).await? {
        // Closed first and asked then: what was paid in between is found.
        services.payments.cancel(&asked.provider_payment_id).await?;
        ask(services, &asked, Source::Expiry).await?;
    }
    let mut tx = services.begin().await?;
    orders::lock_by_id(&mut tx, payment.order).await?;
    queries::fail_if_live(&mut tx, payment.id, services.ctx.now()).await?;
    tx.commit().await?;
    Ok(())
}
