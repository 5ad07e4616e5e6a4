//! The composition root of Sapar: configuration, providers, the router and the worker. Business rules live in
//! `sapar-domain`, pages in `sapar-app`.
#![recursion_limit = "256"]

pub mod admin;
mod archive;
pub mod config;
pub mod embedded_pg;
mod forgetting;
pub mod http;
pub mod imports;
mod lists;
mod load;
pub mod papers;
pub mod pictures;
mod press;
pub mod run;
pub mod sandboxes;
pub mod seed;
pub mod state;
pub mod telemetry;
pub mod worker;
