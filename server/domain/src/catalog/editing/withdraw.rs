//! Taking back what waits for review.
use super::{
    EditError,
    draft::{self, Draft},
    queries_draft as queries,
};
use crate::{
    accounts::Actor,
    catalog::{ListingStatus, refresh_listing},
    kernel::Ctx,
};
use sapar_shared::ids::ListingId;
use sqlx::PgConnection;

/// The listing is a draft again, or the published one's edits may be changed again. Returns where it stands now.
pub async fn withdraw(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, id: ListingId) -> Result<ListingStatus, EditError> {
    let listing = draft::lock(&mut *conn, actor, id).await?;
    let draft = Draft::of(&mut *conn, &listing).await?;
    match listing.status {
        ListingStatus::InReview => {
            queries::set_submitted(&mut *conn, id.0, None).await?;
            queries::set_status(&mut *conn, id.0, ListingStatus::Draft.as_str(), ctx.now()).await?;
            refresh_listing(conn, ctx, id).await?;
            Ok(ListingStatus::Draft)
        }
        ListingStatus::Published | ListingStatus::Paused if draft.submitted => {
            queries::set_submitted(conn, id.0, None).await?;
            Ok(listing.status)
        }
        status => Err(EditError::Status(status)),
    }
}
