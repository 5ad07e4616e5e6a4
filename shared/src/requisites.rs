//! What a company is known by to the state and to banks: BIN or IIN, IBAN, a card. Parsed once, checksum and all.
use crate::parsed::text_newtype;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// BIN of a company or IIN of a sole trader: twelve digits, the last of which checks the others.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Bin(String);

/// An account in a bank of Kazakhstan: `KZ`, two check digits, three of the bank, thirteen letters and digits. Without spaces.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Iban(String);

/// Whose name stands on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardBrand {
    Visa,
    Mastercard,
    UnionPay,
    Amex,
    Mir,
    Other,
}

/// As much of a card as may be shown: nobody pays with it, its owner knows it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardFace {
    pub brand: CardBrand,
    /// Four digits.
    pub last_four: String,
    /// The last day that it is good for, where the bank told.
    #[serde(with = "crate::packed")]
    pub good_until: Option<Date>,
}

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
        format!("{}\u{a0}····\u{a0}{}", &self.0[..4], self.last_four())
    }

    #[must_use]
    pub fn last_four(&self) -> &str {
        &self.0[16..]
    }
}

impl CardBrand {
    pub const ALL: [Self; 6] = [Self::Visa, Self::Mastercard, Self::UnionPay, Self::Amex, Self::Mir, Self::Other];

    /// The word under which the database keeps it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Visa => "visa",
            Self::Mastercard => "mastercard",
            Self::UnionPay => "unionpay",
            Self::Amex => "amex",
            Self::Mir => "mir",
            Self::Other => "other",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|brand| brand.as_str() == word)
    }

    /// As it stands on the card; a name is one in every language. Empty where nobody knows it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Visa => "Visa",
            Self::Mastercard => "Mastercard",
            Self::UnionPay => "UnionPay",
            Self::Amex => "American Express",
            Self::Mir => "Мир",
            Self::Other => "",
        }
    }

    /// By the first digits of a number.
    fn of(first: &str) -> Self {
        let number = |digits: usize| first.get(..digits).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
        match (number(1), number(2), number(4)) {
            (_, _, 2200..=2204) => Self::Mir,
            (_, 51..=55, _) | (_, _, 2221..=2720) => Self::Mastercard,
            (_, 34 | 37, _) => Self::Amex,
            (_, 62, _) => Self::UnionPay,
            (4, ..) => Self::Visa,
            _ => Self::Other,
        }
    }
}

impl CardFace {
    /// From a number with its middle hidden, `4400-43XX-XXXX-1234`, and the month and year (of two digits or of four) that stand
    /// on the card. `None` where the end of the number is not told, or nothing of it is hidden.
    #[must_use]
    pub fn of_masked(number: &str, month: Option<&str>, year: Option<&str>) -> Option<Self> {
        let shown: String = number.chars().filter(|letter| !is_gap(*letter)).collect();
        let last_four = shown.get(shown.len().checked_sub(4)?..)?;
        let hidden = shown.chars().any(|letter| !letter.is_ascii_digit());
        if !hidden || !last_four.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let year = year.and_then(|year| year.parse::<i16>().ok()).map(|year| if year < 100 { year + 2000 } else { year });
        let month = month.and_then(|month| month.parse::<i8>().ok()).filter(|month| (1..=12).contains(month));
        let good_until = year.filter(|year| (2000..2100).contains(year)).zip(month);
        Some(Self {
            brand: CardBrand::of(&shown),
            last_four: last_four.to_owned(),
            good_until: good_until.map(|(year, month)| date(year, month, 1).last_of_month()),
        })
    }

    /// `Visa ···· 1234`, with spaces that do not break.
    #[must_use]
    pub fn pretty(&self) -> String {
        format!("{}\u{a0}····\u{a0}{}", self.brand.name(), self.last_four).trim_start_matches('\u{a0}').to_owned()
    }

    /// `09/28`, as it stands on the card.
    #[must_use]
    pub fn expiry(&self) -> Option<String> {
        self.good_until.map(|day| format!("{:02}/{:02}", day.month(), day.year() % 100))
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
        assert_eq!((known.masked().as_str(), known.last_four()), ("KZ86\u{a0}····\u{a0}0100", "0100"));
    }

    #[test]
    fn what_is_no_iban_is_refused() {
        let swapped = "KZ68125KZT5004100100";
        for bad in ["", "KZ86125KZT500410010", "KZ86125KZT50041001000", "DE86125KZT5004100100", "KZ86125KZT5004100101", swapped] {
            assert_eq!(Iban::parse(bad), None, "{bad}");
        }
        assert_eq!(Iban::parse("KZ86125КZT5004100100"), None, "a Cyrillic К");
    }

    #[test]
    fn a_card_is_known_by_its_ends() {
        let card = CardFace::of_masked("4003-03XX-XXXX-5378", Some("02"), Some("28")).expect("a card");
        assert_eq!((card.brand, card.last_four.as_str()), (CardBrand::Visa, "5378"));
        assert_eq!((card.pretty().as_str(), card.expiry().as_deref()), ("Visa\u{a0}····\u{a0}5378", Some("02/28")));
        assert_eq!(card.good_until, Some(date(2028, 2, 29)));
        let of = |number: &str| CardFace::of_masked(number, None, None).map(|card| card.brand);
        assert_eq!(of("5169****1234"), Some(CardBrand::Mastercard));
        assert_eq!(of("2204-12XX-XXXX-0000"), Some(CardBrand::Mir));
        assert_eq!(of("2720-12XX-XXXX-0000"), Some(CardBrand::Mastercard));
        assert_eq!(of("6250-12XX-XXXX-0000"), Some(CardBrand::UnionPay));
        assert_eq!(of("****0000"), Some(CardBrand::Other));
        for brand in CardBrand::ALL {
            assert_eq!(CardBrand::parse(brand.as_str()), Some(brand));
        }
    }

    #[test]
    fn a_whole_number_is_never_taken() {
        for bad in
            ["", "XXXX", "123", "4400430000001234", "4400 4300 0000 1234", "4400-43XX-XXXX-123X", "4400-43XX-XXXX-１２３４"]
        {
            assert_eq!(CardFace::of_masked(bad, None, None), None, "{bad}");
        }
        let odd = CardFace::of_masked("4400-43XX-XXXX-1234", Some("13"), Some("2028")).expect("a card");
        assert_eq!((odd.good_until, odd.expiry()), (None, None));
        let other = CardFace { brand: CardBrand::Other, ..odd };
        assert_eq!(other.pretty(), "····\u{a0}1234");
    }
}
