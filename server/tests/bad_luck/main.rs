//! Crashes, bad input, and neighbours that are down: what a paying customer sees of them.
#![allow(clippy::unwrap_used)]
mod browser;
mod cards;
mod cluster;
#[path = "../common/mod.rs"]
mod common;
mod crashes;
mod database;
mod forms;
mod killed;
mod mail;
mod neighbours;
mod pages;
mod program;
mod restart;
mod signed;
mod webhook;
mod world;
