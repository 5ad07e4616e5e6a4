//! The day's departures.
mod api;
mod attention;
mod card;
mod page;

pub use card::LoadBar;
pub use page::TodayPage;
