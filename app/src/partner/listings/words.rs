//! Words for what the editor's shapes keep as codes.
use super::editor::fields::text_of;
use crate::{
    error::AppError,
    ui::{Glyph, Tint},
};
use sapar_shared::{
    Lang, Money,
    dto::editor::{Problem, ProblemKind, StockRefusal},
    tr::{departures, listings, ticket_types as tickets},
    when,
};

/// The states in the order of the list's filter.
pub const STATUSES: [&str; 6] = ["draft", "in_review", "rejected", "published", "paused", "archived"];

/// A state's colour, icon and word; a published one may have edits that wait.
#[must_use]
pub fn status(lang: Lang, status: &str, edits_in_review: bool) -> (Tint, Glyph, &'static str) {
    match status {
        "published" if edits_in_review => (Tint::Leaf, Glyph::Clock, listings::status_edits(lang)),
        "published" => (Tint::Leaf, Glyph::Check, listings::status_published(lang)),
        "in_review" => (Tint::Amber, Glyph::Clock, listings::status_in_review(lang)),
        "rejected" => (Tint::Poppy, Glyph::Warning, listings::status_rejected(lang)),
        "paused" => (Tint::Amber, Glyph::Pause, listings::status_paused(lang)),
        "archived" => (Tint::Plain, Glyph::Box, listings::status_archived(lang)),
        _ => (Tint::Sky, Glyph::Pencil, listings::status_draft(lang)),
    }
}

/// What is wrong, in words that say what to do.
#[must_use]
pub fn problem(lang: Lang, problem: &Problem) -> &'static str {
    let head = problem.field.split('.').next().unwrap_or_default();
    match (head, problem.kind) {
        ("pictures", ProblemKind::Missing) if problem.field == "pictures" => listings::problem_no_pictures(lang),
        ("ticket_types", ProblemKind::Missing) if problem.field == "ticket_types" => listings::problem_no_tickets(lang),
        ("departures", ProblemKind::Missing) => listings::problem_no_departures(lang),
        ("meeting_point", ProblemKind::Missing) => listings::problem_no_point(lang),
        ("place" | "from_place" | "category" | "guide_languages", ProblemKind::Missing) => listings::problem_choose(lang),
        (_, ProblemKind::Missing) => listings::problem_missing(lang),
        (_, ProblemKind::TooShort) => listings::problem_too_short(lang),
        (_, ProblemKind::TooLong) => listings::problem_too_long(lang),
        (_, ProblemKind::TooMany) => listings::problem_too_many(lang),
        (_, ProblemKind::Malformed) => listings::problem_malformed(lang),
        (_, ProblemKind::NotReady) => listings::problem_not_ready(lang),
    }
}

