//! What a page shows instead of itself.
use super::not_found::NotFound;
use crate::{error::AppError, layout::use_lang, seo::PageMeta, ui::EmptyState};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use sapar_shared::{paths, tr};

/// The answer's HTTP status; only the server has one to set, and only before it begins to send.
pub fn set_status(code: u16) {
    #[cfg(feature = "ssr")]
    crate::request::set_status(code);
    let _ = code;
}

/// "Not found" for `NotFound`, else "not now, and nothing is lost".
#[component]
pub fn PageError(error: AppError) -> impl IntoView {
    if error == AppError::NotFound {
        return view! { <NotFound/> }.into_any();
    }
    set_status(error.status());
    let lang = use_lang();
    let here = use_location().pathname;
    view! {
        <PageMeta
            lang
            title=tr::errors::unavailable_title(lang)
            description=tr::errors::unavailable_text(lang)
            path=paths::home
            noindex=true
        />
        <EmptyState page=true title=tr::errors::unavailable_title(lang) text=tr::errors::unavailable_text(lang)>
            <a class="btn" href=move || here.get() rel="external">{tr::errors::again(lang)}</a>
        </EmptyState>
    }
    .into_any()
}
