//! What an invitation's mail leads to.
mod api;
mod page;

pub use page::InvitationPage;
