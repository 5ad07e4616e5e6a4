//! The day's departures.
mod api;
mod card;
mod page;

pub use page::TodayPage;
