//! What came of the last thing that was done to the order, said beside the button that did it. It outlives the order's being
//! drawn anew, which every deed brings about.
use crate::partner::{
    desk::{Desk, trouble},
    standing::Hold,
    told::Telling,
};
use leptos::prelude::*;
use sapar_shared::{Lang, dto::desk::RESEND_SECONDS};
use std::time::Duration;

/// So long the server sends no second message of one kind.
const REST: Duration = Duration::from_secs(RESEND_SECONDS.unsigned_abs());

/// What was pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Mail,
    Sms,
    Lines,
    Note,
    Undo,
    /// A ticket, by its code.
    Ticket(String),
}

impl Place {
    /// The answer's id in the page.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::Mail => "said-mail".to_owned(),
            Self::Sms => "said-sms".to_owned(),
            Self::Lines => "said-lines".to_owned(),
            Self::Note => "said-note".to_owned(),
            Self::Undo => "said-undo".to_owned(),
            Self::Ticket(code) => format!("said-{code}"),
        }
    }
}

/// What is done on the order's page.
#[derive(Clone, Copy)]
pub struct Doings {
    pub lang: Lang,
    /// The note while it is typed.
    pub note: RwSignal<String>,
    telling: Telling<Place>,
    mailed: RwSignal<bool>,
    texted: RwSignal<bool>,
    under_way: Hold,
    refresh: Callback<()>,
}

impl Doings {
    /// `refresh` loads the order anew; what comes of it is not to be drawn as long as `under_way` is held.
    #[must_use]
    pub fn new(lang: Lang, under_way: Hold, refresh: Callback<()>) -> Self {
        Self {
            lang,
            note: RwSignal::new(String::new()),
            telling: Telling::default(),
            mailed: RwSignal::new(false),
            texted: RwSignal::new(false),
            under_way,
            refresh,
        }
    }

    /// Another order is looked at.
    pub fn forget(self) {
        self.telling.forget();
        self.note.set(String::new());
        self.mailed.set(false);
        self.texted.set(false);
    }

    /// The order has changed: it is loaded anew, but not before what is under way has its answer.
    pub fn hear(self) {
        if !self.under_way.keeps() {
            self.refresh.run(());
        }
    }

    /// Says what comes of an action: `words` when it is done, else why it was not. `then` follows what was done.
    pub fn follow<T: 'static>(
        self,
        place: Place,
        pending: Memo<bool>,
        answer: impl Fn() -> Option<Desk<T>> + 'static,
        words: &'static str,
        then: impl Fn() + 'static,
    ) {
        let held = StoredValue::new(None);
        Effect::new(move |_| {
            if pending.get() {
                self.telling.forget();
                held.set_value(self.under_way.hold());
            }
        });
        Effect::new(move |_| {
            let Some(answer) = answer() else { return };
            held.set_value(None);
            let missed = self.under_way.missed();
            match trouble(self.lang, &answer) {
                Some(text) => {
                    self.telling.tell(place.clone(), false, text);
                    if missed {
                        self.refresh.run(());
                    }
                }
                None => {
                    then();
                    self.done(place.clone(), words);
                }
            }
        });
    }

    /// It is done.
    pub fn done(self, place: Place, words: &'static str) {
        self.telling.tell(place, true, words.to_owned());
        self.refresh.run(());
    }

    /// Something is wrong at that place.
    #[must_use]
    pub fn is_wrong(self, place: &Place) -> bool {
        self.telling.is_wrong(place)
    }

    /// A message has just gone out this way.
    #[must_use]
    pub const fn rests(self, place: &Place) -> RwSignal<bool> {
        if matches!(place, Place::Mail) { self.mailed } else { self.texted }
    }

    /// None more goes out this way for a while.
    pub fn rest(self, place: &Place) {
        let rests = self.rests(place);
        rests.set(true);
        set_timeout(
            move || {
                rests.try_set(false);
            },
            REST,
        );
    }
}

#[component]
pub fn Said(doings: Doings, place: Place) -> impl IntoView {
    let id = place.id();
    doings.telling.said(place, Some(id))
}
