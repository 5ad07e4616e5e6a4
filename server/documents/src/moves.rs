//! From when to when a departure was moved, in words.
use jiff::Timestamp;
use sapar_shared::{Lang, when};

/// `22 → 24 ноября`, `30 ноября → 2 декабря`; within a day by the clock.
pub(crate) fn days(lang: Lang, from: Timestamp, to: Timestamp) -> String {
    let (from, to) = (when::local(from), when::local(to));
    let (old, new) = (from.date(), to.date());
    let day = when::day_month(lang, new);
    if old == new {
        format!("{day}, {} → {}", when::clock(from), when::clock(to))
    } else if (old.year(), old.month()) == (new.year(), new.month()) {
        format!("{} → {day}", old.day())
    } else {
        format!("{} → {day}", when::day_month(lang, old))
    }
}

/// `24 ноября, 06:30`.
pub(crate) fn moment(lang: Lang, at: Timestamp) -> String {
    let at = when::local(at);
    format!("{}, {}", when::day_month(lang, at.date()), when::clock(at))
}
