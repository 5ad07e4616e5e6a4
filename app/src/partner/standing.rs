//! A page that is drawn anew at one stroke.
use crate::error::Tried;
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;

/// What a page shows now. A `Suspend` that runs again would let the old view, whose signals are gone by then, stand under the
/// finger for as long as the answer takes: what is pressed there does nothing. What is asked for here takes the old view's place
/// when it has come.
pub struct Standing<T: 'static> {
    shown: StoredValue<Option<RwSignal<T>>>,
    turns: StoredValue<Turns>,
    pub hold: Hold,
}

impl<T> Clone for Standing<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Standing<T> {}

impl<T: Send + Sync> Default for Standing<T> {
    fn default() -> Self {
        Self { shown: StoredValue::new(None), turns: StoredValue::new(Turns::default()), hold: Hold::default() }
    }
}

impl<T: Send + Sync> Standing<T> {
    /// What the page itself has loaded, to be drawn wherever it changes.
    #[must_use]
    pub fn begin(self, value: T) -> RwSignal<T> {
        let shown = RwSignal::new(value);
        self.shown.set_value(Some(shown));
        // What was asked for before is of another address.
        self.turns.update_value(Turns::overtake);
        shown
    }

    /// Something else stands there now: why nothing could be loaded.
    pub fn end(self) {
        self.shown.set_value(None);
    }

    /// Shows what `loading` brings; nothing while it is held. Calls `failed` where it brings an error, or has nothing to take the
    /// place of.
    pub fn renew(self, loading: impl Future<Output = Tried<T>> + 'static, failed: impl FnOnce() + 'static) {
        let Some(turn) = self.turns.try_update_value(Turns::ask) else { return };
        spawn_local(async move {
            let answer = loading.await.flatten();
            // Nothing stands any more, or something that was asked for later.
            if self.hold.keeps() || self.turns.try_update_value(|turns| turns.answer(turn)) != Some(true) {
                return;
            }
            match (answer, self.shown.try_get_value().flatten()) {
                (Ok(value), Some(shown)) => {
                    shown.try_set(value);
                }
                _ => failed(),
            }
        });
    }
}

/// Which of several askings was answered last; answers may come in another order.
#[derive(Debug, Default)]
struct Turns {
    asked: u32,
    answered: u32,
}

impl Turns {
    fn ask(&mut self) -> u32 {
        self.asked += 1;
        self.asked
    }

    /// Whether nothing later was answered before.
    fn answer(&mut self, turn: u32) -> bool {
        let news = turn > self.answered;
        if news {
            self.answered = turn;
        }
        news
    }

    fn overtake(&mut self) {
        self.answered = self.asked;
    }
}

/// As long as something was sent and has no answer yet, nothing is drawn anew: whoever waits for the answer would go with the
/// view.
#[derive(Clone, Copy)]
pub struct Hold {
    /// Whoever holds has a copy.
    holders: StoredValue<Arc<()>>,
    missed: StoredValue<bool>,
}

impl Default for Hold {
    fn default() -> Self {
        Self { holders: StoredValue::new(Arc::new(())), missed: StoredValue::new(false) }
    }
}

impl Hold {
    /// It is held until what comes back is dropped. Nothing to hold where the page was left.
    #[must_use]
    pub fn hold(self) -> Option<Arc<()>> {
        self.holders.try_get_value()
    }

    fn is_held(self) -> bool {
        self.holders.try_with_value(|holders| Arc::strong_count(holders) > 1).unwrap_or_default()
    }

    /// Whether it is held; remembers that something was to be drawn.
    pub fn keeps(self) -> bool {
        let held = self.is_held();
        if held {
            self.missed.try_set_value(true);
        }
        held
    }

    /// Whether something was to be drawn that may be drawn now. Tells it once.
    pub fn missed(self) -> bool {
        !self.is_held() && self.missed.try_update_value(std::mem::take).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_answer_takes_no_later_ones_place() {
        let mut turns = Turns::default();
        let (first, second, third) = (turns.ask(), turns.ask(), turns.ask());
        assert!(turns.answer(second));
        assert!(!turns.answer(first));
        assert!(turns.answer(third));
        let fourth = turns.ask();
        turns.overtake();
        assert!(!turns.answer(fourth), "another page stands by now");
        let fifth = turns.ask();
        assert!(turns.answer(fifth));
    }

    #[test]
    fn what_was_not_drawn_meanwhile_is_told_once() {
        let owner = Owner::new();
        owner.with(|| {
            let hold = Hold::default();
            assert!(!hold.keeps());
            let first = hold.hold();
            assert!(!hold.missed(), "nothing was to be drawn");
            let second = hold.hold();
            assert!(hold.keeps() && hold.keeps());
            drop(first);
            assert!(hold.keeps() && !hold.missed(), "another one waits");
            drop(second);
            assert!(hold.missed());
            assert!(!hold.missed());
            assert!(!hold.keeps());
        });
    }
}
