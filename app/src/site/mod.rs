//! The customer's pages, one folder a page: `page.rs` draws, `api.rs` holds its server functions.
pub mod checkout;
pub mod chunks;
pub mod home;
pub mod invitation;
pub mod me;
pub mod not_found;
pub mod order;
pub mod page_error;
pub mod partner_page;
pub mod parts;
pub mod root;
pub mod saved;
pub mod search;
pub mod sign_in;
pub mod tickets;
pub mod tour;
