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
    use crate::{partner::api::door, request::unavailable};
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let ids = &ids[..ids.len().min(100)];
    let mut conn = services.conn().await.map_err(unavailable)?;
    Ok(sapar_domain::uploads::states(&mut conn, &services.ctx, &actor, ids).await.map_err(server::refused))
}

/// Shows `part` of what is shown now, or all of the picture again; its sizes are made anew.
#[server(prefix = "/fn", endpoint = "cabinet-upload-crop", input = Wire, output = Wire)]
pub async fn crop_upload(id: UploadId, part: Option<Part>) -> Tried<()> {
    use crate::{partner::api::door, request::unavailable};
    use sapar_domain::uploads::{Crop, crop};
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let part = part.map(|Part { left, top, width, height }| Crop { left, top, width, height });
    let mut tx = services.begin().await.map_err(unavailable)?;
    if let Err(error) = crop(&mut tx, &services.ctx, &actor, id, part).await {
        return Ok(Err(server::refused(error)));
    }
    tx.commit().await.map_err(unavailable)?;
    Ok(Ok(()))
}

/// Takes a picture out of what the listing has, or back into it.
#[server(prefix = "/fn", endpoint = "cabinet-upload-discard", input = Wire, output = Wire)]
pub async fn discard_upload(id: UploadId, discarded: bool) -> Tried<()> {
    use crate::{partner::api::door, request::unavailable};
    let (actor, services) = match door().await {
        Ok(open) => open,
        Err(error) => return Ok(Err(error)),
    };
    let mut tx = services.begin().await.map_err(unavailable)?;
    if let Err(error) = sapar_domain::uploads::discard(&mut tx, &services.ctx, &actor, id, discarded).await {
        return Ok(Err(server::refused(error)));
    }
    tx.commit().await.map_err(unavailable)?;
    Ok(Ok(()))
}

#[cfg(feature = "ssr")]
mod server {
    use crate::{error::AppError, request::unavailable};
    use sapar_domain::uploads::UploadError;

    pub fn refused(error: UploadError) -> AppError {
        match error {
            UploadError::Forbidden(_) => AppError::Forbidden,
            UploadError::NotFound | UploadError::NotReady | UploadError::Full => AppError::NotFound,
            UploadError::InReview => AppError::WrongStatus("in_review".to_owned()),
            UploadError::Busy => AppError::TooMany { seconds: 60 },
            UploadError::Database(cause) => unavailable(cause),
        }
    }
}
