//! Crashes, and neighbours that are down: what a paying customer sees of them.
#![allow(clippy::unwrap_used)]
#[path = "../common/mod.rs"]
mod common;
mod crashes;
mod database;
mod mail;
mod world;
