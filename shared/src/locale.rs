//! The three languages and how each writes counts.
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A language of the product; the first segment of every page's path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Ru,
    Kk,
    En,
}

impl Lang {
    pub const ALL: [Self; 3] = [Self::Ru, Self::Kk, Self::En];

    /// The code of ISO 639-1, as it stands in addresses and in `hreflang`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::Kk => "kk",
            Self::En => "en",
        }
    }

    /// The language's name in itself, for the switcher.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Ru => "Русский",
            Self::Kk => "Қазақша",
            Self::En => "English",
        }
    }

    /// Open Graph's `language_TERRITORY`.
    #[must_use]
    pub const fn og_locale(self) -> &'static str {
        match self {
            Self::Ru => "ru_KZ",
            Self::Kk => "kk_KZ",
            Self::En => "en_US",
        }
    }

    /// Picks the best of ours from an `Accept-Language` header (RFC 9110, weights included); Russian when none fits.
    #[must_use]
    pub fn negotiate(header: &str) -> Self {
        let mut best: Option<(Self, u16)> = None;
        for item in header.split(',') {
            let mut parts = item.split(';');
            let tag = parts.next().unwrap_or_default().trim();
            let primary = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
            let weight = parts.find_map(|p| p.trim().strip_prefix("q=").map(weight)).unwrap_or(1000);
            if let Ok(lang) = primary.parse::<Self>()
                && weight > 0
                && best.is_none_or(|(_, known)| weight > known)
            {
                best = Some((lang, weight));
            }
        }
        best.map_or(Self::Ru, |(lang, _)| lang)
    }
}

/// `0.8` as 800; RFC 9110 allows three digits after the point.
fn weight(text: &str) -> u16 {
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let thousandths = format!("{part:0<3}").get(..3).and_then(|p| p.parse::<u16>().ok()).unwrap_or(0);
    whole.parse::<u16>().unwrap_or(0).min(1) * 1000 + thousandths
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text names none of the three languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownLang;

impl fmt::Display for UnknownLang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not one of ru, kk, en")
    }
}

impl std::error::Error for UnknownLang {}

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(text: &str) -> Result<Self, UnknownLang> {
        Self::ALL.into_iter().find(|lang| lang.code() == text).ok_or(UnknownLang)
    }
}

/// Kazakh and English: "one" is exactly one (CLDR; Kazakh nouns stay singular after any number, its texts say so).
pub(crate) const fn plural_one(n: i64) -> bool {
    n == 1
}

/// Russian: 0 for 1, 21, 31; 1 for 2–4, 22–24; 2 for the rest (CLDR one, few, many).
pub(crate) const fn plural_ru(n: i64) -> usize {
    let n = n.unsigned_abs();
    match (n % 10, n % 100) {
        (_, 11..=14) => 2,
        (1, _) => 0,
        (2..=4, _) => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_known_language_wins() {
        assert_eq!(Lang::negotiate("de;q=1, kk-KZ;q=0.8, ru;q=0.7"), Lang::Kk);
        assert_eq!(Lang::negotiate("en-GB,en;q=0.9,ru;q=0.8"), Lang::En);
        assert_eq!(Lang::negotiate("ru;q=0, kk;q=0.001"), Lang::Kk);
        assert_eq!(Lang::negotiate(""), Lang::Ru);
        assert_eq!(Lang::negotiate("zz;;q=,=9"), Lang::Ru);
    }

    #[test]
    fn russian_counts_follow_cldr() {
        let forms: Vec<usize> = [1, 2, 5, 11, 12, 21, 22, 25, 111, 0].into_iter().map(plural_ru).collect();
        assert_eq!(forms, [0, 1, 2, 2, 2, 0, 1, 2, 2, 2]);
    }
}
