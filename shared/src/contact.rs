//! Phone numbers, e-mail addresses and names as people type them, parsed once into what the rest may trust.
use crate::parsed::text_newtype;
use serde::{Deserialize, Serialize};

/// A phone number in E.164 (`+77011234567`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// An e-mail address, lower-cased in its domain.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// A person's name: 2 to 100 characters, no control characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

/// The text is not such a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAContact;

text_newtype! { NotAContact, "malformed contact": Phone Email PersonName }

impl Phone {
    /// Reads `8 701 123 45 67`, `+7 (701) 123-45-67`, `7011234567`, `+998 90 123 45 67`. A number without a country is
    /// taken for one of Kazakhstan.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let international = typed.starts_with('+') || typed.starts_with("00");
        let mut digits = String::new();
        for letter in typed.chars() {
            match letter {
                '0'..='9' => digits.push(letter),
                '+' if digits.is_empty() => {}
                ' ' | '-' | '(' | ')' | '.' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{2011}' => {}
                _ => return None,
            }
        }
        let digits = digits.strip_prefix("00").map_or(digits.clone(), str::to_owned);
        let full = match digits.len() {
            10 if !international => format!("7{digits}"),
            11 if !international && digits.starts_with('8') => format!("7{}", &digits[1..]),
            _ => digits,
        };
        let plausible = match full.as_bytes() {
            // Kazakhstan and Russia have ten digits after the 7, and none begins with 0, 1 or 2.
            [b'7', first, ..] => full.len() == 11 && *first >= b'3',
            [b'1'..=b'9', ..] => (8..=15).contains(&full.len()) && international,
            _ => false,
        };
        plausible.then(|| Self(format!("+{full}")))
    }

    /// `+7 701 123 45 67`, with spaces that do not break; other countries' numbers as they are.
    #[must_use]
    pub fn pretty(&self) -> String {
        let nb = '\u{a0}';
        match self.0.strip_prefix("+7") {
            Some(rest) if rest.len() == 10 => {
                format!("+7{nb}{}{nb}{}{nb}{}{nb}{}", &rest[..3], &rest[3..6], &rest[6..8], &rest[8..])
            }
            _ => self.0.clone(),
        }
    }

    /// Digits alone, as SMS gateways and `wa.me` links want them.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0[1..]
    }
}

impl Email {
    /// Checks what a mail server would trip over, not what RFC 5322 would let through.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let (local, domain) = typed.rsplit_once('@')?;
        let clean = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[]\\,;:\"@".contains(c);
        let label = |l: &str| {
            !l.is_empty()
                && l.len() <= 63
                && !l.starts_with('-')
                && !l.ends_with('-')
                && l.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        let fits = (1..=64).contains(&local.len()) && typed.len() <= 254;
        let domain_fits = domain.contains('.') && domain.split('.').all(label);
        let local_fits = local.chars().all(clean) && !local.starts_with('.') && !local.ends_with('.') && !local.contains("..");
        (fits && local_fits && domain_fits && typed.is_ascii()).then(|| Self(format!("{local}@{}", domain.to_lowercase())))
    }
}

impl PersonName {
    /// Folds runs of white space; refuses control characters and what is too short or long to be a name.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = name.chars().count();
        ((2..=100).contains(&length) && reads(&name)).then_some(Self(name))
    }
}

/// A mark that turns the direction of writing, and so can make a name look like another.
pub(crate) fn turns(c: char) -> bool {
    ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c)
}

/// A short text that reads as it stands: with a letter in it, without control characters and those that turn its direction.
pub(crate) fn reads(text: &str) -> bool {
    text.chars().all(|c| !c.is_control() && !turns(c)) && text.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_as_people_write_them() {
        for typed in ["+7 701 123 45 67", "8(701)123-45-67", "87011234567", "7011234567", "+77011234567", "77011234567"] {
            assert_eq!(Phone::parse(typed).map(|p| p.to_string()).as_deref(), Some("+77011234567"), "{typed}");
        }
        assert_eq!(Phone::parse("+998 90 123 45 67").map(|p| p.to_string()).as_deref(), Some("+998901234567"));
        for bad in ["", "123", "+7 701 123", "+7 101 123 45 67", "phone", "+7701123456789", "+7 701 123 45 6x", "0000000000"] {
            assert_eq!(Phone::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn emails_that_a_server_would_take() {
        assert_eq!(Email::parse(" Aigul.S@Mail.KZ ").map(|e| e.to_string()).as_deref(), Some("Aigul.S@mail.kz"));
        for bad in ["", "a@b", "a b@c.kz", "a@-c.kz", "a@c..kz", "@c.kz", "a@c.kz\r\nBcc: x@y.kz", "<a@c.kz>", "a,b@c.kz"] {
            assert_eq!(Email::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn names_are_folded_not_judged() {
        assert_eq!(PersonName::parse("  Айгүл   Сәтбаева ").map(|n| n.to_string()).as_deref(), Some("Айгүл Сәтбаева"));
        assert_eq!(PersonName::parse("<b>Ян</b>").map(|n| n.to_string()).as_deref(), Some("<b>Ян</b>"));
        for bad in ["", "   ", "A", "12", "a\u{0}b", "ab\u{202e}c", "ab\u{2066}c", &"Ә".repeat(101)] {
            assert_eq!(PersonName::parse(bad), None, "{bad:?}");
        }
    }
}
