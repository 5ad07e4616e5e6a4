//! Calls to the provider that must not be lost.
use crate::kernel::jobs::Job;
use sapar_shared::ids::{OrderId, PaymentId};
use serde::{Deserialize, Serialize};

/// Sends a payment's money back.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReturnMoney {
    pub payment: PaymentId,
}

impl Job for ReturnMoney {
    const NAME: &'static str = "return_money";

    fn key(&self) -> String {
        self.payment.to_string()
    }
}

/// Tells the customer that money which came too late is on its way back.
#[derive(Debug, Serialize, Deserialize)]
pub struct TellLateMoney {
    pub order: OrderId,
}

impl Job for TellLateMoney {
    const NAME: &'static str = "tell_late_money";

    fn key(&self) -> String {
        self.order.to_string()
    }
}

/// Closes the payment page of an order that was given up; money that slipped through is settled first.
#[derive(Debug, Serialize, Deserialize)]
pub struct ClosePayment {
    pub payment: PaymentId,
}

impl Job for ClosePayment {
    const NAME: &'static str = "close_payment";

    fn key(&self) -> String {
        self.payment.to_string()
    }
}
