//! A moderator's yes: the draft is written where travellers read.
use super::{
    EditError,
    check::check,
    draft::{Draft, Listing},
    none_of, queries, queries_draft, queries_live, wrong,
};
use crate::{
    catalog::{ListingStatus, refresh_listing},
    kernel::Ctx,
};
use sapar_shared::dto::editor::ProblemKind;
use sqlx::PgConnection;
use uuid::Uuid;

/// What came of an approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approved {
    /// Travellers see it now, or would if the partner had not paused it.
    Live,
    /// It becomes public together with its organisation, see `publish_approved`.
    WaitsForActivation,
}

/// Of what was submitted, and as it was submitted: nobody may change it in between. For the platform's own people, who are no
/// actors of an organisation; whoever calls this has made sure of that.
pub async fn approve(conn: &mut PgConnection, ctx: &Ctx, slug: &str) -> Result<Approved, EditError> {
    let listing = submitted(&mut *conn, slug).await?;
    let draft = Draft::of(&mut *conn, &listing).await?;
    none_of(check(&mut *conn, &listing, &draft.content).await?.blocking())?;
    let point =
        draft.content.meeting_point.ok_or_else(|| EditError::Problems(vec![wrong("meeting_point", ProblemKind::Missing)]))?;
    let (id, now) = (listing.id.0, ctx.now());
    queries_live::write_listing(&mut *conn, id, &draft.content, (point.lat_e6, point.lng_e6), now).await?;
    queries_live::write_texts(&mut *conn, id, &draft.content).await?;
    let pictures: Vec<Uuid> = draft.content.pictures.iter().map(|_| ctx.id()).collect();
    queries_live::write_pictures(&mut *conn, id, listing.organisation.0, &draft.content, &pictures).await?;
    if draft.content.duration_minutes != listing.duration_minutes {
        queries_live::write_ends(&mut *conn, id, draft.content.duration_minutes, now).await?;
    }
    let waits = !listing.was_public() && !queries::organisation_active(&mut *conn, listing.organisation.0).await?;
    queries_draft::set_approved(&mut *conn, id, waits.then_some(now)).await?;
    if !listing.was_public() && !waits {
        queries_draft::set_status(&mut *conn, id, ListingStatus::Published.as_str(), now).await?;
    }
    refresh_listing(conn, ctx, listing.id).await?;
    Ok(if waits { Approved::WaitsForActivation } else { Approved::Live })
}

/// The listing, locked, if it or its edits wait for review.
pub(super) async fn submitted(conn: &mut PgConnection, slug: &str) -> Result<Listing, EditError> {
    let row = queries_draft::lock_by_slug(&mut *conn, slug).await?.ok_or(EditError::NotFound)?;
    let listing = Listing::try_from(row)?;
    if Draft::of(conn, &listing).await?.submitted { Ok(listing) } else { Err(EditError::Status(listing.status)) }
}
