//! FreedomPay (formerly Paybox): signed forms there, signed XML back, signed callbacks to us.
mod callback;
mod card;
mod client;
pub mod sign;
pub mod xml;

pub use client::{FreedomPay, FreedomPayConfig};
