//! Where a partner may move a listing by itself.
use super::{
    EditError,
    draft::{self, Draft},
    queries, queries_draft, submit, withdraw,
};
use crate::{
    accounts::Actor,
    catalog::{ListingStatus, refresh_listing},
    kernel::Ctx,
};
use sapar_shared::ids::ListingId;
use sqlx::PgConnection;

/// A step of a listing that its partner takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Submit,
    /// Takes back what waits for review.
    Withdraw,
    /// Off sale, for a while.
    Pause,
    Resume,
    /// Off sale for good.
    Archive,
    /// What was rejected is a draft again.
    Reopen,
}

impl Move {
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "submit" => Self::Submit,
            "withdraw" => Self::Withdraw,
            "pause" => Self::Pause,
            "resume" => Self::Resume,
            "archive" => Self::Archive,
            "reopen" => Self::Reopen,
            _ => return None,
        })
    }
}

/// Returns where the listing stands now.
pub async fn move_listing(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    id: ListingId,
    step: Move,
) -> Result<ListingStatus, EditError> {
    let (from, to) = match step {
        Move::Submit => return submit(conn, ctx, actor, id).await,
        Move::Withdraw => return withdraw(conn, ctx, actor, id).await,
        Move::Pause => (ListingStatus::Published, ListingStatus::Paused),
        Move::Resume => (ListingStatus::Paused, ListingStatus::Published),
        Move::Archive => (ListingStatus::Paused, ListingStatus::Archived),
        Move::Reopen => (ListingStatus::Rejected, ListingStatus::Draft),
    };
    let listing = draft::lock(&mut *conn, actor, id).await?;
    if listing.status != from || !from.may_become(to) {
        return Err(EditError::Status(listing.status));
    }
    let public = to == ListingStatus::Published;
    if public && !queries::organisation_active(&mut *conn, listing.organisation.0).await? {
        return Err(EditError::Status(listing.status));
    }
    if to == ListingStatus::Archived && Draft::of(&mut *conn, &listing).await?.submitted {
        queries_draft::set_submitted(&mut *conn, id.0, None).await?;
    }
    queries_draft::set_status(&mut *conn, id.0, to.as_str(), ctx.now()).await?;
    refresh_listing(conn, ctx, id).await?;
    Ok(to)
}
