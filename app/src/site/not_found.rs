//! A page that does not exist, said with status 404.
use crate::{layout::use_lang, seo::PageMeta, site::page_error::set_status};
use leptos::prelude::*;
use sapar_shared::{paths, tr};

/// `of_order`: what was asked for is an order.
#[component]
pub fn NotFound(#[prop(optional)] of_order: bool) -> impl IntoView {
    set_status(404);
    let lang = use_lang();
    let (title, text, href, way) = if of_order {
        (tr::order::lost_title(lang), tr::order::lost_text(lang), paths::tickets(lang), tr::account::tickets_title(lang))
    } else {
        (tr::errors::not_found_title(lang), tr::errors::not_found_text(lang), paths::search(lang), tr::errors::to_tours(lang))
    };
    view! {
        <PageMeta
            lang
            title=title
            description=text
            path=paths::home
            noindex=true
        />
        <div class="empty wrap py-16">
            <span class="ornament-mark text-apricot" aria-hidden="true"></span>
            <h1>{title}</h1>
            <p>{text}</p>
            <a class="btn" href=href>{way}</a>
        </div>
    }
    .into_any()
}
