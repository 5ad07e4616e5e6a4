//! The cabinet's own addresses, as its pages call them.
#![allow(clippy::unwrap_used)]
#[path = "../common/mod.rs"]
mod common;
mod uploads;
