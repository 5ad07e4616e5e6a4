//! Where mailed links lead: what is asked, and one button.
pub mod api;
mod page;

pub use page::{ConfirmPage, Ended, Taken};
