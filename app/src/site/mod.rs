//! The customer's pages, one folder a page: `page.rs` draws, `api.rs` holds its server functions.
pub mod not_found;
pub mod page_error;
pub mod root;
