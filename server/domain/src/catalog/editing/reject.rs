//! A moderator's no, with what is to be mended.
use super::{EditError, approve::submitted, none_of, queries_draft as queries, wrong};
use crate::{
    catalog::{ListingStatus, refresh_listing},
    kernel::Ctx,
};
use sapar_shared::{dto::editor::ProblemKind, forms::draft::block};
use sqlx::PgConnection;

/// Letters of a remark.
const REMARK: usize = 1000;

/// Of what was submitted; a published listing stays as it is, and its edits may be changed again. For the platform's own people,
/// as `approve`.
pub async fn reject(conn: &mut PgConnection, ctx: &Ctx, slug: &str, remark: &str) -> Result<(), EditError> {
    let remark = block(remark).trim().to_owned();
    match remark.chars().count() {
        0 => none_of(vec![wrong("remark", ProblemKind::Missing)])?,
        1..=REMARK => {}
        _ => none_of(vec![wrong("remark", ProblemKind::TooLong)])?,
    }
    let listing = submitted(&mut *conn, slug).await?;
    queries::set_rejected(&mut *conn, listing.id.0, &remark).await?;
    if listing.status == ListingStatus::InReview {
        queries::set_status(&mut *conn, listing.id.0, ListingStatus::Rejected.as_str(), ctx.now()).await?;
        refresh_listing(conn, ctx, listing.id).await?;
    }
    Ok(())
}
