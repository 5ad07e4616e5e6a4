//! Name, search, and on a desk the four ways that a phone has at the bottom.
use super::{bottom_bar::destinations, menu::Menu};
use crate::ui::{Glyph, Icon};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};
use sapar_shared::{Lang, paths, tr};

#[component]
pub fn TopBar(lang: Lang) -> impl IntoView {
    let query = use_query_map();
    let pathname = use_location().pathname;
    let links = destinations(lang)
        .into_iter()
        .skip(1)
        .map(|item| {
            let (href, glyph, name) = (item.href.clone(), item.glyph, item.name);
            let current = move || item.current(&pathname.read());
            view! {
                <a class="bar-link" href=href aria-current=current>
                    <Icon name=glyph/>
                    <span>{name}</span>
                </a>
            }
        })
        .collect_view();
    view! {
        <header class="top-bar">
            <div class="wrap flex items-center gap-2 md:gap-4 h-16">
                <a class="brand" href=paths::home(lang) aria-label=tr::nav::home(lang)>
                    <span class="brand-mark" aria-hidden="true"></span>
                    <span aria-hidden="true">"Sapar"</span>
                </a>
                <form class="bar-search" role="search" method="get" action=paths::search(lang)>
                    <label class="sr-only" for="bar-q">{tr::nav::search_label(lang)}</label>
                    <Icon name=Glyph::Search/>
                    <input
                        id="bar-q"
                        type="search"
                        name="q"
                        maxlength="100"
                        enterkeyhint="search"
                        placeholder=tr::nav::search_placeholder(lang)
                        value=query.read_untracked().get("q")
                        prop:value=move || query.read().get("q").unwrap_or_default()
                    />
                </form>
                <nav class="hidden md:flex items-center" aria-label=tr::nav::main(lang)>{links}</nav>
                <Menu lang/>
            </div>
        </header>
    }
    .into_any()
}
