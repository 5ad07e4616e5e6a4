//! Taking a picture in. It is asked twice: before the file is read, so that nobody sends megabytes in vain, and when it is
//! written down, under a lock, so that many at once are no more than allowed.
use super::{UploadError, jobs::MakePicture, queries};
use crate::{
    accounts::{Actor, Forbidden},
    kernel::{Ctx, jobs},
};
use sapar_shared::{
    dto::editor::{MAX_PICTURES, UploadState, UploadView},
    ids::{ListingId, OrganisationId, UploadId},
    roles::Permission,
};
use sqlx::PgConnection;

/// Pictures of one organisation that may wait to be made.
pub const MAX_WAITING: i64 = 60;

/// What a picture is sent for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Listing(ListingId),
    Logo,
}

impl Purpose {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Listing(_) => "listing",
            Self::Logo => "logo",
        }
    }

    pub(super) const fn listing(self) -> Option<ListingId> {
        match self {
            Self::Listing(id) => Some(id),
            Self::Logo => None,
        }
    }

    fn organisation(self, actor: &Actor) -> Result<OrganisationId, Forbidden> {
        actor.require(match self {
            Self::Listing(_) => Permission::EditListings,
            Self::Logo => Permission::EditOrganisation,
        })
    }
}

/// Whether a picture would be taken now.
pub async fn may_receive(conn: &mut PgConnection, _ctx: &Ctx, actor: &Actor, purpose: Purpose) -> Result<(), UploadError> {
    let organisation = purpose.organisation(actor)?;
    room(conn, organisation, purpose).await
}

async fn room(conn: &mut PgConnection, organisation: OrganisationId, purpose: Purpose) -> Result<(), UploadError> {
    if let Some(listing) = purpose.listing() {
        let pictures = queries::pictures_of(&mut *conn, organisation, listing).await?.ok_or(UploadError::NotFound)?;
        if usize::try_from(pictures).unwrap_or(usize::MAX) >= MAX_PICTURES {
            return Err(UploadError::Full);
        }
    }
    if queries::waiting(conn, organisation).await? >= MAX_WAITING {
        return Err(UploadError::Busy);
    }
    Ok(())
}

/// Writes down a picture whose file lies at `raw_path(id)` and has its sizes made.
pub async fn receive(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    id: UploadId,
    purpose: Purpose,
) -> Result<UploadView, UploadError> {
    let organisation = purpose.organisation(actor)?;
    queries::lock_organisation(&mut *conn, organisation).await?;
    room(&mut *conn, organisation, purpose).await?;
    queries::insert(&mut *conn, id, organisation, purpose, actor.account, ctx.now()).await?;
    jobs::enqueue(conn, ctx, &MakePicture { upload: id, revision: 0 }, ctx.now()).await?;
    Ok(UploadView { id, state: UploadState::Waiting, address: None, width: 0, height: 0 })
}
