//! A departure's passengers.
mod api;
mod page;
mod row;

pub use page::DeparturePage;
