//! The one place where a provider's word changes an order.
use super::{
    PaymentError,
    jobs::{ClosePayment, ReturnMoney, TellLateMoney},
    provider::{Outcome, Report},
    queries::{self, Payment, PaymentStatus},
};
use crate::{
    kernel::{
        Ctx,
        events::{self, Event},
        jobs,
    },
    ledger::{self, LedgerError},
    orders::{self, Locked, MarkPaid},
};
use sqlx::PgConnection;

/// How we came to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Callback,
    Return,
    Poll,
    Expiry,
}

impl Source {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Callback => "callback",
            Self::Return => "return",
            Self::Poll => "poll",
            Self::Expiry => "expiry",
        }
    }
}

/// What was done about a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// The order is paid, now.
    Paid,
    /// The payment failed, now; the hold stands and another attempt may follow.
    Failed,
    /// The same was said before.
    Repeat,
    /// Nothing is decided.
    Pending,
    /// The money is not wanted (too late, or paid twice): it goes back.
    GoesBack,
    /// Amount or currency are not the order's: nothing was believed.
    Mismatch,
    /// No such order or payment.
    Unknown,
}

impl Settled {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Failed => "failed",
            Self::Repeat => "repeat",
            Self::Pending => "pending",
            Self::GoesBack => "goes_back",
            Self::Mismatch => "mismatch",
            Self::Unknown => "unknown",
        }
    }
}

/// `payload` is kept beside the verdict. The caller opens and commits the transaction.
pub async fn settle(
    conn: &mut PgConnection,
    ctx: &Ctx,
    provider: &str,
    report: &Report,
    source: Source,
    payload: &serde_json::Value,
) -> Result<Settled, PaymentError> {
    let order = orders::lock_by_number(&mut *conn, &report.order_number).await?;
    let payment = match &order {
        Some(order) => queries::by_provider_id(&mut *conn, order.id, provider, &report.provider_payment_id).await?,
        None => None,
    };
    let settled = match (&order, &payment) {
        (Some(order), Some(payment)) => decide(&mut *conn, ctx, order, payment, report).await?,
        _ => Settled::Unknown,
    };
    if settled != Settled::Pending {
        queries::record_event(conn, ctx, payment.map(|p| p.id), &report.order_number, source.as_str(), settled.as_str(), payload)
            .await?;
    }
    Ok(settled)
}

async fn decide(
    conn: &mut PgConnection,
    ctx: &Ctx,
    order: &Locked,
    payment: &Payment,
    report: &Report,
) -> Result<Settled, PaymentError> {
    match report.outcome {
        Outcome::Pending => Ok(Settled::Pending),
        Outcome::Failed => failed(conn, ctx, order, payment, report).await,
        Outcome::Succeeded => {
            let right_money = report.amount == Some(payment.amount) && report.currency.as_deref() == Some("KZT");
            match payment.status {
                _ if !right_money => Ok(Settled::Mismatch),
                PaymentStatus::Succeeded | PaymentStatus::Returning | PaymentStatus::Returned => Ok(Settled::Repeat),
                // A failed payment that succeeds after all is money all the same.
                PaymentStatus::Created | PaymentStatus::Pending | PaymentStatus::Failed => {
                    succeeded(conn, ctx, order, payment, report).await
                }
            }
        }
    }
}

async fn failed(
    conn: &mut PgConnection,
    ctx: &Ctx,
    order: &Locked,
    payment: &Payment,
    report: &Report,
) -> Result<Settled, PaymentError> {
    if !matches!(payment.status, PaymentStatus::Created | PaymentStatus::Pending) {
        return Ok(Settled::Repeat);
    }
    let provider_id = Some(report.provider_payment_id.as_str());
    queries::set_status(&mut *conn, payment.id, PaymentStatus::Failed, provider_id, ctx.now()).await?;
    if order.status.holds_places() {
        orders::set_failure(&mut *conn, order.id, report.failure.as_deref().unwrap_or_default()).await?;
    }
    events::notify(conn, Event::Order(order.id)).await?;
    Ok(Settled::Failed)
}

async fn succeeded(
    conn: &mut PgConnection,
    ctx: &Ctx,
    order: &Locked,
    payment: &Payment,
    report: &Report,
) -> Result<Settled, PaymentError> {
    let provider_id = Some(report.provider_payment_id.as_str());
    if order.status.holds_places() {
        // Its places cannot be gone, so their counters may come last: others wait for them.
        book(&mut *conn, ctx, order, payment, report).await?;
        orders::mark_paid(conn, ctx, order).await?;
        return Ok(Settled::Paid);
    }
    let outcome = orders::mark_paid(&mut *conn, ctx, order).await?;
    if outcome == MarkPaid::Paid {
        book(conn, ctx, order, payment, report).await?;
        return Ok(Settled::Paid);
    }
    queries::set_status(&mut *conn, payment.id, PaymentStatus::Returning, provider_id, ctx.now()).await?;
    jobs::enqueue(&mut *conn, ctx, &ReturnMoney { payment: payment.id }, ctx.now()).await?;
    if outcome == MarkPaid::PlacesGone {
        jobs::enqueue(&mut *conn, ctx, &TellLateMoney { order: order.id }, ctx.now()).await?;
    }
    Ok(Settled::GoesBack)
}

/// The payment's success and the sale in the books.
async fn book(
    conn: &mut PgConnection,
    ctx: &Ctx,
    order: &Locked,
    payment: &Payment,
    report: &Report,
) -> Result<(), PaymentError> {
    let provider_id = Some(report.provider_payment_id.as_str());
    queries::set_status(&mut *conn, payment.id, PaymentStatus::Succeeded, provider_id, ctx.now()).await?;
    match ledger::post_sale(&mut *conn, ctx, order.id).await {
        Ok(()) => {}
        Err(LedgerError::Again) => tracing::error!(order = %order.number, "a sale was posted twice"),
        Err(error) => return Err(error.into()),
    }
    // An older attempt's page may still be open in another tab.
    if let Some(other) = queries::live(&mut *conn, order.id).await? {
        jobs::enqueue(conn, ctx, &ClosePayment { payment: other.id }, ctx.now()).await?;
    }
    Ok(())
}
