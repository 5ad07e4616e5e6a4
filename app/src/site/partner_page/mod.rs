//! An organisation's public page.
pub mod api;
mod follow;
pub mod page;
