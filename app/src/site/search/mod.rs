//! The results.
pub mod api;
pub mod chips;
pub mod filters;
pub mod page;
pub mod results;
pub mod scroll;
