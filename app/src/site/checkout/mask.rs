//! The phone mask. It writes only behind the last letter typed, so it never fights a hand that corrects.
use sapar_shared::contact::Phone;

/// The number in groups while it grows: `8701123` → `+7 701 123`. `None` leaves the text as it is: another country's number,
/// one whose country is not clear yet, or something that is no number.
#[must_use]
pub fn grown(typed: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_digit() || " -()+\u{a0}".contains(c);
    if !typed.chars().all(plain) {
        return None;
    }
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let ours = if typed.trim_start().starts_with('+') { digits.strip_prefix('7') } else { digits.strip_prefix('8') };
    let rest = ours.filter(|rest| (1..=10).contains(&rest.len()))?;
    let mut out = String::from("+7");
    for (index, digit) in rest.chars().enumerate() {
        if matches!(index, 0 | 3 | 6 | 8) {
            out.push(' ');
        }
        out.push(digit);
    }
    Some(out)
}

/// What the field shows once the hand has left it.
#[must_use]
pub fn settled(typed: &str) -> Option<String> {
    Phone::parse(typed).map(|phone| phone.pretty().replace('\u{a0}', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_ours_grows_in_groups() {
        assert_eq!(grown("87").as_deref(), Some("+7 7"));
        assert_eq!(grown("+7701").as_deref(), Some("+7 701"));
        assert_eq!(grown("+7 7011").as_deref(), Some("+7 701 1"));
        assert_eq!(grown("+7 701 123 456").as_deref(), Some("+7 701 123 45 6"));
        assert_eq!(grown("8 (701) 123-45-67").as_deref(), Some("+7 701 123 45 67"));
    }

    #[test]
    fn everything_else_is_left_alone() {
        for typed in ["", "8", "+7", "7", "701", "+998 90", "0049", "+7 701 123 45 67 8", "abc", "+7x"] {
            assert_eq!(grown(typed), None, "{typed}");
        }
        assert_eq!(settled("7011234567").as_deref(), Some("+7 701 123 45 67"));
        assert_eq!(settled("701"), None);
    }
}
