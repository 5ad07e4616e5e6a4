//! "In 2 h 10 min": how long until the departure, counted from the server's clock.
use crate::browser;
use jiff::Timestamp;
use leptos::prelude::*;
use sapar_shared::{Lang, tr::order as words};
use std::time::Duration;

/// Minutes rounded up: nobody misses a bus for it.
#[must_use]
pub fn until_text(lang: Lang, seconds: i64) -> String {
    let minutes = (seconds + 59) / 60;
    match minutes {
        ..=0 => words::departed(lang).to_owned(),
        1..=59 => words::in_minutes(lang, minutes),
        60..=2879 => words::in_hours(lang, minutes / 60, minutes % 60),
        _ => words::in_days(lang, minutes / 1440),
    }
}

#[component]
pub fn Until(lang: Lang, at: Timestamp, now: Timestamp) -> impl IntoView {
    let total = at.as_second() - now.as_second();
    let left = RwSignal::new(total);
    Effect::new(move |_| {
        let (total, start) = (total - browser::kept_for(now), browser::uptime_seconds());
        let tick = move || left.set(total - (browser::uptime_seconds() - start));
        tick();
        if let Ok(handle) = set_interval_with_handle(tick, Duration::from_secs(20)) {
            on_cleanup(move || handle.clear());
        }
    });
    let text = Memo::new(move |_| until_text(lang, left.get()));
    view! { <span class="numbers">{move || text.get()}</span> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearer_the_finer() {
        let text = |seconds| until_text(Lang::Ru, seconds);
        assert_eq!(text(7800), "через 2 ч 10 мин");
        assert_eq!(text(61), "через 2 минуты");
        assert_eq!(text(3 * 86_400 + 5), "через 3 дня");
        assert_eq!(text(0), "уже началось");
        assert_eq!(text(-500), "уже началось");
    }
}
