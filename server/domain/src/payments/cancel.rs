//! The customer cancels: an unpaid order is given up, a paid one is given back while that is free.
use super::{
    PaymentError,
    jobs::{ClosePayment, ReturnMoney, TellCancelled},
    queries::{self, PaymentStatus},
};
use crate::{
    kernel::{Ctx, jobs},
    ledger,
    orders::{self, OrderError},
};
use sapar_shared::dto::order::OrderStatus;
use sqlx::PgConnection;

/// Cancelling what is cancelled already is no error: the customer pressed twice.
pub async fn cancel(conn: &mut PgConnection, ctx: &Ctx, token: &str) -> Result<OrderStatus, PaymentError> {
    let order = orders::lock_by_token(&mut *conn, token).await?.ok_or(OrderError::NotFound)?;
    match order.status {
        OrderStatus::Cancelled | OrderStatus::Refunded => Ok(order.status),
        OrderStatus::Held | OrderStatus::AwaitingPayment => {
            let live = queries::live(&mut *conn, order.id).await?;
            orders::cancel_open(&mut *conn, ctx, &order).await?;
            if let Some(payment) = live {
                jobs::enqueue(conn, ctx, &ClosePayment { payment: payment.id }, ctx.now()).await?;
            }
            Ok(OrderStatus::Cancelled)
        }
        OrderStatus::Paid => {
            orders::refund(&mut *conn, ctx, &order).await?;
            ledger::post_refund(&mut *conn, ctx, order.id).await?;
            // An order of 0 ₸ has no payment.
            if let Some(payment) = queries::paid(&mut *conn, order.id).await? {
                queries::set_status(&mut *conn, payment.id, PaymentStatus::Returning, None, ctx.now()).await?;
                jobs::enqueue(&mut *conn, ctx, &ReturnMoney { payment: payment.id }, ctx.now()).await?;
                jobs::enqueue(conn, ctx, &TellCancelled { order: order.id }, ctx.now()).await?;
            }
            Ok(OrderStatus::Refunded)
        }
        status => Err(OrderError::NotOpen(status).into()),
    }
}
