//! Money in whole tiyn (1 ₸ = 100 tiyn). No floating point comes near it.
use crate::number::{Grouped, THIN};
use serde::{Deserialize, Serialize};
use std::{
    fmt::{self, Write as _},
    iter::Sum,
    ops::Add,
};

/// The currencies that the platform settles in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Currency {
    #[default]
    #[serde(rename = "KZT")]
    Kzt,
}

impl Currency {
    /// ISO 4217's letters.
    #[must_use]
    pub const fn code(self) -> &'static str {
        "KZT"
    }
}

/// An amount in tiyn of tenge; negative only in books and refunds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(i64);

impl Money {
    pub const ZERO: Self = Self(0);

    #[must_use]
    pub const fn from_tiyn(tiyn: i64) -> Self {
        Self(tiyn)
    }

    /// Whole tenge.
    #[must_use]
    pub const fn from_tenge(tenge: i64) -> Self {
        Self(tenge * 100)
    }

    #[must_use]
    pub const fn tiyn(self) -> i64 {
        self.0
    }

    /// The price of `count` pieces; `None` when it would not fit in 64 bits.
    #[must_use]
    pub const fn checked_mul(self, count: i64) -> Option<Self> {
        match self.0.checked_mul(count) {
            Some(tiyn) => Some(Self(tiyn)),
            None => None,
        }
    }

    #[must_use]
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(tiyn) => Some(Self(tiyn)),
            None => None,
        }
    }

    /// As payment providers write it: `12500.00`.
    #[must_use]
    pub fn decimal(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let tiyn = self.0.unsigned_abs();
        format!("{sign}{}.{:02}", tiyn / 100, tiyn % 100)
    }

    /// Reads `12500`, `12500.5`, `12500.00`; more than two places after the point, or anything else, is refused.
    #[must_use]
    pub fn parse_decimal(text: &str) -> Option<Self> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || part.len() > 2 || !all_digits(whole) || !all_digits(part) {
            return None;
        }
        let tiyn: i64 = format!("{part:0<2}").parse().ok()?;
        whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(tiyn)?.checked_mul(sign).map(Self)
    }
}

impl fmt::Display for Money {
    /// `12 500 ₸`, with tiyn only when there are some; written alike in the three languages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tiyn = self.0.unsigned_abs();
        if self.0 < 0 {
            f.write_char('\u{2212}')?;
        }
        // A hundredth of any amount fits.
        Grouped(i64::try_from(tiyn / 100).unwrap_or(i64::MAX)).fmt(f)?;
        if !tiyn.is_multiple_of(100) {
            write!(f, ",{:02}", tiyn % 100)?;
        }
        f.write_char(THIN)?;
        f.write_char('₸')
    }
}

impl Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
        items.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shown_with_thin_spaces() {
        assert_eq!(Money::from_tenge(12_500).to_string(), "12\u{202f}500\u{202f}₸");
        assert_eq!(Money::from_tenge(950).to_string(), "950\u{202f}₸");
        assert_eq!(Money::from_tiyn(-12_345_678_905).to_string(), "\u{2212}123\u{202f}456\u{202f}789,05\u{202f}₸");
    }

    #[test]
    fn only_clean_decimals_are_read() {
        assert_eq!(Money::parse_decimal("12500"), Some(Money::from_tenge(12_500)));
        assert_eq!(Money::parse_decimal("0.5"), Some(Money::from_tiyn(50)));
        for bad in ["", ".", "1.234", "1e3", "+1", "1,5", " 1", "99999999999999999999", "--1"] {
            assert_eq!(Money::parse_decimal(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn decimals_come_back(tiyn in -1_000_000_000_000_i64..1_000_000_000_000) {
            let money = Money::from_tiyn(tiyn);
            prop_assert_eq!(Money::parse_decimal(&money.decimal()), Some(money));
        }
    }
}
