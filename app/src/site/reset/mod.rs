//! A forgotten password: a link is asked for, and from the mail a new one is set.
pub mod api;
mod page;
mod to;

pub use page::ResetPage;
pub use to::ResetToPage;
