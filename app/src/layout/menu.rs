//! Language and theme, behind one round button.
use super::{lang::in_lang, theme::ThemeSwitch};
use crate::ui::{Glyph, Icon};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use sapar_shared::{Lang, tr};

#[component]
pub fn Menu(lang: Lang) -> impl IntoView {
    view! {
        <button
            type="button"
            class="btn btn-quiet btn-round md:w-auto md:px-3"
            popovertarget="menu"
            aria-label=tr::nav::language_and_theme(lang)
        >
            <Icon name=Glyph::Globe/>
            <span class="hidden md:inline uppercase" aria-hidden="true">{lang.code()}</span>
        </button>
        <div id="menu" class="menu" popover="auto">
            <p class="field-label mb-2" id="menu-lang">{tr::nav::language(lang)}</p>
            <LangLinks lang/>
            <p class="field-label mt-4 mb-2" id="menu-theme">{tr::nav::theme(lang)}</p>
            <ThemeSwitch lang/>
        </div>
    }
    .into_any()
}

/// The same page in each language; a full load, see `use_lang`.
#[component]
pub fn LangLinks(lang: Lang) -> impl IntoView {
    let location = use_location();
    let (pathname, search) = (location.pathname, location.search);
    let links = Lang::ALL
        .map(|other| {
            let href = move || {
                let search = search.read();
                let query = if search.is_empty() { String::new() } else { format!("?{}", *search) };
                format!("{}{query}", in_lang(&pathname.read(), other))
            };
            view! {
                <a
                    class="pill"
                    href=href
                    rel="external"
                    hreflang=other.code()
                    lang=other.code()
                    aria-current=(other == lang).then_some("true")
                >
                    {other.own_name()}
                </a>
            }
        })
        .collect_view();
    view! { <div class="flex flex-wrap gap-2">{links}</div> }.into_any()
}
