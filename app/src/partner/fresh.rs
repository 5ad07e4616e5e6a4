//! Pages whose numbers stay as they are now: they look again upon news of the organisation's day, as long as somebody can see
//! them. A page that is out of sight hears nothing and asks nothing.
use super::live::hear;
use leptos::prelude::*;
use sapar_shared::paths;
use std::{future::Future, time::Duration};

/// So long after a look nobody needs the next one.
const REST: Duration = Duration::from_millis(1500);

/// Whether it is time to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Turn {
    #[default]
    Free,
    /// There is a look under way, or was a moment ago.
    Busy,
    /// And news came after it began.
    Wanted,
}

impl Turn {
    /// There are news: whether to look at once.
    fn wants(&mut self) -> bool {
        let free = *self == Self::Free;
        *self = if free { Self::Busy } else { Self::Wanted };
        free
    }

    /// After the look and the rest: whether to look again.
    fn rested(&mut self) -> bool {
        std::mem::take(self) == Self::Wanted
    }
}

/// Calls `look` upon news, one at a time, however fast they come; and whenever the page comes into sight. `lost` says that
/// nothing is heard now.
pub fn keep_fresh<Looking: Future<Output = ()> + 'static>(
    look: impl Fn() -> Looking + Copy + Send + Sync + 'static,
    lost: RwSignal<bool>,
) {
    let seen = RwSignal::new(false);
    Effect::new(move |_| {
        seen.set(!document().hidden());
        let changes = window_event_listener_untyped("visibilitychange", move |_| {
            seen.try_set(!document().hidden());
        });
        on_cleanup(move || changes.remove());
    });
    let turn = StoredValue::new(Turn::default());
    // The stream begins by saying that something changed.
    hear(paths::CABINET_DAY_EVENTS, seen.into(), Callback::new(move |_| take_turn(turn, look)), lost);
}

fn take_turn<Looking: Future<Output = ()> + 'static>(turn: StoredValue<Turn>, look: impl Fn() -> Looking + Copy + 'static) {
    if document().hidden() || turn.try_update_value(Turn::wants) != Some(true) {
        return;
    }
    leptos::task::spawn_local(async move {
        look().await;
        set_timeout(
            move || {
                if turn.try_update_value(Turn::rested) == Some(true) {
                    take_turn(turn, look);
                }
            },
            REST,
        );
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_news_is_looked_at_once_and_once_more() {
        let mut turn = Turn::default();
        let begun = (0..100).filter(|_| turn.wants()).count();
        assert_eq!(begun, 1, "the others wait for the one that looks");
        assert!(turn.rested(), "what came meanwhile may not have been seen");
        assert!(turn.wants() && !turn.rested(), "and nothing came after that");
        assert_eq!(turn, Turn::Free);
    }
}
