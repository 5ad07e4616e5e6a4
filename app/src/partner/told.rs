//! What came of the last thing that was done on a page, said beside what was pressed. It outlives the page's being drawn anew,
//! which every deed brings about.
use crate::{
    browser,
    ui::{Alert, AlertTone},
};
use leptos::{html::Div, prelude::*};
use std::time::Duration;

/// Whoever pressed a button is taken to its answer, if that comes so soon that they wait for it.
const FRESH: Duration = Duration::from_secs(3);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Told<P> {
    place: P,
    good: bool,
    text: String,
}

/// Where things are said is a page's own `P`.
pub struct Telling<P: Send + Sync + 'static> {
    told: RwSignal<Option<Told<P>>>,
    fresh: StoredValue<bool>,
}

impl<P: Send + Sync> Clone for Telling<P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P: Send + Sync> Copy for Telling<P> {}

impl<P: Clone + PartialEq + Send + Sync> Default for Telling<P> {
    fn default() -> Self {
        Self { told: RwSignal::new(None), fresh: StoredValue::new(false) }
    }
}

impl<P: Clone + PartialEq + Send + Sync> Telling<P> {
    pub fn tell(self, place: P, good: bool, text: String) {
        self.fresh.set_value(true);
        self.told.set(Some(Told { place, good, text }));
        set_timeout(
            move || {
                self.fresh.try_set_value(false);
            },
            FRESH,
        );
    }

    pub fn forget(self) {
        self.told.set(None);
    }

    /// Something is wrong at that place.
    #[must_use]
    pub fn is_wrong(self, place: &P) -> bool {
        self.told.read().as_ref().is_some_and(|told| !told.good && told.place == *place)
    }

    /// The answer, while it belongs there. A button that is switched off, or gone, has lost the focus: the answer takes it.
    pub fn said(self, place: P, id: Option<String>) -> impl IntoView + use<P> {
        let region = NodeRef::<Div>::new();
        let here = Memo::new(move |_| self.told.get().filter(|told| told.place == place));
        Effect::new(move |_| {
            if here.read().is_none() || !self.fresh.get_value() {
                return;
            }
            request_animation_frame(move || {
                if let Some(region) = region.try_get_untracked().flatten().filter(|_| browser::focus_is_lost()) {
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
                            view! { <Alert tone><span class="wrap-anywhere">{text}</span></Alert> }
                        })
                }}
            </div>
        }
        .into_any()
    }
}
