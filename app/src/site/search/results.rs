//! The list and what comes after it.
use super::{
    api::{MOST_PAGES, load_results},
    scroll,
};
use crate::{
    site::parts::{ListingTile, search_query::href},
    ui::{Alert, AlertTone, EmptyState, LinkButton},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use sapar_shared::{
    Lang,
    dto::catalog::{COUNT_LIMIT, ListingCard, ListingPage},
    forms::search::SearchQuery,
    paths, tr, when,
};

/// How many pages stand below each other; in the address, so that a reload and the back button bring them all.
pub const PAGES: &str = "pages";

/// "Found so many."
#[must_use]
pub fn found(lang: Lang, page: &ListingPage) -> String {
    if page.found >= COUNT_LIMIT { tr::search::found_over(lang, COUNT_LIMIT) } else { tr::search::found(lang, page.found) }
}

/// The cards of `pages` pages; with a script the next ones are put behind them, without one the link leads to them.
#[component]
pub fn Results(lang: Lang, query: SearchQuery, pages: usize, page: ListingPage) -> impl IntoView {
    if page.items.is_empty() {
        return view! {
            <EmptyState title=tr::search::empty_title(lang) text=tr::search::empty_text(lang)>
                <LinkButton href=paths::search(lang)>{tr::search::empty_action(lang)}</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    let later = query.cursor.is_some();
    let first = SearchQuery { cursor: None, ..query.clone() };
    let cards = RwSignal::new(page.items);
    let next = RwSignal::new(page.next);
    Effect::new(|_| scroll::restore());
    view! {
        {later
            .then(|| {
                view! {
                    <p class="mb-4">
                        <a class="link" href=href(lang, &first)>{tr::search::first_page(lang)}</a>
                    </p>
                }
            })}
        <ul class="card-grid card-grid-results">
            <For each=move || cards.get() key=|card| card.id let(card)>
                <li>
                    <ListingTile lang wish=wish(&first, &card) card/>
                </li>
            </For>
        </ul>
        <More lang query pages cards next/>
    }
    .into_any()
}

/// Whoever asked for days or for places for several need not say it again on the tour's page.
fn wish(query: &SearchQuery, card: &ListingCard) -> String {
    let asked = query.from.is_some() || query.to.is_some();
    let day = card.next_departure.filter(|_| asked).map(|at| format!("{}={}", paths::DAY, when::iso(when::local(at).date())));
    let people = query.people.map(|people| format!("{}={people}", paths::PEOPLE));
    let pairs: Vec<String> = day.into_iter().chain(people).collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

#[component]
fn More(
    lang: Lang,
    query: SearchQuery,
    pages: usize,
    cards: RwSignal<Vec<ListingCard>>,
    next: RwSignal<Option<String>>,
) -> impl IntoView {
    let query = StoredValue::new(query);
    let pages = StoredValue::new(pages.clamp(1, MOST_PAGES));
    let navigate = use_navigate();
    let pathname = use_location().pathname;
    let count_up = move || {
        let count = pages.try_update_value(|pages| {
            *pages = (*pages + 1).min(MOST_PAGES);
            *pages
        });
        // Whoever has gone on to another page meanwhile stays there.
        let Some(count) = count.filter(|_| *pathname.read_untracked() == paths::search(lang)) else { return };
        let address = query.with_value(|query| href(lang, query));
        let mark = if address.contains('?') { '&' } else { '?' };
        let options = NavigateOptions { resolve: false, replace: true, scroll: false, ..NavigateOptions::default() };
        navigate(&format!("{address}{mark}{PAGES}={count}"), options);
    };
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(false);
    let after = move |cursor: String| query.with_value(|query| SearchQuery { cursor: Some(cursor), ..query.clone() });
    let load = move |ev: leptos::ev::MouseEvent| {
        let Some(cursor) = next.get_untracked() else { return };
        ev.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let count_up = count_up.clone();
        spawn_local(async move {
            let answer = load_results(lang, after(cursor).to_query_string(), 1).await;
            busy.set(false);
            failed.set(answer.is_err());
            if let Ok(page) = answer {
                cards.update(|cards| cards.extend(page.items));
                next.set(page.next);
                count_up();
            }
        });
    };
    view! {
        <div class="py-8 flex flex-col items-center gap-4">
            {move || {
                failed.get().then(|| view! { <Alert tone=AlertTone::Bad>{tr::errors::unavailable_title(lang)}</Alert> })
            }}
            {move || {
                next.get()
                    .map(|cursor| {
                        view! {
                            <a class="btn" href=href(lang, &after(cursor)) on:click=load.clone() aria-disabled=move || busy.get().then_some("true")>
                                {move || if busy.get() { tr::ui::loading(lang) } else { tr::search::more(lang) }}
                            </a>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}
