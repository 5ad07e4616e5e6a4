//! Tours put aside.
pub mod api;
pub mod page;
