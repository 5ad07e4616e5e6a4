//! A tour's pictures: sent from camera or gallery, put in order, cropped, described.
pub mod api;
mod card;
mod crop;
mod frame;
mod list;
mod outbox;
mod watch;

pub use crop::CropForm;
pub use list::{KINDS, PictureList, on_files};
pub use outbox::{Stage, refusal};
pub use watch::watch;
