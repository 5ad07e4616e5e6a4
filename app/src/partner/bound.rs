//! A page of the cabinet belongs to the organisation that it was loaded for. The session is the whole browser's: another tab may
//! have gone over to another organisation since, and what is pressed here would be done there. So every page writes down its
//! organisation, and one that finds another's in its place begins anew before anything is pressed on it. Where something was
//! typed it stays, says so and does nothing more: what was typed can still be copied.
use crate::{
    browser,
    ui::{Alert, AlertTone},
};
use leptos::prelude::*;
use sapar_shared::{Lang, dto::organisation::Membership, ids::OrganisationId, paths, tr::organisation as tr};

const KEY: &str = "sapar_organisation";

/// Which organisation the page is of, once that is known.
#[derive(Clone, Copy)]
pub struct Bound {
    lang: Lang,
    own: StoredValue<Option<OrganisationId>>,
    /// One's organisations, for their names.
    all: StoredValue<Vec<Membership>>,
    /// Something was typed on the page.
    typed: StoredValue<bool>,
    /// It is loading already, and hears of it several times over.
    leaving: StoredValue<bool>,
    /// What the browser is in by now, where the page stays nevertheless.
    strayed: RwSignal<Option<String>>,
}

impl Bound {
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self {
            lang,
            own: StoredValue::new(None),
            all: StoredValue::new(Vec::new()),
            typed: StoredValue::new(false),
            leaving: StoredValue::new(false),
            strayed: RwSignal::new(None),
        }
    }

    /// From now on the page does not go by itself.
    pub fn type_in(self) {
        self.typed.set_value(true);
    }

    /// Begins anew if the browser is in another organisation by now, or says that it is.
    fn look(self) -> bool {
        let Some(own) = self.own.try_get_value().flatten() else { return false };
        let now = browser::stored_text(KEY).filter(|now| *now != own.to_string());
        let strayed = now.is_some();
        if strayed && !self.typed.get_value() {
            self.leave();
        } else if self.strayed.get_untracked() != now {
            self.strayed.set(now);
        }
        strayed
    }

    fn leave(self) {
        if !self.leaving.get_value() {
            self.leaving.set_value(true);
            browser::load(&paths::partner(self.lang));
        }
    }

    /// What is pressed on a page of another organisation is not done.
    pub fn check(self, event: &web_sys::Event) {
        if self.look() {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    fn name(self, id: &str) -> Option<String> {
        self.all.with_value(|all| all.iter().find(|one| one.id.to_string() == id).map(|one| one.name.clone()))
    }

    /// Where the page is of, and where the browser is.
    fn sentence(self, now: &str) -> String {
        let own = self.own.get_value().and_then(|own| self.name(&own.to_string())).unwrap_or_default();
        match self.name(now) {
            Some(now) => tr::strayed(self.lang, own, now),
            None => tr::strayed_elsewhere(self.lang, own),
        }
    }
}

/// The session goes over to another organisation: the other tabs hear it at once, not when this one has loaded.
pub fn move_on() {
    browser::store_text(KEY, "");
}

/// It is known now: other tabs are told, and heard.
#[component]
pub fn BindTo(bound: Bound, organisation: OrganisationId, all: Vec<Membership>) -> impl IntoView {
    Effect::new(move |_| {
        bound.own.set_value(Some(organisation));
        bound.all.set_value(all.clone());
        bound.strayed.set(None);
        browser::store_text(KEY, &organisation.to_string());
        // A page that comes back out of the browser's memory has heard nothing meanwhile, and may have been left before.
        let heard = ["storage", "visibilitychange", "pageshow", "focus"].map(|name| {
            window_event_listener_untyped(name, move |_| {
                if name == "pageshow" {
                    bound.leaving.set_value(false);
                }
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

/// Why nothing that is pressed is done any more, and the way over. It stands outside of what `check` stops.
#[component]
pub fn Strayed(bound: Bound) -> impl IntoView {
    let lang = bound.lang;
    // Whoever changed their mind about leaving may press again.
    let go = move |_| {
        bound.leaving.set_value(false);
        bound.leave();
    };
    move || {
        bound.strayed.get().map(|now| {
            view! {
                <div class="cab-strayed">
                    <Alert tone=AlertTone::Bad>
                        <p class="wrap-anywhere">{bound.sentence(&now)}</p>
                        <button type="button" class="btn mt-2" on:click=go>{tr::strayed_go(lang)}</button>
                    </Alert>
                </div>
            }
        })
    }
}
