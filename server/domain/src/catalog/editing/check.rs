//! A draft's problems, with what only the database knows.
use super::{
    draft::Listing,
    queries::{self, UploadRow},
};
use sapar_shared::{
    dto::editor::{Problem, ProblemKind, TourDraft, UploadState, UploadView},
    forms::draft,
    paths,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// A draft's pictures as far as they are made, and what is wrong with it.
pub(super) struct Checked {
    pub uploads: Vec<UploadView>,
    pub problems: Vec<Problem>,
}

impl Checked {
    pub(super) fn blocking(self) -> Vec<Problem> {
        self.problems.into_iter().filter(|problem| problem.blocks).collect()
    }
}

pub(super) async fn check(conn: &mut PgConnection, listing: &Listing, content: &TourDraft) -> sqlx::Result<Checked> {
    let rows = uploads(&mut *conn, listing, content).await?;
    let uploads: Vec<UploadView> = rows.into_iter().filter_map(UploadRow::view).collect();
    let known = queries::known(conn, listing.id.0, &content.place, &content.from_place, &content.category).await?;
    let mut problems = draft::problems(content, &uploads, usize::try_from(known.ticket_types).unwrap_or(0));
    for (field, slug, known) in [
        ("place", &content.place, known.place),
        ("from_place", &content.from_place, known.from_place),
        ("category", &content.category, known.category),
    ] {
        if !slug.is_empty() && !known {
            problems.push(super::wrong(field, ProblemKind::Malformed));
        }
    }
    Ok(Checked { uploads, problems })
}

/// The uploads of the draft's pictures, in no order. Those of other organisations are not found.
pub(super) async fn uploads(conn: &mut PgConnection, listing: &Listing, content: &TourDraft) -> sqlx::Result<Vec<UploadRow>> {
    let ids: Vec<Uuid> = content.pictures.iter().map(|picture| picture.upload.0).collect();
    queries::uploads(conn, listing.organisation.0, listing.id.0, &ids).await
}

/// What was sent for the listing and did not come into its draft: the page was left too early. It takes a place among those that
/// the listing may have, so whoever may edit the draft is shown it.
pub(super) async fn strays(conn: &mut PgConnection, listing: &Listing, content: &TourDraft) -> sqlx::Result<Vec<UploadView>> {
    let known: Vec<Uuid> = content.pictures.iter().map(|picture| picture.upload.0).collect();
    let rows = queries::strays(conn, listing.organisation.0, listing.id.0, &known).await?;
    Ok(rows.into_iter().filter_map(UploadRow::view).collect())
}

impl UploadRow {
    /// `None` in a state that this program does not know.
    fn view(self) -> Option<UploadView> {
        let state = match self.state.as_str() {
            "waiting" => UploadState::Waiting,
            "ready" => UploadState::Ready,
            "failed" => UploadState::Failed,
            _ => return None,
        };
        let smallest = self.widths.as_ref().and_then(|widths| widths.first()).and_then(|width| u32::try_from(*width).ok());
        Some(UploadView {
            id: self.id.into(),
            state,
            address: self
                .key
                .zip(smallest)
                .filter(|_| state != UploadState::Failed)
                .map(|(key, width)| paths::picture(&key, width)),
            width: self.width.unwrap_or(0),
            height: self.height.unwrap_or(0),
        })
    }
}
