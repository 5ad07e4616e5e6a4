//! A page that does not exist, said with status 404.
use crate::{
    layout::use_lang,
    seo::PageMeta,
    site::page_error::{set_status, whole_page},
};
use leptos::prelude::*;
use sapar_shared::{paths, tr};

#[component]
pub fn NotFound() -> impl IntoView {
    set_status(404);
    let lang = use_lang();
    view! {
        <PageMeta
            lang
            title=tr::errors::not_found_title(lang)
            description=tr::errors::not_found_text(lang)
            path=paths::home
            noindex=true
        />
        {whole_page(
            tr::errors::not_found_title(lang),
            tr::errors::not_found_text(lang),
            view! { <a class="btn" href=paths::search(lang)>{tr::errors::to_tours(lang)}</a> }.into_any(),
        )}
    }
    .into_any()
}
