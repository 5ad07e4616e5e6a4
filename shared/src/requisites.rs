//! What a company is known by to the state and to banks: BIN or IIN, IBAN. Parsed once, checksum and all.
use crate::parsed::text_newtype;
use serde::{Deserialize, Serialize};

/// BIN of a company or IIN of a sole trader: twelve digits, the last of which checks the others.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Bin(String);

/// An account in a bank of Kazakhstan: `KZ`, two check digits, three of the bank, thirteen letters and digits. Without spaces.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Iban(String);

/// The text is no such number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotANumber;

text_newtype! { NotANumber, "wrong number": Bin Iban }

/// Typed or pasted between the parts of a number.
const fn is_gap(letter: char) -> bool {
    matches!(letter, ' ' | '-' | '\t' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

impl Bin {
    /// Spaces and dashes do not matter.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let text: String = typed.chars().filter(|letter| !is_gap(*letter)).collect();
        let digits: Vec<u32> = text.chars().map(|c| c.to_digit(10)).collect::<Option<_>>()?;
        // Both begin with year and month: of birth or of registration.
        let month = digits.get(2)? * 10 + digits.get(3)?;
        let right = digits.len() == 12 && (1..=12).contains(&month) && check_digit(&digits[..11]) == Some(digits[11]);
        right.then_some(Self(text))
    }
}

/// The twelfth digit; `None` for the few beginnings that are never given out.
fn check_digit(first: &[u32]) -> Option<u32> {
    const ONCE_MORE: [u32; 11] = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];
    let by = |weights: &mut dyn Iterator<Item = u32>| {
        first.iter().zip(weights).map(|(digit, weight)| digit * weight).sum::<u32>() % 11
    };
    let digit = match by(&mut (1..=11)) {
        10 => by(&mut ONCE_MORE.into_iter()),
        digit => digit,
    };
    (digit < 10).then_some(digit)
}

impl Iban {
    /// Spaces, dashes and small letters do not matter.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let text: String = typed.chars().filter(|letter| !is_gap(*letter)).map(|c| c.to_ascii_uppercase()).collect();
        let shape = text.len() == 20 && text.starts_with("KZ") && text.bytes().all(|b| b.is_ascii_alphanumeric());
        let digits = shape && text[2..7].bytes().all(|b| b.is_ascii_digit());
        (digits && remainder(&text) == 1).then_some(Self(text))
    }

    /// `KZ86 125K ZT50 0410 0100`, with spaces that do not break.
    #[must_use]
    pub fn pretty(&self) -> String {
        let mut out = String::with_capacity(30);
        for (at, letter) in self.0.chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                out.push('\u{a0}');
            }
            out.push(letter);
        }
        out
    }

    /// As much as tells it from another one: `KZ86 ···· 0100`.
    #[must_use]
    pub fn masked(&self) -> String {
        format!("{}\u{a0}····\u{a0}{}", &self.0[..4], &self.0[16..])
    }
}

/// ISO 7064, mod 97: the first four to the end, letters as 10 to 35.
fn remainder(iban: &str) -> u32 {
    let moved = iban.chars().skip(4).chain(iban.chars().take(4));
    moved.filter_map(|c| c.to_digit(36)).fold(0, |rest, value| (rest * if value < 10 { 10 } else { 100 } + value) % 97)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_known_companies_are_right() {
        // The last two take the second row of weights.
        for bin in ["971240001315", "940140000385", "020240000555", "000740001307", "990940003176"] {
            assert_eq!(Bin::parse(bin).map(String::from).as_deref(), Some(bin));
        }
        // A wrong last digit is never right: it is the sum itself.
        for wrong in
            ["971240001316", "940140000386", "020240000556", "000740001308", "990940003177", "871240001315", "971241001315"]
        {
            assert_eq!(Bin::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Bin::parse(" 971240 001-315 ").map(String::from).as_deref(), Some("971240001315"));
    }

    #[test]
    fn what_is_no_bin_is_refused() {
        for bad in ["", "97124000131", "9712400013155", "97124000131x", "000000000000", "971340001315", "٩71240001315"] {
            assert_eq!(Bin::parse(bad), None, "{bad}");
        }
        for last in 0..10 {
            assert_eq!(Bin::parse(&format!("99014000082{last}")), None, "never given out");
        }
    }

    #[test]
    fn ibans_with_their_spaces() {
        for iban in ["KZ86125KZT5004100100", "KZ75125KZT2069100100", "KZ563190000012344567", "KZ64722S000001234567"] {
            assert_eq!(Iban::parse(iban).map(String::from).as_deref(), Some(iban));
        }
        let known = Iban::parse(" kz86 125k zt50 0410 0100 ").expect("an IBAN");
        assert_eq!(known.as_str(), "KZ86125KZT5004100100");
        assert_eq!(known.pretty(), "KZ86\u{a0}125K\u{a0}ZT50\u{a0}0410\u{a0}0100");
        assert_eq!(known.masked(), "KZ86\u{a0}····\u{a0}0100");
    }

    #[test]
    fn what_is_no_iban_is_refused() {
        let swapped = "KZ68125KZT5004100100";
        for bad in ["", "KZ86125KZT500410010", "KZ86125KZT50041001000", "DE86125KZT5004100100", "KZ86125KZT5004100101", swapped] {
            assert_eq!(Iban::parse(bad), None, "{bad}");
        }
        assert_eq!(Iban::parse("KZ86125КZT5004100100"), None, "a Cyrillic К");
    }
}
