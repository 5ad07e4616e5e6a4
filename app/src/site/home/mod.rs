//! The front door.
pub mod api;
pub mod hero;
pub mod page;
