//! The list lives in the browser, so the server draws what it would be without one.
use super::api::load_saved;
use crate::{
    layout::{saved::Saved, use_lang},
    seo::PageMeta,
    site::{page_error::PageError, parts::CardGrid},
    ui::{EmptyState, LinkButton, Skeleton},
};
use leptos::prelude::*;
use sapar_shared::{Lang, paths, tr};

#[component]
pub fn SavedPage() -> impl IntoView {
    let lang = use_lang();
    let Saved(saved) = expect_context::<Saved>();
    // The list as it was when the page opened: a heart taken back stays in sight until one leaves.
    let opened = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        if let Some(slugs) = saved.get()
            && opened.get_untracked().is_none()
        {
            opened.set(Some(slugs.join(",")));
        }
    });
    view! {
        <PageMeta
            lang
            title=tr::account::saved_title(lang)
            description=tr::account::saved_empty_text(lang)
            path=paths::saved
            noindex=true
        />
        <div class="wrap py-6">
            <h1 class="mb-4">{tr::account::saved_title(lang)}</h1>
            {move || match opened.get() {
                None => view! { <NoScript lang/> }.into_any(),
                Some(slugs) if slugs.is_empty() => view! { <Empty lang/> }.into_any(),
                Some(slugs) => view! { <Cards lang slugs/> }.into_any(),
            }}
        </div>
    }
    .into_any()
}

/// Seen for a blink with a script, and for good without one.
#[component]
fn NoScript(lang: Lang) -> impl IntoView {
    view! {
        <div class="without-script">
            <EmptyState title=tr::account::saved_empty_title(lang) text=tr::account::saved_no_script(lang)>
                <LinkButton href=paths::search(lang)>{tr::account::to_tours(lang)}</LinkButton>
            </EmptyState>
        </div>
        <Waiting/>
    }
    .into_any()
}

#[component]
fn Empty(lang: Lang) -> impl IntoView {
    view! {
        <EmptyState title=tr::account::saved_empty_title(lang) text=tr::account::saved_empty_text(lang)>
            <LinkButton href=paths::search(lang)>{tr::account::to_tours(lang)}</LinkButton>
        </EmptyState>
    }
}

#[component]
fn Waiting() -> impl IntoView {
    view! {
        <div class="card-grid needs-script" aria-busy="true">
            <Skeleton class="aspect-[4/3] w-full"/>
            <Skeleton class="aspect-[4/3] w-full"/>
            <Skeleton class="aspect-[4/3] w-full"/>
        </div>
    }
}

#[component]
fn Cards(lang: Lang, slugs: String) -> impl IntoView {
    let cards = LocalResource::new(move || load_saved(lang, slugs.clone()));
    view! {
        <Suspense fallback=Waiting>
            {move || Suspend::new(async move {
                match cards.await {
                    Ok(cards) if cards.is_empty() => view! { <Empty lang/> }.into_any(),
                    Ok(cards) => view! { <CardGrid lang cards/> }.into_any(),
                    Err(error) => view! { <PageError error/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}
