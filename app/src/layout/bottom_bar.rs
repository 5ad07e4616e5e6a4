//! The phone's bar of four, under the thumb.
use crate::ui::{Glyph, Icon};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use sapar_shared::{Lang, paths, tr};

/// One of the four.
pub struct Destination {
    pub name: &'static str,
    pub href: String,
    pub glyph: Glyph,
}

impl Destination {
    /// What a page at this path says of the link: that it leads here, or to what this page is a part of. Only an account has
    /// parts, and its orders are one of them: tickets are what this browser has bought.
    #[must_use]
    pub fn current(&self, path: &str) -> Option<&'static str> {
        match path.strip_prefix(self.href.as_str())? {
            "" => Some("page"),
            rest => (self.glyph == Glyph::User && rest.starts_with('/')).then_some("true"),
        }
    }
}

#[must_use]
pub fn destinations(lang: Lang) -> [Destination; 4] {
    [
        Destination { name: tr::nav::search(lang), href: paths::search(lang), glyph: Glyph::Search },
        Destination { name: tr::nav::saved(lang), href: paths::saved(lang), glyph: Glyph::Heart },
        Destination { name: tr::nav::tickets(lang), href: paths::tickets(lang), glyph: Glyph::Ticket },
        Destination { name: tr::nav::me(lang), href: paths::me(lang), glyph: Glyph::User },
    ]
}

#[component]
pub fn BottomBar(lang: Lang) -> impl IntoView {
    let pathname = use_location().pathname;
    let links = destinations(lang)
        .into_iter()
        .map(|item| {
            let (href, glyph, name) = (item.href.clone(), item.glyph, item.name);
            let current = move || item.current(&pathname.read());
            view! {
                <a href=href aria-current=current>
                    <Icon name=glyph/>
                    <span>{name}</span>
                </a>
            }
        })
        .collect_view();
    view! { <nav class="bottom-bar" aria-label=tr::nav::bottom(lang)>{links}</nav> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_the_four_is_lit_at_most() {
        let lit = |path: &str| destinations(Lang::Kk).map(|item| item.current(path));
        for path in [paths::me(Lang::Kk), paths::my_orders(Lang::Kk), paths::my_security(Lang::Kk), paths::my_data(Lang::Kk)] {
            let word = if path == paths::me(Lang::Kk) { "page" } else { "true" };
            assert_eq!(lit(&path), [None, None, None, Some(word)], "{path}");
        }
        assert_eq!(lit(&paths::tickets(Lang::Kk)), [None, None, Some("page"), None]);
        for path in ["/kk/tours/kolsai", "/kk/mermaids", "/kk", "/ru/me"] {
            assert_eq!(lit(path), [None; 4], "{path}");
        }
    }
}
