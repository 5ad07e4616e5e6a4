//! Money that the partner took at its counter: a payment like any other, but no provider is ever asked about it, and the ledger
//! does not know it, for the platform never had it.
use super::queries::{self, PaymentStatus};
use crate::kernel::Ctx;
use sapar_shared::{Money, ids::OrderId};
use sqlx::PgConnection;

/// A free tour leaves no payment.
pub async fn record_cash(conn: &mut PgConnection, ctx: &Ctx, order: OrderId, amount: Money) -> sqlx::Result<()> {
    if amount == Money::ZERO {
        return Ok(());
    }
    queries::insert_cash(conn, ctx.id(), order, amount, ctx.now()).await
}

/// Out of the partner's hands into the buyer's: nobody else is asked.
pub async fn return_cash(conn: &mut PgConnection, ctx: &Ctx, order: OrderId) -> sqlx::Result<()> {
    match queries::paid(&mut *conn, order).await? {
        Some(payment) => queries::set_status(conn, payment.id, PaymentStatus::Returned, None, ctx.now()).await,
        None => Ok(()),
    }
}
