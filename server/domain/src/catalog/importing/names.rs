//! Names as people type them, for what is kept by slugs.
use sapar_shared::{Lang, dto::editor::Tri, sheets::plain};
use std::collections::HashMap;

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    One(String),
    /// Several things are called so.
    Several,
    Nothing,
}

/// Slugs by their names in every language.
#[derive(Debug, Default)]
pub(super) struct Names {
    by_name: HashMap<String, Option<String>>,
}

impl Names {
    pub(super) fn of(rows: Vec<(String, Tri)>) -> Self {
        let mut names = Self::default();
        for (slug, name) in rows {
            for lang in Lang::ALL {
                names.add(plain(name.get(lang)), &slug);
                names.add(plain(&whole(name.get(lang), &slug)), &slug);
            }
            names.add(plain(&slug), &slug);
        }
        names
    }

    fn add(&mut self, name: String, slug: &str) {
        let known = self.by_name.entry(name).or_insert_with(|| Some(slug.to_owned()));
        if known.as_deref() != Some(slug) {
            *known = None;
        }
    }

    pub(super) fn meaning(&self, typed: &str) -> Meaning {
        match self.by_name.get(&plain(typed)) {
            Some(Some(slug)) => Meaning::One(slug.clone()),
            Some(None) => Meaning::Several,
            None => Meaning::Nothing,
        }
    }

    /// The shortest that means this one only.
    pub(super) fn choice(&self, name: &str, slug: &str) -> String {
        match self.meaning(name) {
            Meaning::One(_) => name.to_owned(),
            Meaning::Several | Meaning::Nothing => whole(name, slug),
        }
    }
}

fn whole(name: &str, slug: &str) -> String {
    format!("{name} ({slug})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_any_language_means_its_slug_and_a_double_one_says_so() {
        let tri = |ru: &str, kk: &str, en: &str| Tri { ru: ru.into(), kk: kk.into(), en: en.into() };
        let names = Names::of(vec![
            ("kolsai".into(), tri("Озёра Кольсай", "Көлсай", "Kolsai")),
            ("saty".into(), tri("Саты", "Саты", "Saty")),
            ("saty-2".into(), tri("Саты", "Саты", "Saty")),
        ]);
        for typed in ["kolsai", " озера  кольсай ", "КӨЛСАЙ", "Kolsai (kolsai)"] {
            assert_eq!(names.meaning(typed), Meaning::One("kolsai".into()), "{typed}");
        }
        assert_eq!(names.meaning("Саты"), Meaning::Several);
        assert_eq!(names.meaning(&names.choice("Саты", "saty-2")), Meaning::One("saty-2".into()));
        assert_eq!(names.choice("Көлсай", "kolsai"), "Көлсай");
        assert_eq!(names.meaning("Чарын"), Meaning::Nothing);
    }
}