/// `Название, қазақша` for `title.kk`; `Программа, строка 4` for what lies in the fourth row.
#[must_use]
pub fn field(lang: Lang, path: &str) -> String {
    let mut parts = path.split('.');
    let name = match parts.next().unwrap_or_default() {
        "title" => listings::field_title(lang),
        "summary" => listings::field_summary(lang),
        "description" => listings::field_description(lang),
        "included" => listings::field_included(lang),
        "excluded" => listings::field_excluded(lang),
        "programme" => listings::section_programme(lang),
        "meeting" => listings::field_meeting(lang),
        "meeting_point" => listings::field_point(lang),
        "place" => listings::field_place(lang),
        "from_place" => listings::field_from(lang),
        "category" => listings::field_category(lang),
        "guide_languages" => listings::field_languages(lang),
        "duration_minutes" => listings::field_duration(lang),
        "free_cancel_hours" => listings::field_cancel(lang),
        "pictures" => listings::section_pictures(lang),
        "ticket_types" => listings::section_tickets(lang),
        "departures" => listings::section_departures(lang),
        _ => listings::field_other(lang),
    };
    let row = parts.next().and_then(|part| part.parse::<u32>().ok()).map(|row| listings::row(lang, row + 1));
    let language = text_of(path).map(|(_, lang)| lang.own_name().to_owned());
    [Some(name.to_owned()), row, language].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Why stock stays as it is.
#[must_use]
pub fn stock(lang: Lang, refusal: &StockRefusal) -> String {
    match refusal {
        StockRefusal::BelowTaken { taken } => departures::refused_below(lang, i64::from(*taken)),
        StockRefusal::BelowTakenOn { starts_at, taken } => {
            departures::refused_below_on(lang, i64::from(*taken), when::moment_text(lang, *starts_at))
        }
        StockRefusal::StartTaken => departures::refused_start(lang).to_owned(),
        StockRefusal::InPast => departures::refused_past(lang).to_owned(),
        StockRefusal::Left => departures::refused_left(lang).to_owned(),
        StockRefusal::Cancelled => departures::refused_cancelled(lang).to_owned(),
        StockRefusal::Sold { sold } => departures::refused_sold(lang, i64::from(*sold)),
    }
}

/// What to say of a refusal that no field explains.
#[must_use]
pub fn refusal(lang: Lang, error: &AppError) -> String {
    match error {
        AppError::Stock(why) => stock(lang, why),
        AppError::WrongStatus(status) => match status.as_str() {
            "in_review" => listings::refused_in_review(lang).to_owned(),
            _ => listings::refused_status(lang).to_owned(),
        },
        AppError::SignInFirst => listings::refused_session(lang).to_owned(),
        AppError::Forbidden => listings::refused_forbidden(lang).to_owned(),
        AppError::NotFound => listings::refused_gone(lang).to_owned(),
        AppError::Problems(_) | AppError::Fields(_) => listings::refused_problems(lang).to_owned(),
        AppError::TooMany { .. } => listings::refused_too_many(lang).to_owned(),
        _ => listings::refused_unavailable(lang).to_owned(),
    }
}

/// A price as it is typed and read: `12 500`, with tiyn only when there are some.
#[must_use]
pub fn price_text(price: Money) -> String {
    price.to_string().trim_end_matches(['₸', '\u{202f}']).to_owned()
}

/// Reads what [`price_text`] prints and what people type: spaces anywhere, a comma or a point before the tiyn.
#[must_use]
pub fn price_of(text: &str) -> Option<Money> {
    let plain: String =
        text.chars().filter(|c| !c.is_whitespace() && *c != '₸').map(|c| if c == ',' { '.' } else { c }).collect();
    Money::parse_decimal(&plain).filter(|price| price.tiyn() >= 0)
}

/// `за 2 ч до выезда`.
#[must_use]
pub fn closes(lang: Lang, minutes: i32) -> String {
    match minutes {
        ..=0 => tickets::closes_at_start(lang).to_owned(),
        minutes if minutes % 1440 == 0 => tickets::closes_days(lang, i64::from(minutes / 1440)),
        minutes if minutes % 60 == 0 => tickets::closes_hours(lang, i64::from(minutes / 60)),
        minutes => tickets::closes_minutes(lang, i64::from(minutes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_read_as_people_type_it() {
        for (typed, tenge) in [("12500", 12_500), ("12 500", 12_500), ("12\u{202f}500 ₸", 12_500), ("0", 0)] {
            assert_eq!(price_of(typed), Some(Money::from_tenge(tenge)), "{typed}");
        }
        assert_eq!(price_of("99,5"), Some(Money::from_tiyn(9_950)));
        for bad in ["", "-5", "12.555", "много"] {
            assert_eq!(price_of(bad), None, "{bad}");
        }
        assert_eq!(price_text(Money::from_tenge(12_500)), "12\u{202f}500");
        assert_eq!(price_of(&price_text(Money::from_tiyn(9_950))), Some(Money::from_tiyn(9_950)));
    }

    #[test]
    fn a_field_is_named_as_it_stands_on_the_page() {
        assert_eq!(field(Lang::Ru, "title.kk"), "Название, Қазақша");
        assert_eq!(field(Lang::Ru, "programme.3.text.kk"), "Программа, строка 4, Қазақша");
        assert_eq!(field(Lang::En, "pictures"), "Photos");
    }
}
