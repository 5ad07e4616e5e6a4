//! Orders made in this browser.
pub mod page;
