//! Who belongs to the organisation.
mod api;
mod invite;
mod page;
mod row;
mod said;
mod ways_out;

pub use page::MembersPage;
