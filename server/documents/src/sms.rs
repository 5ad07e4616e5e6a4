//! Text messages. A part holds 70 letters when any of them is Cyrillic (67 when there are several parts), 160 (153) else,
//! and each part costs; so a message says as much as fits into one.
use crate::{moves, safety};
use jiff::Timestamp;
use sapar_shared::{
    Lang, Money,
    dto::{account::SafetyChange, paper::OrderPaper},
    tr::mail as tr,
    when,
};

/// The tickets are ready. `short_url` is absolute. With date and time when that fits into one part.
#[must_use]
pub fn tickets(order: &OrderPaper, short_url: &str) -> String {
    let lang = order.lang;
    let count = i64::try_from(order.tickets.len()).unwrap_or(i64::MAX);
    let plain = tr::sms_tickets(lang, count, short_url);
    let Some(first) = order.tickets.iter().min_by_key(|ticket| ticket.starts_at) else { return plain };
    let starts = when::local(first.starts_at);
    let date = format!("{} {}", when::day_month(lang, starts.date()), when::clock(starts));
    let dated = tr::sms_tickets_dated(lang, count, date, short_url);
    if parts(&dated) <= parts(&plain) { dated } else { plain }
}

/// The departure was moved, from the first moment to the second; `short_url` brings the new tickets.
#[must_use]
pub fn moved(order: &OrderPaper, short_url: &str, (from, to): (Timestamp, Timestamp)) -> String {
    if order.tickets.iter().all(|ticket| ticket.starts_at != to) {
        return tickets(order, short_url);
    }
    let days = moves::days(order.lang, from, to);
    // An arrow would turn an English message into one of 70 letters a part.
    let days = if order.lang == Lang::En { days.replace('→', "->") } else { days };
    tr::sms_moved(order.lang, days, short_url)
}

/// Money came too late for its places and is going back.
#[must_use]
pub fn late_money(lang: Lang, number: &str, amount: Money) -> String {
    let amount = amount.to_string().replace('\u{202f}', " ");
    // ₸ would turn an English message into one of 70 letters a part.
    let amount = if lang == Lang::En { amount.replace('₸', "KZT") } else { amount };
    tr::sms_late(lang, amount, number)
}

/// A sale at the counter was taken back.
#[must_use]
pub fn void(lang: Lang, number: &str) -> String {
    tr::sms_void(lang, number)
}

/// Six digits that prove a number.
#[must_use]
pub fn code(lang: Lang, code: &str) -> String {
    tr::sms_code(lang, code)
}

/// Six digits that give a number away: whoever reads them out must know what for.
#[must_use]
pub fn code_to_leave(lang: Lang, code: &str) -> String {
    tr::sms_code_leave(lang, code)
}

/// What has changed about how the number's owner signs in; `url` is absolute and leads to a new password.
#[must_use]
pub fn notice(lang: Lang, change: SafetyChange, url: &str) -> String {
    tr::sms_notice(lang, safety::what(lang, change), url)
}

/// How many parts a gateway sends and counts.
#[must_use]
pub fn parts(text: &str) -> usize {
    let (units, one, several) = if text.is_ascii() { (text.len(), 160, 153) } else { (text.encode_utf16().count(), 70, 67) };
    if units <= one { 1 } else { units.div_ceil(several) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_as_gateways_do() {
        assert_eq!(parts(&"a".repeat(160)), 1);
        assert_eq!(parts(&"a".repeat(161)), 2);
        assert_eq!(parts(&"ы".repeat(70)), 1);
        assert_eq!(parts(&"ы".repeat(71)), 2);
        assert_eq!(parts(&"ы".repeat(135)), 3);
    }

    #[test]
    fn a_code_fits_one_part() {
        for lang in Lang::ALL {
            let text = code(lang, "042917");
            assert!(parts(&text) == 1 && text.contains("042917"), "{text}");
        }
    }

    #[test]
    fn a_code_that_gives_a_number_away_says_so() {
        for lang in Lang::ALL {
            let text = code_to_leave(lang, "042917");
            assert!(parts(&text) <= 2 && text.contains("042917") && text != code(lang, "042917"), "{text}");
        }
    }

    #[test]
    fn notices_are_short() {
        for lang in Lang::ALL {
            for change in SafetyChange::ALL {
                let text = notice(lang, change, "https://sapar.kz/ru/reset");
                assert!(parts(&text) <= 2 && text.contains("https://sapar.kz/ru/reset"), "{text}");
            }
        }
    }

    #[test]
    fn void_tickets_fit_one_part() {
        for lang in Lang::ALL {
            let text = void(lang, "S-4821-7305");
            assert!(parts(&text) == 1 && text.contains("S-4821-7305"), "{text}");
        }
    }

    #[test]
    fn late_money_fits_one_part() {
        for lang in Lang::ALL {
            let text = late_money(lang, "S-4821-7305", Money::from_tenge(1_125_000));
            assert_eq!(parts(&text), 1, "{text}");
            assert!(text.contains("1 125 000"), "{text}");
        }
    }
}
