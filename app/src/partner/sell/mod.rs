//! The counter: a sale for cash in a few taps, and places that were sold elsewhere.
pub mod api;
mod choice;
mod elsewhere;
mod page;
mod sold;
mod undo;

pub use elsewhere::Elsewhere;
pub use page::SellPage;
pub use undo::Undo;
