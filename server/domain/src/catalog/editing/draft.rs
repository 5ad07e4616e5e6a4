//! A listing as whoever edits it finds it.
use super::{EditError, queries_draft as queries};
use crate::{
    accounts::Actor,
    catalog::ListingStatus,
    kernel::{Ctx, db::unknown_word},
};
use jiff::Timestamp;
use queries::{DraftRow, ListingRow};
use sapar_shared::{
    Lang,
    dto::editor::{DraftPicture, DraftStep, MapPoint, TourDraft, Tri},
    ids::{ListingId, OrganisationId},
    roles::Permission,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// A listing of the actor's organisation.
pub(in crate::catalog) struct Listing {
    pub id: ListingId,
    pub organisation: OrganisationId,
    pub slug: String,
    pub status: ListingStatus,
    pub duration_minutes: i32,
}

impl TryFrom<ListingRow> for Listing {
    type Error = sqlx::Error;

    fn try_from(row: ListingRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.id.into(),
            organisation: row.organisation_id.into(),
            status: ListingStatus::parse(&row.status).ok_or_else(|| unknown_word(&row.status))?,
            slug: row.slug,
            duration_minutes: row.duration_minutes,
        })
    }
}

/// The listing, whose row the transaction holds from here on.
pub(in crate::catalog) async fn lock(conn: &mut PgConnection, actor: &Actor, id: ListingId) -> Result<Listing, EditError> {
    let organisation = actor.require(Permission::EditListings)?;
    let row = queries::lock_listing(conn, organisation.0, id.0).await?.ok_or(EditError::NotFound)?;
    Ok(row.try_into()?)
}

/// The listing, only to be looked at.
pub(in crate::catalog) async fn find(conn: &mut PgConnection, actor: &Actor, id: ListingId) -> Result<Listing, EditError> {
    let organisation = actor.require(Permission::EditListings)?;
    let row = queries::listing(conn, organisation.0, id.0).await?.ok_or(EditError::NotFound)?;
    Ok(row.try_into()?)
}

impl Listing {
    /// It is or was public.
    pub(super) const fn was_public(&self) -> bool {
        matches!(self.status, ListingStatus::Published | ListingStatus::Paused | ListingStatus::Archived)
    }
}

/// The content, as it is kept or, before anybody has edited it here, as it is live.
pub(super) struct Draft {
    pub version: i32,
    pub content: TourDraft,
    /// What was approved last.
    pub live: Option<TourDraft>,
    /// Who saved this version; the organisation, where nobody did.
    pub edited_by: String,
    pub edited_at: Timestamp,
    pub submitted: bool,
    pub remark: Option<String>,
    /// There is a row of it.
    pub kept: bool,
}

impl From<DraftRow> for Draft {
    fn from(row: DraftRow) -> Self {
        Self {
            version: row.version,
            content: row.content.0,
            live: row.live.map(|live| live.0),
            edited_by: row.edited_by,
            edited_at: row.edited_at.to_jiff(),
            submitted: row.submitted,
            remark: row.remark,
            kept: true,
        }
    }
}

impl Draft {
    pub(super) async fn of(conn: &mut PgConnection, listing: &Listing) -> sqlx::Result<Self> {
        match queries::draft(&mut *conn, listing.id.0).await? {
            Some(row) => Ok(row.into()),
            None => from_live(conn, listing).await,
        }
    }

    /// Writes down what was only live so far, and its pictures as uploads. The listing is locked.
    pub(super) async fn keep(&mut self, conn: &mut PgConnection, ctx: &Ctx, listing: &Listing) -> sqlx::Result<()> {
        if !self.kept {
            queries::adopt_pictures(&mut *conn, listing.id.0, ctx.now()).await?;
            queries::insert_draft(conn, listing.id.0, &self.content, Some(&self.content), None, self.edited_at).await?;
            self.kept = true;
        }
        Ok(())
    }

    /// What was approved last is another one.
    pub(super) async fn differs(&self, conn: &mut PgConnection, listing: &Listing) -> sqlx::Result<bool> {
        let Some(live) = &self.live else { return Ok(true) };
        if *live != self.content || !self.kept {
            return Ok(*live != self.content);
        }
        let uploads: Vec<Uuid> = self.content.pictures.iter().map(|picture| picture.upload.0).collect();
        queries::pictures_differ(conn, listing.id.0, &uploads).await
    }

    /// What waits for review stays as the moderator sees it, and the archive stays as it is.
    pub(super) fn may_change(&self, listing: &Listing) -> Result<(), EditError> {
        match listing.status {
            ListingStatus::Published | ListingStatus::Paused if self.submitted => Err(EditError::Status(ListingStatus::InReview)),
            ListingStatus::Draft | ListingStatus::Rejected | ListingStatus::Published | ListingStatus::Paused => Ok(()),
            closed @ (ListingStatus::InReview | ListingStatus::Archived) => Err(EditError::Status(closed)),
        }
    }
}

/// The draft of a listing that was never edited here. Its pictures pass for uploads of the same ids until it is kept.
async fn from_live(conn: &mut PgConnection, listing: &Listing) -> sqlx::Result<Draft> {
    let row = queries::live(&mut *conn, listing.id.0).await?;
    let mut content = TourDraft {
        meeting_point: Some(MapPoint { lat_e6: row.meeting_lat_e6, lng_e6: row.meeting_lng_e6 }),
        place: row.place,
        from_place: row.from_place,
        category: row.category,
        guide_languages: row.guide_languages.iter().filter_map(|code| code.parse().ok()).collect(),
        duration_minutes: row.duration_minutes,
        free_cancel_hours: row.free_cancel_hours,
        ..TourDraft::default()
    };
    for texts in queries::live_texts(&mut *conn, listing.id.0).await? {
        let Ok(lang) = texts.lang.parse() else { continue };
        add_texts(&mut content, lang, texts);
    }
    let pictures = queries::live_pictures(conn, listing.id.0).await?;
    content.pictures = pictures
        .into_iter()
        .map(|row| DraftPicture { upload: row.id.into(), alt: Tri { ru: row.alt_ru, kk: row.alt_kk, en: row.alt_en } })
        .collect();
    Ok(Draft {
        version: 0,
        live: Some(content.clone()),
        content,
        edited_by: row.organisation,
        edited_at: row.updated_at.to_jiff(),
        submitted: false,
        remark: None,
        kept: false,
    })
}

fn add_texts(content: &mut TourDraft, lang: Lang, texts: queries::TextRow) {
    let one = |field: &mut Tri, text: String| *field.get_mut(lang) = text;
    one(&mut content.title, texts.title);
    one(&mut content.summary, texts.summary);
    one(&mut content.description, texts.description);
    one(&mut content.meeting, texts.meeting);
    for (items, written) in [(&mut content.included, texts.included), (&mut content.excluded, texts.excluded)] {
        for (at, text) in written.into_iter().enumerate() {
            one(at_place(items, at), text);
        }
    }
    for (at, step) in texts.programme.0.into_iter().enumerate() {
        let known = at_place(&mut content.programme, at);
        *known = DraftStep { day: step.day, time: step.time, text: std::mem::take(&mut known.text) };
        one(&mut known.text, step.text);
    }
}

/// The list's item of that place; shorter lists grow.
fn at_place<T: Default + Clone>(items: &mut Vec<T>, at: usize) -> &mut T {
    if items.len() <= at {
        items.resize(at + 1, T::default());
    }
    &mut items[at]
}

/// The editor of a version, where it was a person.
pub(super) fn author(actor: &Actor) -> Option<Uuid> {
    actor.account.map(|account| account.0)
}
