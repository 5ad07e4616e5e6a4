//! The results page's filters, to and from the router.
use leptos_router::params::ParamsMap;
use sapar_shared::{Lang, forms::search::SearchQuery, paths};

const KEYS: [&str; 12] =
    ["q", "place", "category", "from", "to", "people", "price_min", "price_max", "length", "language", "sort", "cursor"];

/// Reads the filters out of the page's query.
#[must_use]
pub fn of_params(params: &ParamsMap) -> SearchQuery {
    SearchQuery::from_pairs(KEYS.into_iter().filter_map(|key| Some((key, params.get_str(key)?))))
}

/// Reads the filters out of a form's or a server function's `a=b&c=d`. Values are percent-encoded, `+` is a space.
#[must_use]
pub fn of_string(query: &str) -> SearchQuery {
    let pairs: Vec<(&str, String)> =
        query.split('&').filter_map(|pair| pair.split_once('=')).map(|(key, value)| (key, decode(value))).collect();
    SearchQuery::from_pairs(pairs.iter().map(|(key, value)| (*key, value.as_str())))
}

fn decode(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = if *first == b'%' { tail.get(..2).and_then(hex) } else { None };
        bytes.push(escaped.unwrap_or(if *first == b'+' { b' ' } else { *first }));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(pair: &[u8]) -> Option<u8> {
    pair.iter().try_fold(0, |sum, digit| Some(sum * 16 + u8::try_from(char::from(*digit).to_digit(16)?).ok()?))
}

/// The address of the results.
#[must_use]
pub fn href(lang: Lang, query: &SearchQuery) -> String {
    format!("{}{}", paths::search(lang), query.to_query_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_a_browser_writes_it() {
        let query = of_string("q=%D0%9A%D3%A9%D0%BB+100%25&place=almaty&from=&people=2&price_min=%zz");
        assert_eq!(query.q, "Көл 100%");
        assert_eq!(query.place.as_deref(), Some("almaty"));
        assert_eq!((query.from, query.people, query.price_min), (None, Some(2), None));
    }
}
