//! Pictures that partners send: `waiting → ready | failed`, and `ready → waiting` when one is cropped.
//!
//! The file itself never passes through here. The edge stores it, then writes it down with `receive`; the job `MakePicture`
//! makes its sizes.
mod crop;
mod discard;
pub mod jobs;
mod make;
mod queries;
mod receive;
mod states;

pub use crop::{Crop, crop};
pub use discard::discard;
pub use make::{Made, ToMake, fail, finish, to_make};
pub use receive::{MAX_WAITING, Purpose, may_receive, receive};
pub use states::states;

use crate::accounts::Forbidden;
use sapar_shared::ids::UploadId;

/// Why a picture is not taken, or not changed.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// No such listing or upload, or another organisation's.
    #[error("no such listing or upload")]
    NotFound,
    /// The listing has all the pictures that one may have.
    #[error("the listing has all its pictures")]
    Full,
    /// So many of the organisation's pictures wait to be made that more must wait outside.
    #[error("too many pictures wait")]
    Busy,
    /// It is being made, or could not be.
    #[error("the picture is not ready")]
    NotReady,
    /// A draft that shows it waits for review, and stays as the moderator sees it.
    #[error("the picture is in review")]
    InReview,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Where the file lies in the object store as it was sent, until its sizes are made.
#[must_use]
pub fn raw_path(id: UploadId) -> String {
    format!("uploads/{id}")
}

/// Where the picture lies that all sizes are made from.
#[must_use]
pub fn master_path(id: UploadId) -> String {
    format!("masters/{id}.webp")
}

/// Under which key a revision's sizes lie.
#[must_use]
pub fn key(id: UploadId, revision: i32) -> String {
    format!("{}-{revision}", id.0.simple())
}
