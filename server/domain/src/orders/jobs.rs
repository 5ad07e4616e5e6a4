//! What must follow a paid order in rooms above this one.
use crate::kernel::jobs::Job;
use sapar_shared::ids::{ListingId, OrderId};
use serde::{Deserialize, Serialize};

/// Makes the tickets of a paid order.
#[derive(Debug, Serialize, Deserialize)]
pub struct IssueTickets {
    pub order: OrderId,
}

impl Job for IssueTickets {
    const NAME: &'static str = "issue_tickets";

    fn key(&self) -> String {
        self.order.to_string()
    }
}

/// Counts what is sold of a listing.
#[derive(Debug, Serialize, Deserialize)]
pub struct CountSales {
    pub listing: ListingId,
}

impl Job for CountSales {
    const NAME: &'static str = "count_sales";

    fn key(&self) -> String {
        self.listing.to_string()
    }
}
