//! A provider's result callback: believed only when its signature, amount and currency are right.
use super::{
    PaymentError,
    provider::{Callback, Outcome, Verdict},
    settle::{Settled, Source, settle},
};
use crate::Services;

/// Settles what a signed callback says and returns the answer that the provider must get. An error of ours (the
/// database is away) is the caller's to turn into a 5xx, so that the provider calls again.
pub async fn receive_callback(services: &Services, callback: &Callback) -> Result<Verdict, PaymentError> {
    let mut tx = services.begin_brief().await?;
    let provider = services.payments.name();
    let settled = settle(&mut tx, &services.ctx, provider, &callback.report, Source::Callback, &callback.fields).await?;
    let verdict = match settled {
        Settled::Mismatch | Settled::Unknown if callback.can_reject && callback.report.outcome == Outcome::Succeeded => {
            Verdict::Rejected
        }
        Settled::Mismatch | Settled::Unknown => Verdict::Error,
        Settled::Paid | Settled::Failed | Settled::Repeat | Settled::Pending | Settled::GoesBack => Verdict::Ok,
    };
    tx.commit().await?;
    // Whoever is told `ok` does not call again.
    services.flushed().await?;
    if settled == Settled::Mismatch {
        tracing::error!(order = %callback.report.order_number, "a signed callback names another amount or currency");
    }
    Ok(verdict)
}
