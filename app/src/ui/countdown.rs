//! Minutes and seconds until something ends. It trusts the server's clock: a phone's own may be wrong by hours.
use jiff::Timestamp;
use leptos::prelude::*;
use std::time::Duration;

fn shown(seconds: i64) -> String {
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}

/// `now` is the server's when the page was made; `on_end` is called once, in the browser, when the time is up.
#[component]
pub fn Countdown(
    until: Timestamp,
    now: Timestamp,
    #[prop(into)] label: String,
    #[prop(optional, into)] on_end: Option<Callback<()>>,
) -> impl IntoView {
    let total = (until.as_second() - now.as_second()).max(0);
    let left = RwSignal::new(total);
    Effect::new(move |_| {
        // Read from the browser's steady clock each time, for a phone in a pocket skips ticks.
        let start = crate::browser::uptime_seconds();
        let ended = StoredValue::new(false);
        let tick = move || {
            let rest = (total - (crate::browser::uptime_seconds() - start)).max(0);
            left.set(rest);
            if rest == 0 && !ended.get_value() {
                ended.set_value(true);
                if let Some(on_end) = on_end {
                    on_end.run(());
                }
            }
        };
        if let Ok(handle) = set_interval_with_handle(tick, Duration::from_secs(1)) {
            on_cleanup(move || handle.clear());
        }
    });
    view! {
        <span class="countdown" role="timer" aria-label=label>
            {move || shown(left.get())}
        </span>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_hour_is_sixty_minutes() {
        assert_eq!(super::shown(3600), "60:00");
        assert_eq!(super::shown(61), "01:01");
    }
}
