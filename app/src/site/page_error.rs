//! What a page shows instead of itself.
use super::not_found::NotFound;
use crate::{error::AppError, layout::use_lang, seo::PageMeta};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use sapar_shared::{paths, tr};

/// The answer's HTTP status; only the server has one to set, and only before it begins to send.
pub fn set_status(code: u16) {
    #[cfg(feature = "ssr")]
    crate::request::set_status(code);
    let _ = code;
}

/// What stands in a page's place: what is the matter, and the way on. A function, for it is in the wasm's main file.
pub fn whole_page(title: &'static str, text: &'static str, way: AnyView) -> AnyView {
    view! {
        <div class="empty wrap py-16">
            <span class="ornament-mark text-apricot" aria-hidden="true"></span>
            <h1>{title}</h1>
            <p>{text}</p>
            {way}
        </div>
    }
    .into_any()
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
        {whole_page(
            tr::errors::unavailable_title(lang),
            tr::errors::unavailable_text(lang),
            view! { <a class="btn" href=move || here.get() rel="external">{tr::errors::again(lang)}</a> }.into_any(),
        )}
    }
    .into_any()
}
