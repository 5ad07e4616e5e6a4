//! What the editor knows while it is open, and how it gets to the server: 1.5 s after the last change and when a field is
//! left. Until the server has it, the browser's storage does.
use super::{
    super::api::{load_editor, save_draft},
    fields::{self, Section},
};
use crate::{browser, error::AppError, partner::drafts::Draft};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use sapar_shared::{
    Lang,
    dto::editor::{Choice, Conflict, DraftPicture, Editor, MapPoint, Problem, Saved, TourDraft, Tri, UploadView},
    ids::{AccountId, ListingId},
};
use serde::{Deserialize, Serialize};
use std::time::Duration;

const AFTER_THE_LAST_CHANGE: Duration = Duration::from_millis(1500);
/// Without a connection; the browser also tells when it is back.
const TRY_AGAIN: Duration = Duration::from_secs(15);

async fn pause(time: Duration) {
    let (done, waiting) = futures::channel::oneshot::channel();
    set_timeout(
        move || {
            let _ = done.send(());
        },
        time,
    );
    let _ = waiting.await;
}

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

/// What the browser keeps until the server has it.
#[derive(Serialize, Deserialize)]
struct Kept {
    base: i32,
    draft: TourDraft,
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
    fn of(editor: &Editor) -> Self {
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

fn ticket_names(editor: &Editor) -> Vec<Tri> {
    editor.ticket_types.iter().map(|kind| kind.name.clone()).collect()
}

/// The editor's state, small enough to be handed around.
#[derive(Clone, Copy)]
pub struct Edit {
    pub lang: Lang,
    pub id: ListingId,
    /// Who edits.
    pub account: AccountId,
    pub draft: RwSignal<TourDraft>,
    /// Copies of the draft's, for the components that know no draft.
    pub pictures: RwSignal<Vec<DraftPicture>>,
    pub point: RwSignal<Option<MapPoint>>,
    pub uploads: RwSignal<Vec<UploadView>>,
    /// Of the ticket types, as they are saved.
    pub ticket_names: RwSignal<Vec<Tri>>,
    pub places: StoredValue<Vec<Choice>>,
    pub categories: StoredValue<Vec<Choice>>,
    pub standing: RwSignal<Standing>,
    pub problems: RwSignal<Vec<Problem>>,
    /// Somebody has pressed "submit": from now on problems stand beside their fields.
    pub tried: RwSignal<bool>,
    pub conflicts: RwSignal<Vec<Conflict>>,
    /// Who else has saved meanwhile.
    pub with: RwSignal<Option<String>>,
    pub save: RwSignal<SaveState>,
    /// The language that a phone shows of the texts.
    pub tab: RwSignal<Lang>,
    /// The list that has just lost a row, and the draft as it was.
    pub removed: RwSignal<Option<(&'static str, TourDraft)>>,
    /// What came back from the browser's storage was not on the server.
    pub restored: RwSignal<bool>,
    base: StoredValue<i32>,
    /// The draft that met with conflicts.
    mine: StoredValue<Option<TourDraft>>,
    /// The last draft that the server is known to have.
    known: StoredValue<TourDraft>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Edit {
    #[must_use]
    pub fn new(lang: Lang, account: AccountId, editor: &Editor, saved: String) -> Self {
        Self {
            lang,
            id: editor.id,
            account,
            pictures: RwSignal::new(editor.draft.pictures.clone()),
            point: RwSignal::new(editor.draft.meeting_point),
            uploads: RwSignal::new(editor.pictures.clone()),
            ticket_names: RwSignal::new(ticket_names(editor)),
            places: StoredValue::new(editor.places.clone()),
            categories: StoredValue::new(editor.categories.clone()),
            standing: RwSignal::new(Standing::of(editor)),
            problems: RwSignal::new(editor.problems.clone()),
            // A rejected tour has been tried.
            tried: RwSignal::new(editor.status == "rejected"),
            conflicts: RwSignal::new(Vec::new()),
            with: RwSignal::new(None),
            save: RwSignal::new(SaveState::Saved(saved)),
            tab: RwSignal::new(lang),
            removed: RwSignal::new(None),
            restored: RwSignal::new(false),
            base: StoredValue::new(editor.version),
            mine: StoredValue::new(None),
            known: StoredValue::new(editor.draft.clone()),
            timer: StoredValue::new(None),
            draft: RwSignal::new(editor.draft.clone()),
        }
    }

    /// The key in the browser's storage.
    fn key(self) -> String {
        Draft::Tour(self.id).key(self.account)
    }

    /// Changes the content; it goes to the server soon.
    pub fn change(self, change: impl FnOnce(&mut TourDraft)) {
        self.draft.update(change);
        self.changed();
    }

    /// As [`Self::change`] for what takes a row out of `list`: it can be brought back.
    pub fn remove(self, list: &'static str, change: impl FnOnce(&mut TourDraft)) {
        self.removed.set(Some((list, self.draft.get_untracked())));
        self.change(change);
    }

    pub fn bring_back(self) {
        let Some((list, before)) = self.removed.get_untracked() else { return };
        self.removed.set(None);
        self.change(|draft| fields::take(list, &before, draft));
        self.show_copies();
    }

    fn changed(self) {
        browser::store(&self.key(), &Kept { base: self.base.get_value(), draft: self.draft.get_untracked() });
        let stands = [SaveState::Saving, SaveState::Kept, SaveState::Refused(AppError::SignInFirst)];
        if !stands.contains(&self.save.read_untracked()) {
            self.save.set(SaveState::Changed);
        }
        self.wait(AFTER_THE_LAST_CHANGE);
    }

    /// Saves after a while, unless something else comes before.
    fn wait(self, delay: Duration) {
        self.stop_waiting();
        let later = set_timeout_with_handle(move || self.save_now(), delay);
        self.timer.try_set_value(later.ok());
    }

    fn stop_waiting(self) {
        if let Some(Some(timer)) = self.timer.try_get_value() {
            timer.clear();
            self.timer.try_set_value(None);
        }
    }

    /// The server does not have all of it.
    #[must_use]
    pub fn is_dirty(self) -> bool {
        let known = self.known.try_get_value();
        self.draft.try_with_untracked(|draft| known.is_some_and(|known| known != *draft)).unwrap_or(false)
    }

    /// A field was left.
    pub fn leave(self) {
        if self.is_dirty() && self.save.get_untracked() == SaveState::Changed {
            self.save_now();
        }
    }

    /// Saves what is not saved, in its own time.
    pub fn save_now(self) {
        spawn_local(async move {
            self.flush().await;
        });
    }

    /// Saves what is not saved. Whether the server has all of it now.
    pub async fn flush(self) -> bool {
        self.stop_waiting();
        // One at a time: what is on its way becomes the base of the next.
        while self.save.try_get_untracked() == Some(SaveState::Saving) {
            pause(Duration::from_millis(200)).await;
        }
        if !self.is_dirty() {
            return !self.draft.is_disposed();
        }
        let (Some(sent), Some(base)) = (self.draft.try_get_untracked(), self.base.try_get_value()) else { return false };
        self.save.try_set(SaveState::Saving);
        let answer = save_draft(self.lang, self.id, base, sent.clone()).await;
        // The page may be gone by now.
        if self.draft.is_disposed() {
            return false;
        }
        match answer {
            Ok(Ok(saved)) => self.take_in(&sent, saved),
            Ok(Err(AppError::Unavailable)) | Err(_) => {
                self.save.set(SaveState::Kept);
                self.wait(TRY_AGAIN);
            }
            Ok(Err(error)) => self.save.set(SaveState::Refused(error)),
        }
        !self.is_dirty()
    }

    /// What has come of saving `sent`.
    fn take_in(self, sent: &TourDraft, saved: Saved) {
        let merged = fields::rebase(sent, &self.draft.get_untracked(), &saved.draft);
        if self.draft.with_untracked(|draft| *draft != merged) {
            self.draft.set(merged);
            self.show_copies();
        }
        self.base.set_value(saved.version);
        self.known.set_value(saved.draft);
        self.problems.set(saved.problems);
        if !saved.conflicts.is_empty() {
            self.mine.set_value(Some(sent.clone()));
            self.conflicts.update(|known| {
                known.retain(|old| saved.conflicts.iter().all(|new| new.field != old.field));
                known.extend(saved.conflicts);
            });
        }
        if saved.with.is_some() {
            self.with.set(saved.with);
        }
        self.standing.update(|standing| standing.differs_from_live = matches!(standing.status.as_str(), "published" | "paused"));
        self.save.set(SaveState::Saved(browser::clock()));
        if self.is_dirty() {
            self.changed();
        } else {
            browser::forget(&self.key());
        }
    }

    /// The draft has been replaced: the copies follow.
    fn show_copies(self) {
        let (pictures, point) = self.draft.with_untracked(|draft| (draft.pictures.clone(), draft.meeting_point));
        self.pictures.set(pictures);
        self.point.set(point);
    }

    /// A conflict is decided: with `mine` the field is as it was sent, else it stays as it is.
    pub fn decide(self, field: &str, mine: bool) {
        if mine && let Some(sent) = self.mine.get_value() {
            self.change(|draft| fields::take(field, &sent, draft));
            self.show_copies();
        }
        self.conflicts.update(|conflicts| conflicts.retain(|conflict| conflict.field != field));
        self.with.update(|with| {
            if self.conflicts.read_untracked().is_empty() {
                *with = None;
            }
        });
    }

    /// Asks the server how everything stands; what is not saved stays.
    pub async fn reload(self) {
        let Ok(Ok(editor)) = load_editor(self.lang, self.id.to_string()).await else { return };
        if self.draft.is_disposed() {
            return;
        }
        self.standing.set(Standing::of(&editor));
        self.ticket_names.set(ticket_names(&editor));
        self.problems.set(editor.problems);
        if !self.is_dirty() {
            self.base.set_value(editor.version);
            self.known.set_value(editor.draft.clone());
            self.draft.set(editor.draft);
            self.show_copies();
        }
        self.uploads.set(editor.pictures);
    }

    /// How many texts of a section are written in another language but not in this one.
    #[must_use]
    pub fn untranslated(self, section: Section, lang: Lang) -> usize {
        match section {
            Section::Tickets => self.ticket_names.read().iter().filter(|name| fields::lacks(name, lang)).count(),
            _ => self.draft.with(|draft| fields::untranslated(draft, section, lang)),
        }
    }

    /// The sentence about a field, where one is to be shown.
    #[must_use]
    pub fn problem(self, field: &str) -> Option<Problem> {
        if !self.tried.get() {
            return None;
        }
        self.problems.read().iter().find(|problem| problem.blocks && problem.field == field).cloned()
    }

    /// To be called once, in the browser: brings back what the server never got, and watches the connection.
    pub fn keep(self) {
        Effect::new(move |_| {
            if let Some(kept) = browser::stored::<Kept>(&self.key()) {
                if kept.draft == self.draft.get_untracked() {
                    browser::forget(&self.key());
                } else if self.standing.read_untracked().may_edit() {
                    self.base.set_value(kept.base);
                    self.draft.set(kept.draft);
                    self.show_copies();
                    self.restored.set(true);
                    self.changed();
                }
            }
            let online = window_event_listener_untyped("online", move |_| self.save_now());
            on_cleanup(move || online.remove());
        });
        on_cleanup(move || {
            self.stop_waiting();
            // Whoever walks on within the second and a half: sent without waiting for the answer.
            if self.is_dirty()
                && let (Some(draft), Some(base)) = (self.draft.try_get_untracked(), self.base.try_get_value())
            {
                let (lang, id, key) = (self.lang, self.id, self.key());
                spawn_local(async move {
                    if matches!(save_draft(lang, id, base, draft).await, Ok(Ok(saved)) if saved.conflicts.is_empty()) {
                        browser::forget(&key);
                    }
                });
            }
        });
    }
}
