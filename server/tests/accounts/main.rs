//! Accounts as a browser without a script meets them: each form, each answer, in each language.
#![allow(clippy::unwrap_used)]
#[path = "../bad_luck/browser.rs"]
#[allow(dead_code)]
mod browser;
#[path = "../common/mod.rs"]
mod common;
mod data;
mod forms;
#[path = "../bad_luck/world.rs"]
#[allow(dead_code)]
mod world;
