//! An order's page: its state, its tickets, and what can still be done about it. The address is the only key to it.
pub mod actions;
pub mod api;
pub mod cancel;
pub mod contents;
pub mod copy;
pub mod documents;
pub mod live;
pub mod lost;
pub mod meeting;
pub mod page;
pub mod phase;
pub mod qr;
pub mod reason;
pub mod remembered;
pub mod share;
pub mod status;
pub mod ticket;
pub mod until;

pub use page::OrderPage;
