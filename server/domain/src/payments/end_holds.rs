//! A departure was called off: whoever was about to pay for it need not any more.
use super::{PaymentError, jobs::ClosePayment, queries};
use crate::{
    Services,
    catalog::jobs::EndHolds,
    kernel::jobs,
    orders::{self, Closing},
};
use sapar_shared::{dto::order::CALLED_OFF, ids::OrderId};

/// Gives up every open order that holds places on the departure, each by itself; money that was already under way goes back by
/// itself, for the departure has no places any more. Safe to repeat.
pub async fn end_holds(services: &Services, job: &EndHolds) -> Result<(), PaymentError> {
    let open = orders::open_of_departure(&mut *services.conn().await?, job.departure).await?;
    for order in open {
        end(services, order).await?;
    }
    Ok(())
}

async fn end(services: &Services, id: OrderId) -> Result<(), PaymentError> {
    let mut tx = services.begin().await?;
    let Some(order) = orders::lock_by_id(&mut tx, id).await? else { return Ok(()) };
    if !order.status.holds_places() {
        return Ok(());
    }
    let live = queries::live(&mut tx, id).await?;
    orders::set_failure(&mut tx, id, CALLED_OFF).await?;
    orders::close(&mut tx, &services.ctx, &order, Closing::Cancelled).await?;
    if let Some(payment) = live {
        jobs::enqueue(&mut tx, &services.ctx, &ClosePayment { payment: payment.id }, services.ctx.now()).await?;
    }
    tx.commit().await?;
    Ok(())
}
