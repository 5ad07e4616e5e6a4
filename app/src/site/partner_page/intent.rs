//! A guest's press on "follow", kept until they come back signed in. Only in their own tab and for half an hour: nobody follows by
//! an address that somebody else has written.
use leptos::prelude::window;

const KEY: &str = "sapar.follow";
const MILLISECONDS: f64 = 30.0 * 60.0 * 1000.0;

pub(super) fn keep(slug: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.set_item(KEY, &format!("{} {slug}", js_sys::Date::now()));
    }
}

/// Whether this partner's button was pressed a moment ago. True once.
pub(super) fn take(slug: &str) -> bool {
    let Ok(Some(storage)) = window().session_storage() else { return false };
    let kept = storage.get_item(KEY).ok().flatten();
    let meant = kept.is_some_and(|kept| is_meant(&kept, slug, js_sys::Date::now()));
    if meant {
        let _ = storage.remove_item(KEY);
    }
    meant
}

fn is_meant(kept: &str, slug: &str, now: f64) -> bool {
    let recent = |at: &str| at.parse::<f64>().is_ok_and(|at| (0.0..MILLISECONDS).contains(&(now - at)));
    kept.split_once(' ').is_some_and(|(at, of)| of == slug && recent(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ones_own_recent_press_on_the_same_partner_counts() {
        let now = 1_764_000_000_000.0;
        assert!(is_meant("1764000000000 kolsay-tur", "kolsay-tur", now));
        assert!(is_meant("1763999000000 kolsay-tur", "kolsay-tur", now));
        for other in
            ["1764000000000 other", "1763990000000 kolsay-tur", "1764000000001 kolsay-tur", "kolsay-tur", "x kolsay-tur", ""]
        {
            assert!(!is_meant(other, "kolsay-tur", now), "{other}");
        }
    }
}
