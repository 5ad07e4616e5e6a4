//! The catalogue over a real database that holds the demo.
#![allow(clippy::unwrap_used)]
mod choices;
mod paging;
mod search;
mod tour;
mod world;
mod writing;
