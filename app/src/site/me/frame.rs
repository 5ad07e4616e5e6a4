//! What the pages of an account have around them.
use crate::{
    error::AppError,
    site::{page_error::PageError, page_error::set_status, sign_in::next},
    ui::{Tab, Tabs},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::Redirect};
use sapar_shared::{Lang, paths, tr::me as words};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Overview,
    Orders,
    Profile,
    Security,
    Data,
}

impl Part {
    fn path(self, lang: Lang) -> String {
        match self {
            Self::Overview => paths::me(lang),
            Self::Orders => paths::my_orders(lang),
            Self::Profile => paths::my_profile(lang),
            Self::Security => paths::my_security(lang),
            Self::Data => paths::my_data(lang),
        }
    }
}

/// Title and the ways to the other parts.
#[component]
pub(super) fn Head(lang: Lang, part: Part) -> impl IntoView {
    let parts = [
        (Part::Overview, words::overview(lang)),
        (Part::Orders, words::orders(lang)),
        (Part::Profile, words::profile(lang)),
        (Part::Security, words::security(lang)),
        (Part::Data, words::data(lang)),
    ];
    let title = if part == Part::Overview {
        words::title(lang)
    } else {
        parts.iter().find(|(other, _)| *other == part).map_or("", |(_, name)| *name)
    };
    let tabs = parts
        .into_iter()
        .map(|(other, name)| Tab { name: name.to_owned(), href: other.path(lang), current: other == part })
        .collect();
    view! {
        <h1>{title}</h1>
        <Tabs label=words::sections(lang) tabs/>
    }
    .into_any()
}

/// A stranger is led to the door and comes back; anything else is told.
#[component]
pub(super) fn NotHere(lang: Lang, part: Part, error: AppError) -> impl IntoView {
    if error != AppError::SignInFirst {
        return view! { <PageError error/> }.into_any();
    }
    set_status(302);
    let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
    view! { <Redirect path=next::sign_in(lang, &part.path(lang)) options/> }.into_any()
}
