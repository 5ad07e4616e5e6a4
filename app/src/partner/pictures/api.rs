//! What is asked about pictures once they are sent; sending is no server function, see `send.rs`.
use crate::error::Tried;
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::{dto::editor::UploadView, ids::UploadId};
use serde::{Deserialize, Serialize};

/// A part of a picture as it is shown, in thousandths of its sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub left: i32,
    pub top: i32,
    pub width: i32,
    pub height: i32,
}

/// How far the making of pictures is; of at most so many as an organisation may have waiting, and a listing may show.
#[server(prefix = "/fn", endpoint = "cabinet-uploads", input = Wire, output = Wire)]
pub async fn upload_states(ids: Vec<UploadId>) -> Tried<Vec<UploadView>> {
    use crate::partner::api::look;
    let ids = &ids[..ids.len().min(100)];
    Ok(look!(server::told, |conn, ctx, actor| sapar_domain::uploads::states(conn, ctx, actor, ids)))
}

/// Shows `part` of what is shown now, or all of the picture again; its sizes are made anew.
#[server(prefix = "/fn", endpoint = "cabinet-upload-crop", input = Wire, output = Wire)]
pub async fn crop_upload(id: UploadId, part: Option<Part>) -> Tried<()> {
    use crate::partner::api::within;
    use sapar_domain::uploads::{Crop, crop};
    let part = part.map(|Part { left, top, width, height }| Crop { left, top, width, height });
    Ok(within!(server::told, |conn, ctx, actor| crop(conn, ctx, actor, id, part)))
}

/// Takes a picture out of what the listing has, or back into it.
#[server(prefix = "/fn", endpoint = "cabinet-upload-discard", input = Wire, output = Wire)]
pub async fn discard_upload(id: UploadId, discarded: bool) -> Tried<()> {
    use crate::partner::api::within;
    Ok(within!(server::told, |conn, ctx, actor| sapar_domain::uploads::discard(conn, ctx, actor, id, discarded)))
}

#[cfg(feature = "ssr")]
mod server {
    use crate::{error::AppError, request::unavailable};
    use sapar_domain::uploads::UploadError;

    pub(super) fn told<T>(done: Result<T, UploadError>) -> Result<T, AppError> {
        done.map_err(|error| match error {
            UploadError::Forbidden(_) => AppError::Forbidden,
            UploadError::NotFound | UploadError::NotReady | UploadError::Full => AppError::NotFound,
            UploadError::InReview => AppError::WrongStatus("in_review".to_owned()),
            UploadError::Busy => AppError::TooMany { seconds: 60 },
            UploadError::Database(cause) => unavailable(cause),
        })
    }
}
