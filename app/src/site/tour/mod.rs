//! A tour's page.
pub mod api;
pub mod booking;
pub mod calendar;
pub mod details;
pub mod gallery;
pub mod page;
pub mod tickets;
