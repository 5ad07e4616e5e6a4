//! The results page's filters: the URL is their only home, so they parse from and print to a query string.
use super::checkout::MAX_QUANTITY;
use crate::when;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    #[default]
    Popular,
    Soonest,
    PriceUp,
    PriceDown,
}

impl Sort {
    pub const ALL: [Self; 4] = [Self::Popular, Self::Soonest, Self::PriceUp, Self::PriceDown];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Popular => "popular",
            Self::Soonest => "soonest",
            Self::PriceUp => "price_up",
            Self::PriceDown => "price_down",
        }
    }
}

/// How long a tour may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Length {
    /// Up to 6 hours.
    HalfDay,
    /// Up to 24 hours.
    Day,
    /// Up to 3 days.
    Weekend,
    /// Longer.
    Long,
}

impl Length {
    pub const ALL: [Self; 4] = [Self::HalfDay, Self::Day, Self::Weekend, Self::Long];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HalfDay => "half_day",
            Self::Day => "day",
            Self::Weekend => "weekend",
            Self::Long => "long",
        }
    }

    /// Minutes, both ends included.
    #[must_use]
    pub const fn minutes(self) -> (i32, i32) {
        match self {
            Self::HalfDay => (0, 360),
            Self::Day => (361, 1440),
            Self::Weekend => (1441, 3 * 1440),
            Self::Long => (3 * 1440 + 1, i32::MAX),
        }
    }
}

/// Everything that narrows the results. Empty means "any".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchQuery {
    pub q: String,
    /// A place's slug; whatever lies in it counts too.
    pub place: Option<String>,
    pub category: Option<String>,
    #[serde(with = "crate::packed")]
    pub from: Option<Date>,
    #[serde(with = "crate::packed")]
    pub to: Option<Date>,
    /// Free places wanted on one departure.
    pub people: Option<i32>,
    /// Whole tenge.
    pub price_min: Option<i64>,
    pub price_max: Option<i64>,
    pub length: Option<Length>,
    /// The guide's language.
    pub language: Option<String>,
    pub sort: Sort,
    pub cursor: Option<String>,
}

impl SearchQuery {
    /// Reads a query's pairs; what does not parse is left out rather than refused, for links get mangled on their way.
    #[must_use]
    pub fn from_pairs<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut query = Self::default();
        for (key, value) in pairs {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            let text = || value.chars().take(100).collect::<String>();
            match key {
                "q" => query.q = text(),
                "place" => query.place = Some(text()),
                "category" => query.category = Some(text()),
                "from" => query.from = when::of_iso(value),
                "to" => query.to = when::of_iso(value),
                // More than one order may have means as many as it may.
                "people" => {
                    query.people = value.parse::<i64>().ok().filter(|n| *n >= 1).map(|n| n.min(MAX_QUANTITY.into()) as i32)
                }
                "price_min" => query.price_min = value.parse().ok().filter(|n| (0..=100_000_000).contains(n)),
                "price_max" => query.price_max = value.parse().ok().filter(|n| (0..=100_000_000).contains(n)),
                "length" => query.length = Length::ALL.into_iter().find(|l| l.as_str() == value),
                "language" => query.language = Some(text()),
                "sort" => query.sort = Sort::ALL.into_iter().find(|s| s.as_str() == value).unwrap_or_default(),
                "cursor" => query.cursor = Some(value.chars().take(300).collect()),
                _ => {}
            }
        }
        // The days were typed the other way round.
        if let (Some(from), Some(to)) = (query.from, query.to)
            && from > to
        {
            (query.from, query.to) = (Some(to), Some(from));
        }
        query
    }

    /// The pairs that print it again, defaults left out.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let mut put = |key, value: Option<String>| {
            if let Some(value) = value.filter(|v| !v.is_empty()) {
                pairs.push((key, value));
            }
        };
        put("q", Some(self.q.clone()));
        put("place", self.place.clone());
        put("category", self.category.clone());
        put("from", self.from.map(when::iso));
        put("to", self.to.map(when::iso));
        put("people", self.people.map(|n| n.to_string()));
        put("price_min", self.price_min.map(|n| n.to_string()));
        put("price_max", self.price_max.map(|n| n.to_string()));
        put("length", self.length.map(|l| l.as_str().to_owned()));
        put("language", self.language.clone());
        put("sort", (self.sort != Sort::default()).then(|| self.sort.as_str().to_owned()));
        put("cursor", self.cursor.clone());
        pairs
    }

    /// `?q=…&place=…`, or nothing.
    #[must_use]
    pub fn to_query_string(&self) -> String {
        let pairs: Vec<String> = self.pairs().into_iter().map(|(key, value)| format!("{key}={}", encode(&value))).collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }

    /// How many filters narrow the list, for the badge on the filter button.
    #[must_use]
    pub fn active_filters(&self) -> usize {
        let plain = ["q", "sort", "cursor"];
        self.pairs().iter().filter(|(key, _)| !plain.contains(key)).count()
    }
}

/// Percent-encodes a query value (RFC 3986's unreserved letters stay).
#[must_use]
pub fn encode(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_comes_back_from_its_string() {
        let query = SearchQuery {
            q: "Көлсай & көл".into(),
            place: Some("almaty".into()),
            people: Some(3),
            length: Some(Length::Day),
            sort: Sort::PriceUp,
            from: when::of_iso("2026-12-01"),
            ..SearchQuery::default()
        };
        assert_eq!(
            query.to_query_string(),
            "?q=%D0%9A%D3%A9%D0%BB%D1%81%D0%B0%D0%B9%20%26%20%D0%BA%D3%A9%D0%BB&place=almaty&from=2026-12-01&people=3&length=day&sort=price_up"
        );
        let pairs = query.pairs();
        assert_eq!(SearchQuery::from_pairs(pairs.iter().map(|(k, v)| (*k, v.as_str()))), query);
        assert_eq!(query.active_filters(), 4);
    }

    #[test]
    fn nonsense_is_left_out() {
        let pairs = [("people", "-3"), ("from", "yesterday"), ("sort", "x"), ("price_min", "1e9"), ("zzz", "1")];
        assert_eq!(SearchQuery::from_pairs(pairs.into_iter()), SearchQuery::default());
    }

    #[test]
    fn what_was_meant_is_taken() {
        let swapped = [("people", "999999999999"), ("from", "2026-12-20"), ("to", "2026-12-10")];
        let query = SearchQuery::from_pairs(swapped.into_iter());
        assert_eq!((query.people, query.from < query.to), (Some(50), true));
    }
}
