//! Results: everything that narrows them is in the address; with a script they follow the filters as these change.
use super::{
    api::{load_filters, load_results},
    chips::Chips,
    filters::{FORM, FilterForm, SortSelect},
    results::{PAGES, Results, found},
    scroll,
};
use crate::wire::{InPage, page_data};
use crate::{
    browser,
    error::AppError,
    layout::use_lang,
    seo::PageMeta,
    site::{
        page_error::PageError,
        parts::search_query::{href, of_params, of_string},
    },
    ui::{Glyph, Icon, Sheet},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use sapar_shared::{
    Lang,
    dto::catalog::{FilterOptions, ListingPage},
    forms::search::SearchQuery,
    paths, tr,
};
use wasm_bindgen::JsCast;

#[component]
pub fn SearchPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_query_map();
    let query = Memo::new(move |_| of_params(&params.read()));
    let options = page_data(|| (), move |()| load_filters(lang));
    // Only read with the query: "show more" writes a new number into the address and has its page already.
    let pages = move || params.read_untracked().get_str(PAGES).and_then(|pages| pages.parse().ok()).unwrap_or(1);
    let results =
        page_data(move || (query.get(), pages()), move |(query, pages)| load_results(lang, query.to_query_string(), pages));
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match options.await {
                    Ok(options) => view! { <Filled lang query pages options results/> }.into_any(),
                    Err(error) => view! { <PageError error/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

type PageOfResults = Resource<Result<ListingPage, AppError>, InPage>;

#[component]
fn Filled(
    lang: Lang,
    query: Memo<SearchQuery>,
    pages: impl Fn() -> usize + Copy + Send + Sync + 'static,
    options: FilterOptions,
    results: PageOfResults,
) -> impl IntoView {
    // What the form itself has asked for must not draw it anew: the field one is in would lose its focus.
    let sent = StoredValue::new(None::<SearchQuery>);
    let drawn = Memo::new(move |before: Option<&SearchQuery>| match before {
        Some(before) if sent.get_value().as_ref() == Some(&query.get()) => before.clone(),
        _ => query.get(),
    });
    let navigate = use_navigate();
    let apply = move || {
        let form = document().get_element_by_id(FORM).and_then(|form| form.dyn_into().ok());
        let Some(typed) = form.as_ref().and_then(browser::form_query) else { return };
        let wanted = of_string(&typed);
        if wanted != query.get_untracked() {
            sent.set_value(Some(wanted.clone()));
            navigate(&href(lang, &wanted), NavigateOptions { scroll: false, ..NavigateOptions::default() });
        }
    };
    let changed = apply.clone();
    let submit = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        apply();
        browser::hide_popover("filters");
    };
    let options = StoredValue::new(options);
    let count = RwSignal::new(None);
    view! {
        <div class="wrap py-6" on:change=move |_| changed() on:submit=submit on:click=|click| scroll::keep(&click)>
            <Head lang query options/>
            <div class="results-layout">
                <Sheet id="filters" title=tr::search::filters(lang) close=tr::ui::close(lang) class="sheet filters">
                    {move || view! { <FilterForm lang query=drawn.get() options=options.get_value() found=count/> }}
                </Sheet>
                <section class="min-w-0" aria-labelledby="results">
                    <h2 id="results" class="sr-only">{tr::search::results(lang)}</h2>
                    <div class="results-bar">
                        <FiltersButton lang query/>
                        {move || view! { <SortSelect lang sort=drawn.read().sort/> }}
                    </div>
                    <div class="mb-4">
                        {move || view! { <Chips lang query=query.get() options=options.get_value()/> }}
                    </div>
                    <Transition>
                        {move || Suspend::new(async move {
                            match results.await {
                                Ok(page) => {
                                    let found_now = page.found;
                                    Effect::new(move |_| count.set(Some(found_now)));
                                    view! {
                                        <p class="mb-4 text-muted" role="status">{found(lang, &page)}</p>
                                        <Results lang query=query.get_untracked() pages=pages() page/>
                                    }
                                        .into_any()
                                }
                                Err(error) => view! { <PageError error/> }.into_any(),
                            }
                        })}
                    </Transition>
                </section>
            </div>
        </div>
    }
    .into_any()
}

/// Opens the sheet on a phone; says how many filters are on.
#[component]
fn FiltersButton(lang: Lang, query: Memo<SearchQuery>) -> impl IntoView {
    let count = move || query.read().active_filters();
    let label = move || match i64::try_from(count()) {
        Ok(n) if n > 0 => tr::search::filters_on(lang, n),
        _ => tr::search::filters(lang).to_owned(),
    };
    view! {
        <button type="button" class="btn lg:hidden" popovertarget="filters" aria-label=label>
            <Icon name=Glyph::Filter/>
            {tr::search::filters(lang)}
            {move || (count() > 0).then(|| view! { <span class="count">{count()}</span> })}
        </button>
    }
    .into_any()
}

/// The heading says what one is looking at; the address that search engines keep has only what makes a page of its own.
#[component]
fn Head(lang: Lang, query: Memo<SearchQuery>, options: StoredValue<FilterOptions>) -> impl IntoView {
    let place = move || {
        let slug = query.read().place.clone()?;
        options.with_value(|options| options.places.iter().find(|place| place.slug == slug).map(|place| place.name.clone()))
    };
    let title = Memo::new(move |_| match (place(), query.read().q.clone()) {
        (Some(place), _) => tr::search::title_place(lang, place),
        (None, words) if !words.is_empty() => tr::search::title_query(lang, words),
        _ => tr::nav::tours(lang).to_owned(),
    });
    let meta = move || {
        let query = query.get();
        let kept = SearchQuery { place: query.place.clone(), category: query.category.clone(), ..SearchQuery::default() };
        let noindex = query != kept;
        let path = move |lang: Lang| format!("{}{}", paths::search(lang), kept.to_query_string());
        view! { <PageMeta lang title=title.get() description=tr::search::description(lang) path noindex/> }
    };
    view! {
        {meta}
        <h1 class="mb-4">{title}</h1>
    }
    .into_any()
}
