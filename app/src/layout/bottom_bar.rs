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
            let href = item.href.clone();
            let current = move || (*pathname.read() == href).then_some("page");
            view! {
                <a href=item.href.clone() aria-current=current>
                    <Icon name=item.glyph/>
                    <span>{item.name}</span>
                </a>
            }
        })
        .collect_view();
    view! { <nav class="bottom-bar" aria-label=tr::nav::bottom(lang)>{links}</nav> }.into_any()
}
