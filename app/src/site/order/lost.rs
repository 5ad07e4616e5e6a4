//! What stands in an order's place where it cannot be shown.
use crate::{
    error::AppError,
    layout::use_lang,
    seo::PageMeta,
    site::page_error::{PageError, set_status, whole_page},
};
use leptos::prelude::*;
use sapar_shared::{
    paths,
    tr::{account, order as words},
};

/// An unknown order, said so, for its address is long and easily cut; else what every page says.
#[component]
pub fn OrderError(error: AppError) -> impl IntoView {
    if error != AppError::NotFound {
        return view! { <PageError error/> }.into_any();
    }
    set_status(404);
    let lang = use_lang();
    view! {
        <PageMeta lang title=words::lost_title(lang) description=words::lost_text(lang) path=paths::tickets noindex=true/>
        {whole_page(
            words::lost_title(lang),
            words::lost_text(lang),
            view! { <a class="btn" href=paths::tickets(lang)>{account::tickets_title(lang)}</a> }.into_any(),
        )}
    }
    .into_any()
}
