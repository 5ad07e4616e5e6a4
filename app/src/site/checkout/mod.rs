//! The second and third step of buying: who the tickets are for, and on to the payment page.
pub mod api;
pub mod draft;
pub mod form;
pub mod page;
pub mod steps;
pub mod summary;

pub use page::CheckoutPage;
