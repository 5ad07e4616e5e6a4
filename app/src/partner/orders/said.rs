//! What came of the last thing that was done to the order, said beside the button that did it. It outlives the order's being
//! drawn anew, which every deed brings about.
use crate::{
    partner::desk::{Desk, trouble},
    ui::{Alert, AlertTone},
};
use leptos::{html::Div, prelude::*};
use sapar_shared::{Lang, dto::desk::RESEND_SECONDS};
use std::time::Duration;

/// Whoever pressed a button is taken to its answer, if that comes so soon that they wait for it.
const FRESH: Duration = Duration::from_secs(3);
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

#[derive(Clone, Debug, PartialEq, Eq)]
struct Told {
    place: Place,
    good: bool,
    text: String,
}

/// What is done on the order's page.
#[derive(Clone, Copy)]
pub struct Doings {
    pub lang: Lang,
    /// The note while it is typed.
    pub note: RwSignal<String>,
    told: RwSignal<Option<Told>>,
    fresh: StoredValue<bool>,
    mailed: RwSignal<bool>,
    texted: RwSignal<bool>,
    refresh: Callback<()>,
}

impl Doings {
    /// `refresh` loads the order anew.
    #[must_use]
    pub fn new(lang: Lang, refresh: Callback<()>) -> Self {
        Self {
            lang,
            note: RwSignal::new(String::new()),
            told: RwSignal::new(None),
            fresh: StoredValue::new(false),
            mailed: RwSignal::new(false),
            texted: RwSignal::new(false),
            refresh,
        }
    }

    /// Another order is looked at.
    pub fn forget(self) {
        self.told.set(None);
        self.note.set(String::new());
        self.mailed.set(false);
        self.texted.set(false);
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
        Effect::new(move |_| {
            if pending.get() {
                self.told.set(None);
            }
        });
        Effect::new(move |_| {
            let Some(answer) = answer() else { return };
            match trouble(self.lang, &answer) {
                Some(text) => self.tell(Told { place: place.clone(), good: false, text }),
                None => {
                    then();
                    self.done(place.clone(), words);
                }
            }
        });
    }

    /// It is done.
    pub fn done(self, place: Place, words: &'static str) {
        self.tell(Told { place, good: true, text: words.to_owned() });
        self.refresh.run(());
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

    /// Something is wrong at that place.
    #[must_use]
    pub fn is_wrong(self, place: &Place) -> bool {
        self.told.read().as_ref().is_some_and(|told| !told.good && told.place == *place)
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

/// The answer, while it belongs here. A button that is switched off, or gone, has lost the focus: the answer takes it.
#[component]
pub fn Said(doings: Doings, place: Place) -> impl IntoView {
    let region = NodeRef::<Div>::new();
    let id = place.id();
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
        <div node_ref=region id=id tabindex="-1" aria-live="polite" class="empty:hidden">
            {move || {
                here.get()
                    .map(|Told { good, text, .. }| {
                        let tone = if good { AlertTone::Good } else { AlertTone::Bad };
                        view! { <Alert tone>{text}</Alert> }
                    })
            }}
        </div>
    }
    .into_any()
}
