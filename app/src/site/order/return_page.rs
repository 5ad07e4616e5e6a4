//! Where the payment page sends the customer back to: asks the provider once, then shows the order.
use super::api::settle_return;
use crate::{layout::use_lang, seo::PageMeta};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::Redirect, hooks::use_params_map};
use sapar_shared::{paths, tr::order as words};

#[component]
pub fn ReturnPage() -> impl IntoView {
    let lang = use_lang();
    let token = use_params_map().read_untracked().get("token").unwrap_or_default();
    let settled = Resource::new_blocking(
        {
            let token = token.clone();
            move || token.clone()
        },
        settle_return,
    );
    let waiting = view! {
        <div class="empty wrap py-16">
            <h1>{words::return_title(lang)}</h1>
            <p>{words::return_text(lang)}</p>
        </div>
    };
    view! {
        <PageMeta lang title=words::return_title(lang) description=words::description(lang) path=paths::home noindex=true/>
        {waiting}
        <Suspense fallback=|| ()>
            {move || {
                let path = paths::order(lang, &token);
                Suspend::new(async move {
                    // Settled or not, the order's page knows what to say.
                    let _ = settled.await;
                    let options = NavigateOptions { replace: true, ..Default::default() };
                    view! { <Redirect path options/> }
                })
            }}
        </Suspense>
    }
    .into_any()
}
