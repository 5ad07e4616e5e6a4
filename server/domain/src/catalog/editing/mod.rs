//! What a partner edits of its listings.
//!
//! Texts, pictures and what surrounds them are one draft (`TourDraft`, a JSON document with a version). A moderator's approval
//! copies it to where travellers read, so of a published listing what is edited goes live after review. Ticket types and
//! departures are rows that are sold from; they change at once.
//!
//! Whoever changes anything of a listing locks its row first, and stock after it.
mod approve;
mod check;
mod copy;
mod create;
mod draft;
mod editor;
mod error;
mod listings;
mod merge;
mod move_listing;
mod preview;
mod publish_approved;
mod queries;
mod queries_draft;
mod queries_live;
mod queries_types;
mod reject;
mod save;
mod submit;
mod ticket_types;
mod withdraw;

pub use approve::{Approved, approve};
pub use copy::copy_listing;
pub use create::create_listing;
pub use editor::editor;
pub use error::EditError;
pub use listings::listings;
pub use merge::{Merged, merge};
pub use move_listing::{Move, move_listing};
pub use preview::preview;
pub use publish_approved::publish_approved;
pub use reject::reject;
pub use save::save_draft;
pub use submit::submit;
pub use ticket_types::save_ticket_types;
pub use withdraw::withdraw;

pub(super) use create::{FREE_CANCEL_HOURS, NAMELESS};
pub(super) use draft::{Listing, find, lock};
pub(super) use error::{none_of, wrong};
pub(super) use queries_types::quotas;
pub(super) use ticket_types::{CLOSES, DEAREST, NAME};
