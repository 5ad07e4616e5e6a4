//! The editor of one tour: sections on a page, a draft that saves itself.
mod conflicts;
mod facts;
pub mod faults;
pub mod fields;
mod meeting;
pub mod page;
mod programme;
mod review;
mod section;
mod standing;
pub mod state;
mod texts;

pub use page::EditorPage;
