//! The organisation's own page, and the forms that its sign-up has in common with it.
pub mod api;
mod bin;
mod change;
pub mod change_api;
mod fields;
pub mod forms;
mod page;
mod status;

pub use bin::ClaimedBin;
pub use page::OrganisationPage;
pub use status::BlockRemark;
