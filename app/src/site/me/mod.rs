//! Language, theme, and the way in for organisers.
pub mod page;
