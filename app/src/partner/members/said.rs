//! What is under way on the page, one thing at a time, and what came of the last one: said beside what was pressed. It outlives
//! the list's being drawn anew, which every deed brings about.
use crate::partner::{form::Answer, told::Telling, words};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    ids::{AccountId, InvitationId},
};

/// Where something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Above all members: of one who is there no more.
    Members,
    Member(AccountId),
    Invite,
    /// Above all invitations.
    Invitations,
    Invitation(InvitationId),
    /// Above the fold that leads out, whichever it is now.
    WayOut,
    /// In the form that hands over.
    HandOver,
}

/// What was pressed last.
#[derive(Clone, Debug)]
struct Asked {
    /// Where a refusal is said.
    at: Place,
    /// Where it is said once it is done, and in what words.
    then: Place,
    words: String,
}

#[derive(Clone, Copy)]
pub(super) struct Doings {
    lang: Lang,
    asked: StoredValue<Option<Asked>>,
    telling: Telling<Place>,
    /// From the press until it is refused, or the list is drawn anew: nothing else can be pressed meanwhile.
    pub(super) busy: Signal<bool>,
    held: RwSignal<bool>,
    refresh: Callback<()>,
}

impl Doings {
    /// `refresh` loads the list anew.
    pub(super) fn new(lang: Lang, refresh: Callback<()>) -> Self {
        let held = RwSignal::new(false);
        Self { lang, asked: StoredValue::new(None), telling: Telling::default(), busy: held.into(), held, refresh }
    }

    /// Something was pressed at `at`; `words` will be said at `then`.
    pub(super) fn begin(self, at: Place, then: Place, words: String) {
        self.asked.set_value(Some(Asked { at, then, words }));
        self.telling.forget();
        self.held.set(true);
    }

    /// Says what comes of an action that was begun.
    pub(super) fn follow(self, answer: Answer) {
        Effect::new(move |_| {
            let Some(answer) = answer.get() else { return };
            let Some(Asked { at, then, words }) = self.asked.get_value() else { return };
            match answer {
                Ok(Ok(())) => {
                    self.telling.tell(then, true, words);
                    self.refresh.run(());
                }
                Ok(Err(error)) | Err(error) => {
                    self.held.set(false);
                    self.telling.tell(at, false, words::error(self.lang, &error));
                }
            }
        });
    }

    /// The page was left.
    pub(super) fn is_gone(self) -> bool {
        self.held.is_disposed()
    }

    /// The list stands there as it is now.
    pub(super) fn drawn(self) {
        self.held.set(false);
    }
}

#[component]
pub(super) fn Said(doings: Doings, place: Place) -> impl IntoView {
    doings.telling.said(place, None)
}
