//! An organisation's public page.
pub mod api;
mod follow;
mod intent;
pub mod page;
