//! A departure's passengers.
mod api;
mod page;
mod people;
mod row;

pub use page::DeparturePage;
