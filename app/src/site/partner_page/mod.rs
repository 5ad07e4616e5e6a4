//! An organisation's public page.
pub mod api;
pub mod page;
