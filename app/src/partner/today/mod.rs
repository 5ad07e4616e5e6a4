//! The day's departures.
mod api;
mod card;
mod page;

pub use card::LoadBar;
pub use page::TodayPage;
