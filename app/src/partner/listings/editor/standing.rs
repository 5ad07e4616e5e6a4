//! How a draft and its tour stand.
use crate::error::AppError;
use sapar_shared::dto::editor::Editor;

/// How the draft stands with the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// As it came, or saved at this time of day.
    Saved(String),
    /// Changed, and soon on its way.
    Changed,
    Saving,
    /// The server could not be reached.
    Kept,
    /// The server said no.
    Refused(AppError),
}

impl SaveState {
    #[must_use]
    pub const fn is_saved(&self) -> bool {
        matches!(self, Self::Saved(_))
    }
}

/// Everything around the content that the server tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub slug: String,
    pub status: String,
    pub remark: Option<String>,
    pub edits_in_review: bool,
    pub differs_from_live: bool,
    pub organisation_active: bool,
    pub edited_by: String,
}

impl Standing {
    #[must_use]
    pub fn of(editor: &Editor) -> Self {
        Self {
            slug: editor.slug.clone(),
            status: editor.status.clone(),
            remark: editor.remark.clone(),
            edits_in_review: editor.edits_in_review,
            differs_from_live: editor.differs_from_live,
            organisation_active: editor.organisation_active,
            edited_by: editor.edited_by.clone(),
        }
    }

    /// What a moderator reads does not change under their eyes, and what is archived rests.
    #[must_use]
    pub fn may_edit(&self) -> bool {
        !self.edits_in_review && !matches!(self.status.as_str(), "in_review" | "archived")
    }
}
