//! Calls to the provider that must not be lost.
use crate::kernel::jobs::jobs_about;
use sapar_shared::ids::{OrderId, PaymentId};

jobs_about! {
    /// Sends a payment's money back.
    ReturnMoney { payment: PaymentId } = "return_money";
    /// Tells the customer that money which came too late is on its way back.
    TellLateMoney { order: OrderId } = "tell_late_money";
    /// Tells the customer that the order is cancelled and its money on its way back.
    TellCancelled { order: OrderId } = "tell_cancelled";
    /// Closes the payment page of an order that was given up; money that slipped through is settled first.
    ClosePayment { payment: PaymentId } = "close_payment";
}
