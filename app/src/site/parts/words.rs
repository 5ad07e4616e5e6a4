//! Words for what the catalogue keeps as codes.
use crate::ui::Tint;
use sapar_shared::{Lang, tr};

/// The name of a guide's language, `code` in ISO 639-1; what we have no word for is shown as it is.
#[must_use]
pub fn language_name(lang: Lang, code: &str) -> &str {
    match code {
        "ru" => tr::ui::language_ru(lang),
        "kk" => tr::ui::language_kk(lang),
        "en" => tr::ui::language_en(lang),
        "de" => tr::ui::language_de(lang),
        "fr" => tr::ui::language_fr(lang),
        "tr" => tr::ui::language_tr(lang),
        "zh" => tr::ui::language_zh(lang),
        "uz" => tr::ui::language_uz(lang),
        "ky" => tr::ui::language_ky(lang),
        other => other,
    }
}

/// `русский, казахский`.
#[must_use]
pub fn language_names(lang: Lang, codes: &[String]) -> String {
    codes.iter().map(|code| language_name(lang, code)).collect::<Vec<_>>().join(", ")
}

/// Until when cancelling is free.
#[must_use]
pub fn cancel_rule(lang: Lang, hours: i32) -> String {
    match i64::from(hours) {
        ..=0 => tr::tour::cancel_none(lang).to_owned(),
        hours if hours >= 48 && hours % 24 == 0 => tr::tour::cancel_days(lang, hours / 24),
        hours => tr::tour::cancel_hours(lang, hours),
    }
}

/// Free places, and how loudly to say it: what is nearly gone stands out.
#[must_use]
pub fn places_left(lang: Lang, left: i32) -> (Tint, String) {
    match left {
        ..=0 => (Tint::Poppy, tr::ui::no_places(lang).to_owned()),
        1..=5 => (Tint::Amber, tr::ui::places_left(lang, i64::from(left))),
        _ => (Tint::Leaf, tr::ui::places_left(lang, i64::from(left))),
    }
}

/// A category's colour, by the name of its icon.
#[must_use]
pub fn category_tint(icon: &str) -> Tint {
    match icon {
        "mountain" | "history" => Tint::Iris,
        "canyon" | "city" => Tint::Apricot,
        "steppe" => Tint::Amber,
        "family" => Tint::Leaf,
        "boot" => Tint::Poppy,
        _ => Tint::Sky,
    }
}
