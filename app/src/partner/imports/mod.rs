//! Tours from a file: the template, a file sent, what was understood of it, its import and the way back.
pub mod api;
mod choose;
mod faulty;
mod history;
mod one;
mod page;
mod refused;
mod undo;
mod words;

pub use one::ImportPage;
pub use page::ImportsPage;
