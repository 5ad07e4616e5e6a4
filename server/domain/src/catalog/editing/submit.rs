//! Handing a draft to the moderator.
use super::{
    EditError,
    check::check,
    draft::{self, Draft},
    none_of, queries_draft as queries,
};
use crate::{
    accounts::Actor,
    catalog::{ListingStatus, refresh_listing},
    kernel::Ctx,
};
use sapar_shared::ids::ListingId;
use sqlx::PgConnection;
use uuid::Uuid;

/// A draft, or what was rejected, goes in review as a whole; of a published listing the edits do, and it stays public
/// meanwhile. Refused with what keeps it from review. Returns where the listing stands now.
pub async fn submit(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, id: ListingId) -> Result<ListingStatus, EditError> {
    let listing = draft::lock(&mut *conn, actor, id).await?;
    let mut draft = Draft::of(&mut *conn, &listing).await?;
    draft.may_change(&listing)?;
    // Nothing was edited: there is nothing to look at.
    if listing.was_public() && !draft.differs(&mut *conn, &listing).await? {
        return Err(EditError::Status(listing.status));
    }
    // From the look at them until they are in review nobody crops them.
    let pictures: Vec<Uuid> = draft.content.pictures.iter().map(|picture| picture.upload.0).collect();
    queries::lock_pictures(&mut *conn, listing.organisation.0, &pictures).await?;
    none_of(check(&mut *conn, &listing, &draft.content).await?.blocking())?;
    draft.keep(&mut *conn, ctx, &listing).await?;
    queries::set_submitted(&mut *conn, id.0, Some(ctx.now())).await?;
    if listing.was_public() {
        return Ok(listing.status);
    }
    if !listing.status.may_become(ListingStatus::InReview) {
        return Err(EditError::Status(listing.status));
    }
    queries::set_status(&mut *conn, id.0, ListingStatus::InReview.as_str(), ctx.now()).await?;
    refresh_listing(conn, ctx, id).await?;
    Ok(ListingStatus::InReview)
}
