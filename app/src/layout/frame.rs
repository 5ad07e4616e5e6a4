//! The customer's frame.
use super::{
    bottom_bar::BottomBar,
    footer::Footer,
    lang::{of_path, of_visitor},
    top_bar::TopBar,
};
use crate::{browser, site::not_found::NotFound};
use leptos::prelude::*;
use leptos_router::{
    components::Outlet,
    hooks::{use_location, use_params_map},
};
use sapar_shared::{Lang, tr};

/// Remembers the language for the next visit to `/`.
pub const LANG_COOKIE: &str = "sapar_lang";

/// The frame of every page below `/:lang`; a first segment that is no language is a page that does not exist.
#[component]
pub fn SiteLayout() -> impl IntoView {
    let first = use_params_map().read_untracked().get("lang").unwrap_or_default();
    match first.parse::<Lang>() {
        Ok(lang) => view! {
            <SiteFrame lang>
                <Outlet/>
            </SiteFrame>
        }
        .into_any(),
        Err(_) => view! { <Lost/> }.into_any(),
    }
}

/// A page that does not exist, in its frame.
#[component]
pub fn Lost() -> impl IntoView {
    let lang = of_path(&use_location().pathname.read_untracked()).unwrap_or_else(of_visitor);
    #[cfg(feature = "ssr")]
    crate::request::append_header(http::header::VARY, "Accept-Language, Cookie");
    view! {
        <SiteFrame lang>
            <NotFound/>
        </SiteFrame>
    }
}

#[component]
pub fn SiteFrame(lang: Lang, children: Children) -> impl IntoView {
    provide_context(lang);
    Effect::new(move |_| browser::set_cookie(LANG_COOKIE, Some(lang.code())));
    view! {
        <a class="skip-link" href="#main" rel="external">{tr::nav::skip(lang)}</a>
        <TopBar lang/>
        <main id="main" tabindex="-1" class="site-main">{children()}</main>
        <Footer lang/>
        <BottomBar lang/>
    }
    .into_any()
}
