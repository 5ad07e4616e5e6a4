//! Where messages are read from: on the server all languages, in a browser its own only. What every page may say comes within
//! the page, the rest in one piece when the first page asks for it.
use crate::{Lang, locale, tr};
use std::fmt::{Display, Write as _};

/// The texts of a language in two parts, each as its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What the main file of the wasm says.
    InPage,
    /// What its other files say.
    Apart,
}

/// A part's texts, to be sent to a browser.
#[must_use]
pub fn lines(lang: Lang, part: Part) -> String {
    let range = match part {
        Part::InPage => 0..tr::IN_PAGE,
        Part::Apart => tr::IN_PAGE..tr::APART,
    };
    tr::TABLES[lang as usize][range].join("\n")
}

/// Which of a message's forms a count takes.
pub(crate) const fn form(lang: Lang, n: i64) -> usize {
    match lang {
        Lang::Ru => locale::plural_ru(n),
        Lang::Kk | Lang::En => !locale::plural_one(n) as usize,
    }
}

/// Puts values where a text has `{0}`, `{1}` and so on.
pub(crate) fn fill(text: &str, values: &[&dyn Display]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (place, tail) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        if let Some(value) = place.parse().ok().and_then(|place: usize| values.get(place)) {
            let _ = write!(out, "{value}");
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(not(all(feature = "texts-apart", target_arch = "wasm32")))]
pub(crate) fn text(lang: Lang, place: usize) -> &'static str {
    tr::TABLES[lang as usize][place]
}

#[cfg(all(feature = "texts-apart", target_arch = "wasm32"))]
mod brought {
    use super::{Lang, Part, tr};
    use std::sync::OnceLock;

    static BROUGHT: [OnceLock<Vec<&'static str>>; 2] = [const { OnceLock::new() }; 2];

    /// Takes a part's lines; a part that is here already stays.
    pub fn bring(part: Part, lines: String) {
        BROUGHT[part as usize].get_or_init(|| lines.leak().split('\n').collect());
    }

    #[must_use]
    pub fn has(part: Part) -> bool {
        BROUGHT[part as usize].get().is_some()
    }

    // A document has one language.
    #[inline(never)]
    pub(crate) fn text(_lang: Lang, place: usize) -> &'static str {
        let (part, place) = if place < tr::IN_PAGE { (0, place) } else { (1, place - tr::IN_PAGE) };
        BROUGHT[part].get().and_then(|texts| texts.get(place)).copied().unwrap_or_default()
    }
}
#[cfg(all(feature = "texts-apart", target_arch = "wasm32"))]
pub(crate) use brought::text;
#[cfg(all(feature = "texts-apart", target_arch = "wasm32"))]
pub use brought::{bring, has};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_in_their_places() {
        assert_eq!(fill("{1} из {0}, {1}", &[&7, &"два"]), "два из 7, два");
        assert_eq!(fill("без чисел", &[]), "без чисел");
    }

    #[test]
    fn a_part_is_as_many_lines_in_every_language() {
        for part in [Part::InPage, Part::Apart] {
            let counts = Lang::ALL.map(|lang| lines(lang, part).split('\n').count());
            assert!(counts[0] > 20);
            assert_eq!(counts, [counts[0]; 3]);
        }
    }

    #[test]
    fn a_count_takes_its_form() {
        assert_eq!([1, 3, 5].map(|n| tr::ui::places_left(Lang::En, n)), ["1 place left", "3 places left", "5 places left"]);
        assert_ne!(tr::ui::places_left(Lang::Ru, 3).replace('3', "5"), tr::ui::places_left(Lang::Ru, 5));
    }
}
