//! States and counts in words.
use super::{api::BUSY, refused::Refusal};
use crate::{
    error::AppError,
    ui::{Glyph, Tint},
};
use sapar_shared::{
    Lang,
    dto::import::{ImportCounts, ImportPhase, ImportState},
    tr::{self, imports},
};

/// Where an import stands: colour, icon and word.
#[must_use]
pub const fn looks(state: ImportState) -> (Tint, Glyph, fn(Lang) -> &'static str) {
    match state {
        ImportState::Faulty => (Tint::Poppy, Glyph::Warning, imports::state_faulty),
        ImportState::Ready => (Tint::Sky, Glyph::Check, imports::state_ready),
        ImportState::Queued => (Tint::Amber, Glyph::Clock, imports::state_queued),
        ImportState::Running => (Tint::Amber, Glyph::Clock, imports::state_running),
        ImportState::Done => (Tint::Leaf, Glyph::Check, imports::state_done),
        ImportState::Failed => (Tint::Poppy, Glyph::Cross, imports::state_failed),
        ImportState::Undone => (Tint::Plain, Glyph::Refresh, imports::state_undone),
    }
}

/// `3 тура, 40 выездов`: what there is none of is not named.
#[must_use]
pub fn counts(lang: Lang, counts: ImportCounts) -> String {
    let ImportCounts { tours, ticket_types, departures } = counts;
    type Words = fn(Lang, i64) -> String;
    let all: [(i32, Words); 3] =
        [(tours, imports::count_tours), (ticket_types, imports::count_ticket_types), (departures, imports::count_departures)];
    all.into_iter().filter(|(n, _)| *n > 0).map(|(n, words)| words(lang, n.into())).collect::<Vec<_>>().join(", ")
}

/// What a running one is at.
#[must_use]
pub fn phase(lang: Lang, phase: Option<ImportPhase>) -> &'static str {
    match phase {
        None => imports::queued(lang),
        Some(ImportPhase::Read) => imports::phase_read(lang),
        Some(ImportPhase::Check) => imports::phase_check(lang),
        Some(ImportPhase::Write) => imports::phase_write(lang),
    }
}

/// Why a button did not do what it says.
#[must_use]
pub fn refusal(lang: Lang, error: &AppError) -> Refusal {
    let words = match error {
        AppError::WrongStatus(word) if word == BUSY => imports::refused_busy(lang),
        AppError::WrongStatus(_) => imports::changed(lang),
        AppError::SignInFirst => tr::partner::sign_in_again_text(lang),
        AppError::Forbidden => imports::refused_forbidden(lang),
        AppError::NotFound => imports::refused_not_found(lang),
        _ => tr::partner::offline_text(lang),
    };
    Refusal { ended: *error == AppError::SignInFirst, ..Refusal::of(words) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_there_is_is_counted() {
        let some = |tours, ticket_types, departures| counts(Lang::Ru, ImportCounts { tours, ticket_types, departures });
        assert_eq!(some(3, 0, 40), "3 тура, 40 выездов");
        assert_eq!(some(1, 2, 0), "1 тур, 2 типа билетов");
        assert_eq!(some(0, 0, 0), "");
    }
}
