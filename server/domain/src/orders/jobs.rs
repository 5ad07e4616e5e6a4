//! What must follow a paid order in rooms above this one.
use crate::kernel::jobs::jobs_about;
use sapar_shared::ids::{ListingId, OrderId};

jobs_about! {
    /// Makes the tickets of a paid order.
    IssueTickets { order: OrderId } = "issue_tickets";
    /// Counts what is sold of a listing.
    CountSales { listing: ListingId } = "count_sales";
}
