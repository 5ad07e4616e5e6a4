//! The organisation's orders: the list, and one order with what can be done for its customer.
mod actions;
pub mod api;
mod choosing;
mod detail;
mod filters;
mod history;
mod left;
mod list;
mod moving;
mod page;
mod said;
mod tickets;
mod views;
pub(super) mod words;

pub use detail::OrderPage;
pub use page::OrdersPage;
