//! The page's language is the first segment of its path and nothing else.
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use sapar_shared::Lang;

/// The language of the page. It never changes while a document lives: links to another language load the page anew, so that
/// `<html lang>` and everything else is right.
#[must_use]
pub fn use_lang() -> Lang {
    use_context::<Lang>().unwrap_or_else(|| of_path(&use_location().pathname.read_untracked()).unwrap_or_else(of_visitor))
}

/// The language that a path names.
#[must_use]
pub fn of_path(path: &str) -> Option<Lang> {
    path.split('/').nth(1).and_then(|first| first.parse().ok())
}

/// The visitor's own language, for a path that names none.
#[cfg(feature = "ssr")]
#[must_use]
pub fn of_visitor() -> Lang {
    crate::request::page_lang()
}

/// The one that the server took: the document tells.
#[cfg(not(feature = "ssr"))]
#[must_use]
pub fn of_visitor() -> Lang {
    document().document_element().and_then(|root| root.get_attribute("lang")?.parse().ok()).unwrap_or_default()
}

/// The same page in another language.
#[must_use]
pub fn in_lang(path: &str, lang: Lang) -> String {
    let rest = path.split_once('/').map_or("", |(_, rest)| rest);
    let rest = if of_path(path).is_some() { rest.split_once('/').map_or("", |(_, rest)| rest) } else { "" };
    if rest.is_empty() { format!("/{lang}") } else { format!("/{lang}/{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_segment_changes() {
        assert_eq!(in_lang("/ru/tours/kolsai", Lang::Kk), "/kk/tours/kolsai");
        assert_eq!(in_lang("/ru", Lang::En), "/en");
        assert_eq!(in_lang("/nothing/here", Lang::En), "/en");
        assert_eq!(in_lang("/", Lang::Ru), "/ru");
    }
}
