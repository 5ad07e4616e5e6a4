//! Whole numbers as they are read.
use std::fmt::{self, Write as _};

/// Separates thousands: U+202F, a thin space that does not break.
pub(crate) const THIN: char = '\u{202f}';

/// `4 800`, written alike in the three languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grouped(pub i64);

impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 {
            f.write_char('\u{2212}')?;
        }
        let digits = self.0.unsigned_abs().to_string();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                f.write_char(THIN)?;
            }
            f.write_char(digit)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, tr};

    #[test]
    fn thousands_stand_apart() {
        for (n, wanted) in [(0, "0"), (999, "999"), (4_800, "4 800"), (1_000_000, "1 000 000"), (-12_500, "\u{2212}12 500")] {
            assert_eq!(Grouped(n).to_string(), wanted.replace(' ', "\u{202f}"));
        }
        assert_eq!(tr::imports::count_departures(Lang::Ru, 4_800), "4\u{202f}800 выездов");
    }
}
