//! Pages whose numbers stay as they are now: they look again upon news, as long as somebody can see them, and until they are
//! answered. A page that is out of sight asks nothing.
use super::live::hear;
use leptos::prelude::*;
use sapar_shared::paths;
use std::{future::Future, time::Duration};

/// One thing that happens is told by several news: what comes within so short a while is looked at once.
const GATHER: Duration = Duration::from_millis(250);
/// So long after a look nobody needs the next one.
const REST: Duration = Duration::from_millis(1500);
/// So long after a look without an answer the next one is tried, twice as long after each other one.
const RETRY: Duration = Duration::from_secs(1);
/// Doubled so often at most.
const DOUBLED: u32 = 6;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Free,
    /// There are news, and there may be more at once.
    Gathering,
    /// There is a look under way, or was a moment ago.
    Busy,
    /// And news came after it began.
    Wanted,
    /// It got no answer, or the page was out of sight.
    Owed,
}

/// Whether it is time to look.
#[derive(Clone, Copy, Debug, Default)]
struct Turn {
    phase: Phase,
    /// Looks without an answer, in a row.
    failed: u32,
    /// Which timer counts; the others were overtaken.
    timer: u32,
}

impl Turn {
    /// There are news: whether to look soon.
    fn hears(&mut self) -> bool {
        let soon = matches!(self.phase, Phase::Free | Phase::Owed);
        match self.phase {
            _ if soon => self.phase = Phase::Gathering,
            Phase::Busy => self.phase = Phase::Wanted,
            _ => {}
        }
        soon
    }

    fn begins(&mut self) {
        self.phase = Phase::Busy;
        self.timer = self.timer.wrapping_add(1);
    }

    /// Nobody can see it.
    fn puts_off(&mut self) {
        self.phase = Phase::Owed;
        self.timer = self.timer.wrapping_add(1);
    }

    /// How long to wait after a look.
    fn ended(&mut self, answered: bool) -> Duration {
        if answered {
            self.failed = 0;
            return REST;
        }
        self.phase = Phase::Owed;
        let pause = RETRY * 2_u32.pow(self.failed.min(DOUBLED));
        self.failed = self.failed.saturating_add(1);
        pause
    }

    fn sets_timer(&mut self) -> u32 {
        self.timer = self.timer.wrapping_add(1);
        self.timer
    }

    /// A pause is over: whether to look.
    fn is_over(&mut self, timer: u32) -> bool {
        if timer != self.timer {
            return false;
        }
        let look = self.phase != Phase::Busy;
        if !look {
            self.phase = Phase::Free;
        }
        look
    }

    /// The network or the page is back.
    fn is_back(&self) -> bool {
        self.phase == Phase::Owed
    }
}

/// Calls `look` upon news, one at a time, however fast they come; and whenever the page comes into sight. `look` says whether it
/// was answered; `lost` says that nothing is heard now.
pub fn keep_fresh<Looking: Future<Output = bool> + 'static>(
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
    let news = looker(look);
    // The stream begins by saying that something changed.
    hear(paths::CABINET_DAY_EVENTS, seen.into(), Callback::new(move |_| news.run(())), lost);
}

/// To be told of news: then `look` is called, soon and once for all that come together; again after growing pauses until it says
/// that it was answered, and at once when the network or the page is back.
pub fn looker<Looking: Future<Output = bool> + 'static>(
    look: impl Fn() -> Looking + Copy + Send + Sync + 'static,
) -> Callback<()> {
    let turn = StoredValue::new(Turn::default());
    Effect::new(move |_| {
        let back = move || {
            if turn.try_with_value(Turn::is_back) == Some(true) {
                ask(turn, look);
            }
        };
        let online = window_event_listener_untyped("online", move |_| back());
        let seen = window_event_listener_untyped("visibilitychange", move |_| back());
        on_cleanup(move || {
            online.remove();
            seen.remove();
        });
    });
    Callback::new(move |()| {
        if turn.try_update_value(Turn::hears) == Some(true) {
            ask_after(GATHER, turn, look);
        }
    })
}

fn ask_after<Looking: Future<Output = bool> + 'static>(
    pause: Duration,
    turn: StoredValue<Turn>,
    look: impl Fn() -> Looking + Copy + 'static,
) {
    let Some(timer) = turn.try_update_value(Turn::sets_timer) else { return };
    set_timeout(
        move || {
            if turn.try_update_value(|turn| turn.is_over(timer)) == Some(true) {
                ask(turn, look);
            }
        },
        pause,
    );
}

fn ask<Looking: Future<Output = bool> + 'static>(turn: StoredValue<Turn>, look: impl Fn() -> Looking + Copy + 'static) {
    if document().hidden() {
        turn.try_update_value(Turn::puts_off);
        return;
    }
    turn.try_update_value(Turn::begins);
    leptos::task::spawn_local(async move {
        let answered = look().await;
        if let Some(pause) = turn.try_update_value(|turn| turn.ended(answered)) {
            ask_after(pause, turn, look);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_news_is_looked_at_once_and_once_more() {
        let mut turn = Turn::default();
        assert_eq!((0..100).filter(|_| turn.hears()).count(), 1, "the others are looked at with the first");
        let gathered = turn.sets_timer();
        assert!(turn.is_over(gathered));
        turn.begins();
        assert!(!turn.is_over(gathered), "a timer counts once");
        assert_eq!((0..100).filter(|_| turn.hears()).count(), 0, "the others wait for the one that looks");
        assert_eq!(turn.ended(true), REST);
        let rested = turn.sets_timer();
        assert!(turn.is_over(rested), "what came meanwhile may not have been seen");
        turn.begins();
        assert_eq!(turn.ended(true), REST);
        let rested = turn.sets_timer();
        assert!(!turn.is_over(rested), "and nothing came after that");
        assert_eq!(turn.phase, Phase::Free);
    }

    #[test]
    fn what_got_no_answer_is_asked_again_ever_more_rarely_and_at_once_when_the_network_is_back() {
        let mut turn = Turn::default();
        assert!(turn.hears() && !turn.is_back(), "nothing is owed yet");
        let pauses: Vec<_> = (0..9)
            .map(|_| {
                turn.begins();
                let pause = turn.ended(false).as_secs();
                let timer = turn.sets_timer();
                assert!(turn.is_over(timer));
                pause
            })
            .collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 64, 64, 64]);
        let later = turn.sets_timer();
        assert!(turn.is_back());
        turn.begins();
        assert!(!turn.is_over(later), "it was asked already");
        assert_eq!(turn.ended(true), REST);
        let rested = turn.sets_timer();
        assert!(!turn.is_over(rested) && !turn.is_back());
        turn.hears();
        turn.puts_off();
        assert!(turn.is_back(), "what came out of sight is looked at in sight");
    }
}
