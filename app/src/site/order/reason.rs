//! Why the bank said no, in our words: its own come in whatever language and tone it likes.
use sapar_shared::{Lang, tr::order as words};

/// What the provider's sentence about a failed payment means; what it does not say, or we do not know, is a plain no.
#[must_use]
pub fn reason(lang: Lang, said: &str) -> &'static str {
    let said = said.to_lowercase();
    let speaks_of = |stems: &[&str]| stems.iter().any(|stem| said.contains(stem));
    if speaks_of(&["funds", "enough", "insufficient", "недостаточно", "жеткілікс"]) {
        words::reason_funds(lang)
    } else if speaks_of(&["expired card", "card expired", "card has expired", "срок действия", "истек", "истёк"])
    {
        words::reason_expired(lang)
    } else if speaks_of(&["limit", "лимит"]) {
        words::reason_limit(lang)
    } else if speaks_of(&["3ds", "3-d", "3d", "authenticat", "аутентификац", "подтвержд"]) {
        words::reason_not_confirmed(lang)
    } else if speaks_of(&["cancel", "отмен"]) {
        words::reason_cancelled(lang)
    } else {
        words::reason_other(lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_banks_words_never_reach_the_page() {
        assert_eq!(reason(Lang::Ru, "Declined by the bank"), words::reason_other(Lang::Ru));
        assert_eq!(reason(Lang::En, "Недостаточно средств на карте"), words::reason_funds(Lang::En));
        assert_eq!(reason(Lang::Kk, "3DS authentication failed"), words::reason_not_confirmed(Lang::Kk));
        assert_eq!(reason(Lang::Ru, ""), words::reason_other(Lang::Ru));
    }
}
