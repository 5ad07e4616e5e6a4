//! What the editor knows while it is open, and how it gets to the server: 1.5 s after the last change and when a field is
//! left. Until the server has it, the browser's storage does.
pub use super::standing::{SaveState, Standing};
use super::{
    super::api::{load_editor, save_draft},
    faults::Fault,
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
/// How long a sentence stays that needs no answer.
const TO_BE_READ: Duration = Duration::from_secs(6);

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

/// What the browser keeps until the server has it.
#[derive(Serialize, Deserialize)]
struct Kept {
    base: i32,
    draft: TourDraft,
    /// What was not decided yet: none of it goes to the server before.
    #[serde(default)]
    conflicts: Vec<Conflict>,
}

/// What other tabs hear of when a tour's draft was saved here: a key of the browser's storage that comes and goes at once.
#[must_use]
pub fn saved_key(id: ListingId) -> String {
    format!("sapar_draft_saved_{id}")
}

fn tell_others(id: ListingId) {
    let key = saved_key(id);
    browser::store_text(&key, "");
    browser::forget(&key);
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
    /// Fields that hold what cannot be, in the order of the page.
    pub faults: RwSignal<Vec<Fault>>,
    /// Somebody has pressed "submit": from now on problems stand beside their fields.
    pub tried: RwSignal<bool>,
    /// What somebody else has written otherwise meanwhile: the fields keep what was typed here, the server keeps theirs until one
    /// decides.
    pub conflicts: RwSignal<Vec<Conflict>>,
    /// Who else has saved meanwhile.
    pub with: RwSignal<Option<String>>,
    pub save: RwSignal<SaveState>,
    /// The language that a phone shows of the texts.
    pub tab: RwSignal<Lang>,
    /// The list that has just lost a row, and the draft as it was.
    pub removed: RwSignal<Option<(&'static str, TourDraft)>>,
    /// Ticket types came back from the browser's storage that were not on the server.
    pub restored: RwSignal<bool>,
    /// And so did content of these sections.
    pub restored_in: RwSignal<Vec<Section>>,
    base: StoredValue<i32>,
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
            faults: RwSignal::new(Vec::new()),
            // A rejected tour has been tried.
            tried: RwSignal::new(editor.status == "rejected"),
            conflicts: RwSignal::new(Vec::new()),
            with: RwSignal::new(None),
            save: RwSignal::new(SaveState::Saved(saved)),
            tab: RwSignal::new(lang),
            removed: RwSignal::new(None),
            restored: RwSignal::new(false),
            restored_in: RwSignal::new(Vec::new()),
            base: StoredValue::new(editor.version),
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
        self.store();
        let stands = [SaveState::Saving, SaveState::Kept, SaveState::Refused(AppError::SignInFirst)];
        if !stands.contains(&self.save.read_untracked()) {
            self.save.set(SaveState::Changed);
        }
        self.wait(AFTER_THE_LAST_CHANGE);
    }

    /// Keeps all of it on this device.
    fn store(self) {
        let (base, draft, conflicts) = (self.base.get_value(), self.draft.get_untracked(), self.conflicts.get_untracked());
        browser::store(&self.key(), &Kept { base, draft, conflicts });
    }

    /// The server has all that it is to have: what is left is what was not decided.
    fn settle(self) {
        if !self.save.with_untracked(SaveState::is_saved) {
            self.save.set(SaveState::Saved(browser::clock()));
        }
        if self.conflicts.read_untracked().is_empty() {
            browser::forget(&self.key());
        } else {
            self.store();
        }
        self.tell_restored();
    }

    /// The draft as it goes to the server: without what was not decided.
    fn outgoing(self) -> Option<TourDraft> {
        let mut draft = self.draft.try_get_untracked()?;
        let known = self.known.try_get_value()?;
        for conflict in self.conflicts.try_get_untracked()? {
            fields::take(&conflict.field, &known, &mut draft);
        }
        Some(draft)
    }

    /// What is typed here over `draft` where it was not decided.
    fn with_mine(self, mut draft: TourDraft) -> TourDraft {
        for conflict in self.conflicts.get_untracked() {
            self.draft.with_untracked(|mine| fields::take(&conflict.field, mine, &mut draft));
        }
        draft
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
        self.outgoing().zip(self.known.try_get_value()).is_some_and(|(draft, known)| draft != known)
    }

    /// A field was left.
    pub fn leave(self) {
        // Chromium takes the focus from what is taken away, too.
        if self.save.is_disposed() {
            return;
        }
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
        let (Some(sent), Some(base)) = (self.outgoing(), self.base.try_get_value()) else { return false };
        if !self.is_dirty() {
            // What waits from another time is not this one's to forget.
            if !self.save.with_untracked(SaveState::is_saved) {
                self.settle();
            }
            return true;
        }
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
        let Some(now) = self.outgoing() else { return };
        let Saved { version, draft: theirs, problems, with, conflicts } = saved;
        let merged = fields::rebase(sent, &now, &theirs);
        self.meet(conflicts, &theirs);
        // Under somebody's hands no text turns into another one.
        let merged = self.with_mine(merged);
        if self.draft.with_untracked(|draft| *draft != merged) {
            self.draft.set(merged);
            self.show_copies();
        }
        self.base.set_value(version);
        self.known.set_value(theirs);
        self.problems.set(problems);
        if with.is_some() {
            self.with.set(with);
        }
        self.standing.update(|standing| standing.differs_from_live = matches!(standing.status.as_str(), "published" | "paused"));
        self.save.set(SaveState::Saved(browser::clock()));
        if self.is_dirty() {
            self.changed();
        } else {
            self.settle();
        }
        tell_others(self.id);
    }

    /// Conflicts that are new, and those that were there, as far as what is typed still is another than what is saved.
    fn meet(self, new: Vec<Conflict>, saved: &TourDraft) {
        let met = self.conflicts.get_untracked();
        let mut all: Vec<Conflict> = met.iter().filter(|old| new.iter().all(|new| new.field != old.field)).cloned().collect();
        all.extend(new);
        self.draft.with_untracked(|mine| all.retain(|conflict| fields::differs(&conflict.field, mine, saved)));
        for conflict in &mut all {
            if let Some(theirs) = fields::text(saved, &conflict.field) {
                theirs.clone_into(&mut conflict.theirs);
            }
        }
        if all != met {
            self.conflicts.set(all);
        }
    }

    /// What came back is saved: that it did is said for as long as it takes to read it.
    fn tell_restored(self) {
        if self.restored_in.read_untracked().is_empty() {
            return;
        }
        let gone = move || {
            self.restored_in.try_set(Vec::new());
        };
        set_timeout(gone, TO_BE_READ);
    }

    /// The draft has been replaced: the copies follow.
    fn show_copies(self) {
        let (pictures, point) = self.draft.with_untracked(|draft| (draft.pictures.clone(), draft.meeting_point));
        self.pictures.set(pictures);
        self.point.set(point);
    }

    /// A conflict is decided: `mine` is what stands in the field now, else it becomes what is saved.
    pub fn decide(self, field: &str, mine: bool) {
        self.conflicts.update(|conflicts| conflicts.retain(|conflict| conflict.field != field));
        if !mine {
            self.known.with_value(|theirs| self.draft.update(|draft| fields::take(field, theirs, draft)));
            self.show_copies();
        }
        if self.conflicts.read_untracked().is_empty() {
            self.with.set(None);
        }
        self.changed();
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
            self.draft.set(self.with_mine(editor.draft.clone()));
            self.known.set_value(editor.draft);
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
                    self.restored_in.set(fields::changed(&self.draft.get_untracked(), &kept.draft));
                    self.draft.set(kept.draft);
                    self.meet(kept.conflicts, &self.known.get_value());
                    self.show_copies();
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
                && let (Some(draft), Some(base)) = (self.outgoing(), self.base.try_get_value())
            {
                let (lang, id, key) = (self.lang, self.id, self.key());
                let decided = self.conflicts.try_with_untracked(Vec::is_empty).unwrap_or(false);
                spawn_local(async move {
                    if matches!(save_draft(lang, id, base, draft).await, Ok(Ok(saved)) if saved.conflicts.is_empty() && decided) {
                        browser::forget(&key);
                    }
                });
            }
        });
    }
}
