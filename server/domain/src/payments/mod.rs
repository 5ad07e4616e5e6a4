//! Collecting the money.
pub mod provider;
