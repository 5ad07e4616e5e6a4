//! A new account.
pub mod api;
mod page;

pub use page::SignUpPage;
