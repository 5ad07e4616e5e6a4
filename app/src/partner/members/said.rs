//! What is under way on the page, one thing at a time, and what came of the last one: said beside what was pressed. It outlives
//! the list's being drawn anew, which every deed brings about.
use crate::{
    partner::{form::Answer, words},
    ui::{Alert, AlertTone},
};
use leptos::{html::Div, prelude::*};
use sapar_shared::{
    Lang,
    ids::{AccountId, InvitationId},
};
use std::time::Duration;

/// Whoever pressed a button is taken to its answer, if that comes so soon that they wait for it.
const FRESH: Duration = Duration::from_secs(3);

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

#[derive(Clone, Debug, PartialEq, Eq)]
struct Told {
    place: Place,
    good: bool,
    text: String,
}

#[derive(Clone, Copy)]
pub(super) struct Doings {
    lang: Lang,
    asked: StoredValue<Option<Asked>>,
    told: RwSignal<Option<Told>>,
    fresh: StoredValue<bool>,
    /// From the press until it is refused, or the list is drawn anew: nothing else can be pressed meanwhile.
    pub(super) busy: RwSignal<bool>,
    refresh: Callback<()>,
}

impl Doings {
    /// `refresh` loads the list anew.
    pub(super) fn new(lang: Lang, refresh: Callback<()>) -> Self {
        Self {
            lang,
            asked: StoredValue::new(None),
            told: RwSignal::new(None),
            fresh: StoredValue::new(false),
            busy: RwSignal::new(false),
            refresh,
        }
    }

    /// Something was pressed at `at`; `words` will be said at `then`.
    pub(super) fn begin(self, at: Place, then: Place, words: String) {
        self.asked.set_value(Some(Asked { at, then, words }));
        self.told.set(None);
        self.busy.set(true);
    }

    /// Says what comes of an action that was begun.
    pub(super) fn follow(self, answer: Answer) {
        Effect::new(move |_| {
            let Some(answer) = answer.get() else { return };
            let Some(Asked { at, then, words }) = self.asked.get_value() else { return };
            match answer {
                Ok(Ok(())) => {
                    self.tell(Told { place: then, good: true, text: words });
                    self.refresh.run(());
                }
                Ok(Err(error)) | Err(error) => {
                    self.busy.set(false);
                    self.tell(Told { place: at, good: false, text: words::error(self.lang, &error) });
                }
            }
        });
    }

    /// The list stands there as it is now.
    pub(super) fn drawn(self) {
        self.busy.set(false);
    }

    fn tell(self, told: Told) {
        self.fresh.set_value(true);
        self.told.set(Some(told));
        set_timeout(
            move || {
                self.fresh.try_set_value(false);
            },
            FRESH,
        );
    }
}

/// The answer, while it belongs here. A button that is switched off, or gone, has lost the focus: the answer takes it.
#[component]
pub(super) fn Said(doings: Doings, place: Place) -> impl IntoView {
    let region = NodeRef::<Div>::new();
    let here = Memo::new(move |_| doings.told.get().filter(|told| told.place == place));
    Effect::new(move |_| {
        if here.read().is_none() || !doings.fresh.get_value() {
            return;
        }
        request_animation_frame(move || {
            let nowhere = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
            if let Some(region) = region.try_get_untracked().flatten().filter(|_| nowhere) {
                let _ = region.focus();
            }
        });
    });
    view! {
        <div node_ref=region tabindex="-1" aria-live="polite" class="empty:hidden">
            {move || {
                here.get()
                    .map(|Told { good, text, .. }| {
                        let tone = if good { AlertTone::Good } else { AlertTone::Bad };
                        view! { <Alert tone><span class="wrap-anywhere">{text}</span></Alert> }
                    })
            }}
        </div>
    }
    .into_any()
}
