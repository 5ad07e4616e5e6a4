//! All one's data, and an end to it.
#![allow(clippy::unwrap_used)]
mod erasing;
mod exporting;
#[path = "../accounts/people.rs"]
#[allow(dead_code)]
mod people;
mod world;
