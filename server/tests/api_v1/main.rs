//! `/api/v1`, as programs meet it.
#![allow(clippy::unwrap_used)]
#[path = "../common/mod.rs"]
mod common;
mod edges;
mod gate;
mod idempotency;
mod listings;
mod orders;
mod people;
