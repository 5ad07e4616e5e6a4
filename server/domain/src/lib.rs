//! Sapar's rules. A room a folder; in it one use case a file, its SQL in `queries.rs`.
//!
//! `kernel ← {accounts, partners, catalog, inventory, uploads} ← orders ← {payments, ledger, tickets} ← privacy`: an import against these arrows
//! fails CI. What must happen in a higher room is a job or an event written in the same transaction.
pub mod accounts;
pub mod catalog;
pub mod inventory;
pub mod kernel;
pub mod ledger;
pub mod orders;
pub mod partners;
pub mod payments;
pub mod privacy;
mod services;
#[cfg(feature = "testing")]
pub mod testing;
pub mod tickets;
pub mod uploads;

pub use services::Services;
