//! A page of the cabinet belongs to the organisation that it was loaded for. The session is the whole browser's: another tab may
//! have gone over to another organisation since, and what is pressed here would be done there. So every page writes down its
//! organisation, and one that finds another's in its place begins anew before anything is pressed on it.
use crate::browser;
use leptos::prelude::*;
use sapar_shared::{Lang, ids::OrganisationId, paths};

const KEY: &str = "sapar_organisation";

/// Which organisation the page is of, once that is known.
#[derive(Clone, Copy)]
pub struct Bound {
    lang: Lang,
    own: StoredValue<Option<OrganisationId>>,
}

impl Bound {
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self { lang, own: StoredValue::new(None) }
    }

    /// Begins anew if the browser is in another organisation by now.
    fn look(self) -> bool {
        let Some(own) = self.own.try_get_value().flatten() else { return false };
        let strayed = browser::stored_text(KEY).is_some_and(|now| now != own.to_string());
        if strayed {
            browser::load(&paths::partner(self.lang));
        }
        strayed
    }

    /// What is pressed on a page of another organisation is not done.
    pub fn check(self, event: &web_sys::Event) {
        if self.look() {
            event.prevent_default();
            event.stop_propagation();
        }
    }
}

/// The session goes over to another organisation: the other tabs hear it at once, not when this one has loaded.
pub fn move_on() {
    browser::store_text(KEY, "");
}

/// It is known now: other tabs are told, and heard.
#[component]
pub fn BindTo(bound: Bound, organisation: OrganisationId) -> impl IntoView {
    Effect::new(move |_| {
        bound.own.set_value(Some(organisation));
        browser::store_text(KEY, &organisation.to_string());
        // A page that comes back out of the browser's memory has heard nothing meanwhile.
        let heard = ["storage", "visibilitychange", "pageshow", "focus"].map(|name| {
            window_event_listener_untyped(name, move |_| {
                bound.look();
            })
        });
        on_cleanup(move || {
            for handle in heard {
                handle.remove();
            }
        });
    });
}
