//! What the job knows and tells. It has no actor: the picture was authorised when it was taken in.
use super::{Crop, queries};
use crate::kernel::Ctx;
use sapar_shared::ids::UploadId;
use sqlx::PgConnection;

/// A revision that wants its sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToMake {
    pub crop: Option<Crop>,
}

/// The sizes of a revision as they lie in the object store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Ascending; the last is `width`.
    pub widths: Vec<i32>,
    pub width: i32,
    pub height: i32,
    /// `#rrggbb`.
    pub color: String,
}

/// `None` when this revision was made before, or is no longer wanted.
pub async fn to_make(conn: &mut PgConnection, _ctx: &Ctx, id: UploadId, revision: i32) -> sqlx::Result<Option<ToMake>> {
    queries::to_make(conn, id, revision).await
}

pub async fn finish(conn: &mut PgConnection, _ctx: &Ctx, id: UploadId, revision: i32, made: &Made) -> sqlx::Result<()> {
    queries::finish(conn, id, revision, &super::key(id, revision), made).await
}

/// `why` is a word for whoever looks into it.
pub async fn fail(conn: &mut PgConnection, _ctx: &Ctx, id: UploadId, revision: i32, why: &str) -> sqlx::Result<()> {
    queries::fail(conn, id, revision, why).await
}
