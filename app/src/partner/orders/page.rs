//! `/partner/orders`: the newest first, narrowed by what the address says; what comes in meanwhile is told on top.
use super::{
    api::{load_listings, load_orders},
    filters::{Filters, query_of},
    list::Rows,
};
use crate::{
    layout::use_lang,
    partner::{
        desk::{may, who_is_in},
        head::Head,
        live::{Told, listen},
        trouble::Trouble,
    },
    ui::{Alert, AlertTone, EmptyState, Glyph, Icon, LinkButton, Skeleton, Tone},
    wire::page_data,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use sapar_shared::{
    Lang,
    dto::desk::{OrderRow, OrdersPage as Page, OrdersQuery},
    paths,
    roles::Permission,
    tr,
};

#[component]
pub fn OrdersPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_query_map();
    let query = Memo::new(move |_| query_of(&params.read()));
    let loaded = page_data(move || query.get(), move |query| load_orders(lang, query));
    let me = who_is_in();
    let rows = RwSignal::new(Vec::<OrderRow>::new());
    let fresh = RwSignal::new(Vec::<String>::new());
    let lost = RwSignal::new(false);
    let seen = RwSignal::new(false);
    listen(seen.into(), Callback::new(move |told| hear(lang, query, rows, fresh, told)), lost);
    let show = Callback::new(move |()| {
        fresh.set(Vec::new());
        loaded.refetch();
    });
    let body = move || {
        Suspend::new(async move {
            let sells = may(me, Permission::SellForCash).await;
            match loaded.await.flatten() {
                Ok(page) => {
                    seen.set(true);
                    view! { <List lang query=query.get_untracked() page rows sells/> }.into_any()
                }
                Err(error) => view! { <Trouble lang error/> }.into_any(),
            }
        })
    };
    // Apart from the list, for the field that somebody types into must not be drawn anew with it.
    let listings = page_data(|| (), move |()| load_listings(lang));
    let filters = move || {
        Suspend::new(async move {
            // Without them there is one filter less.
            let listings = listings.await.flatten().unwrap_or_default();
            view! { <Filters lang query listings/> }
        })
    };
    view! {
        <Head lang title=tr::orders::title(lang)/>
        <div class="grid gap-4 mt-2">
            <h1>{tr::orders::title(lang)}</h1>
            <Suspense fallback=|| view! { <Skeleton class="h-12 w-full"/> }>{filters}</Suspense>
            <News lang fresh lost show/>
            <Transition fallback=ListSkeleton>{body}</Transition>
        </div>
    }
    .into_any()
}

/// A row that is shown becomes what the order is now; an order that is not is counted as new.
fn hear(lang: Lang, query: Memo<OrdersQuery>, rows: RwSignal<Vec<OrderRow>>, fresh: RwSignal<Vec<String>>, told: Told) {
    if let Told::Order { id, status } = &told {
        let shown = rows.try_with_untracked(|rows| rows.iter().any(|row| row.id.to_string() == *id)).unwrap_or(true);
        if !shown {
            if Told::is_new(*status) {
                fresh.try_update(|fresh| {
                    if !fresh.contains(id) {
                        fresh.push(id.clone());
                    }
                });
            }
            return;
        }
    }
    let Some(query) = query.try_get_untracked() else { return };
    leptos::task::spawn_local(async move {
        let Ok(page) = load_orders(lang, query).await.flatten() else { return };
        let missing = rows.try_with_untracked(|rows| {
            let known = |row: &&OrderRow| rows.iter().any(|shown| shown.id == row.id);
            let newest = rows.iter().map(|row| row.placed_at).max();
            let unknown = page.rows.iter().filter(|row| !known(row) && newest.is_none_or(|newest| row.placed_at > newest));
            unknown.map(|row| row.id.to_string()).collect::<Vec<_>>()
        });
        rows.try_update(|rows| {
            for row in rows.iter_mut() {
                if let Some(now) = page.rows.iter().find(|now| now.id == row.id) {
                    row.clone_from(now);
                }
            }
        });
        fresh.try_update(|fresh| {
            let unknown = missing.unwrap_or_default().into_iter().filter(|id| !fresh.contains(id)).collect::<Vec<_>>();
            fresh.extend(unknown);
        });
    });
}

#[component]
fn News(lang: Lang, fresh: RwSignal<Vec<String>>, lost: RwSignal<bool>, show: Callback<()>) -> impl IntoView {
    let count = Memo::new(move |_| i64::try_from(fresh.read().len()).unwrap_or(i64::MAX));
    view! {
        <div aria-live="polite" class="grid gap-3 empty:hidden">
            {move || {
                (count.get() > 0)
                    .then(|| {
                        view! {
                            <button type="button" class="pill cab-news" on:click=move |_| show.run(())>
                                <Icon name=Glyph::Refresh class="icon icon-small"/>
                                <span>{tr::orders::new_orders(lang, count.get())}</span>
                                <span class="sr-only">{tr::orders::show_new(lang)}</span>
                            </button>
                        }
                    })
            }}
            {move || lost.get().then(|| view! { <Alert tone=AlertTone::Warn>{tr::orders::lost(lang)}</Alert> })}
        </div>
    }
    .into_any()
}

#[component]
fn List(lang: Lang, query: OrdersQuery, page: Page, rows: RwSignal<Vec<OrderRow>>, sells: bool) -> impl IntoView {
    let Page { rows: first, next } = page;
    let empty = first.is_empty();
    rows.set(first);
    let sell = sells.then(|| {
        view! {
            <LinkButton href=paths::partner_sell(lang) tone=Tone::Action class="md:justify-self-start">
                {tr::sell::title(lang)}
            </LinkButton>
        }
    });
    if empty {
        let narrowed = query != OrdersQuery::default();
        return if narrowed {
            view! { <EmptyState title=tr::orders::nothing_title(lang) text=tr::orders::nothing_text(lang)/> }.into_any()
        } else {
            view! {
                <EmptyState title=tr::orders::empty_title(lang) text=tr::orders::empty_text(lang)>
                    {sell}
                </EmptyState>
            }
            .into_any()
        };
    }
    view! {
        {sell}
        <Rows lang query rows next=RwSignal::new(next)/>
    }
    .into_any()
}

#[component]
fn ListSkeleton() -> impl IntoView {
    view! {
        <div class="grid gap-3">
            <Skeleton class="h-28 w-full"/>
            <Skeleton class="h-28 w-full"/>
            <Skeleton class="h-28 w-full"/>
            <Skeleton class="h-28 w-full"/>
        </div>
    }
}
