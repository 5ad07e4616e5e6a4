//! All one's data: to be taken along, or erased.
pub mod api;
mod download;
mod erase;
mod page;

pub use page::DataPage;
