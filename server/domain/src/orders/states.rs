//! The one table of what may follow what.
use sapar_shared::dto::order::OrderStatus::{self, *};

#[must_use]
pub const fn may_follow(from: OrderStatus, to: OrderStatus) -> bool {
    match from {
        Held => matches!(to, AwaitingPayment | Paid | Failed | Expired | Cancelled),
        AwaitingPayment => matches!(to, Paid | Failed | Expired | Cancelled),
        Paid | PartlyRefunded => matches!(to, Completed | PartlyRefunded | Refunded),
        // The provider may deliver money for an order that we gave up: it finds its places again.
        Failed | Expired | Cancelled => matches!(to, Paid),
        Completed | Refunded => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_given_back_stays_given_back() {
        for to in OrderStatus::ALL {
            assert!(!may_follow(Refunded, to), "{to:?}");
        }
    }

    #[test]
    fn nothing_returns_to_a_hold() {
        for from in OrderStatus::ALL {
            assert!(!may_follow(from, Held), "{from:?}");
        }
    }
}
