//! `/partner/orders`: the newest first, narrowed by what the address says; what comes in meanwhile comes on top.
use super::{
    api::{load_listings, load_orders},
    choosing::Choosing,
    filters::{Filters, query_of, to_filters, to_words},
    list::Rows,
    views::SavedViews,
};
use crate::{
    error::AppError,
    layout::use_lang,
    partner::{
        desk::{may, sells, who_is_in},
        fresh::looker,
        head::Head,
        keys::list_keys,
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
    ids::OrderId,
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
    let (added, fresh) = (RwSignal::new(Vec::new()), RwSignal::new(Vec::new()));
    let (lost, seen) = (RwSignal::new(false), RwSignal::new(false));
    let load = Callback::new(move |()| loaded.refetch());
    let live = Live { lang, query, rows, added, fresh, load };
    let choosing = Choosing::new(lang, query, rows);
    list_keys("orders-q");
    let news = looker(move || live.look());
    let hear = move |told| {
        if live.is_news(&told) {
            news.run(());
        }
    };
    listen(seen.into(), Callback::new(hear), lost);
    let body = move || {
        Suspend::new(async move {
            let sells = sells(me).await;
            let choosing = may(me, Permission::ServeCustomers).await.then_some(choosing);
            match loaded.await.flatten() {
                Ok(page) => {
                    seen.set(true);
                    view! { <List live page sells choosing/> }.into_any()
                }
                Err(error) => view! { <Trouble lang error/> }.into_any(),
            }
        })
    };
    // Apart from the list, for the field that somebody types into must not be drawn anew with it.
    let listings = page_data(|| (), move |()| load_listings(lang));
    let filters = move || {
        Suspend::new(async move {
            match listings.await.flatten() {
                // The list below says so.
                Err(AppError::Forbidden) => ().into_any(),
                // Without them there is one filter less.
                listings => view! { <Filters lang query listings=listings.unwrap_or_default()/> }.into_any(),
            }
        })
    };
    view! {
        <Head lang title=tr::orders::title(lang)/>
        <div class="grid gap-4 mt-2">
            <h1>{tr::orders::title(lang)}</h1>
            <Suspense fallback=|| view! { <Skeleton class="h-12 w-full"/> }>{filters}</Suspense>
            <SavedViews lang query/>
            <News live lost/>
        </div>
        // Apart from the grid, whose cells hold what would stick to the screen.
        <div class="mt-4">
            <Transition fallback=ListSkeleton>{body}</Transition>
        </div>
    }
    .into_any()
}

/// What the list shows, and what came in since it was loaded.
#[derive(Clone, Copy)]
struct Live {
    lang: Lang,
    query: Memo<OrdersQuery>,
    rows: RwSignal<Vec<OrderRow>>,
    /// Put on top of the list by themselves.
    added: RwSignal<Vec<OrderId>>,
    /// Only told of: somebody reads further down, and rows would move under the thumb.
    fresh: RwSignal<Vec<OrderId>>,
    /// Loads the list anew.
    load: Callback<()>,
}

/// So far down the top of the list is still in sight.
const TOP: f64 = 240.0;

impl Live {
    /// Whether to look: a row that is shown becomes at once what the order is now; an order that is not comes on top.
    fn is_news(self, told: &Told) -> bool {
        let Some(any) = self.query.try_with_untracked(|query| query.group.is_none()) else { return false };
        let Told::Order { id, status } = told else { return true };
        let shown = self.rows.try_update(|rows| {
            let row = rows.iter_mut().find(|row| row.id.to_string() == *id);
            row.map(|row| row.status = *status).is_some()
        });
        // What ended without money before it was ever shown is no news, unless it is what is looked for.
        shown == Some(true) || !any || Told::is_new(*status)
    }

    /// Whether there was an answer.
    async fn look(self) -> bool {
        let Some(query) = self.query.try_get_untracked() else { return true };
        match load_orders(self.lang, query.clone()).await.flatten() {
            Ok(page) if self.query.try_get_untracked().as_ref() == Some(&query) => self.take(page.rows),
            // Something else is looked for by now, and was loaded for it.
            Ok(_) => {}
            // No longer for this member: the page says so.
            Err(AppError::Forbidden | AppError::SignInFirst) => self.load.run(()),
            Err(_) => return false,
        }
        true
    }

    /// The first page as it is now; what does not fit the filters is not on it.
    fn take(self, now: Vec<OrderRow>) {
        let new = self.rows.try_update(|rows| {
            for row in rows.iter_mut() {
                if let Some(now) = now.iter().find(|now| now.id == row.id) {
                    row.clone_from(now);
                }
            }
            // What is older than all that is shown belongs to the next page.
            let oldest = rows.last().map(|row| row.placed_at);
            let unknown = |row: &OrderRow| {
                oldest.is_none_or(|oldest| row.placed_at >= oldest) && rows.iter().all(|shown| shown.id != row.id)
            };
            now.into_iter().filter(unknown).collect::<Vec<_>>()
        });
        let Some(new) = new.filter(|new| !new.is_empty()) else { return };
        let ids = new.iter().map(|row| row.id).collect::<Vec<_>>();
        if self.rows.with_untracked(Vec::is_empty) {
            // In place of what an empty list says.
            self.added.try_set(ids);
            self.load.run(());
        } else if window().scroll_y().is_ok_and(|down| down <= TOP) {
            self.added.try_update(|added| added.extend(ids));
            self.rows.try_update(|rows| {
                rows.splice(0..0, new);
                rows.sort_by_key(|row| std::cmp::Reverse(row.placed_at));
            });
        } else {
            self.fresh.try_set(ids);
        }
    }

    /// What was only told of comes into the list.
    fn show(self) {
        self.added.set(self.fresh.get_untracked());
        self.load.run(());
    }
}

#[component]
fn News(live: Live, lost: RwSignal<bool>) -> impl IntoView {
    let Live { lang, added, fresh, .. } = live;
    let count = |ids: RwSignal<Vec<OrderId>>| i64::try_from(ids.read().len()).unwrap_or(i64::MAX);
    let (told, came) = (Memo::new(move |_| count(fresh)), Memo::new(move |_| count(added)));
    view! {
        <p class="sr-only" role="status">{move || (came.get() > 0).then(|| tr::orders::new_orders(lang, came.get()))}</p>
        <div aria-live="polite" class="grid gap-3 empty:hidden">
            {move || {
                (told.get() > 0)
                    .then(|| {
                        view! {
                            <button type="button" class="pill cab-news" on:click=move |_| live.show()>
                                <Icon name=Glyph::Refresh class="icon icon-small"/>
                                <span>{tr::orders::new_orders(lang, told.get())}</span>
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
fn List(live: Live, page: Page, sells: bool, choosing: Option<Choosing>) -> impl IntoView {
    let Live { lang, rows, added, fresh, .. } = live;
    let query = live.query.get_untracked();
    let Page { rows: first, next } = page;
    let empty = first.is_empty();
    rows.set(first);
    // All of them are in it now.
    fresh.set(Vec::new());
    if empty {
        let narrowed = query != OrdersQuery::default();
        return if narrowed {
            view! {
                <EmptyState title=tr::orders::nothing_title(lang) text=tr::orders::nothing_text(lang)>
                    <a class="btn" href=paths::partner_orders(lang)>{tr::orders::reset(lang)}</a>
                </EmptyState>
            }
            .into_any()
        } else {
            let text = if sells { tr::orders::empty_text_sells(lang) } else { tr::orders::empty_text(lang) };
            view! {
                <EmptyState title=tr::orders::empty_title(lang) text>
                    {sells.then(|| sell(lang, ""))}
                </EmptyState>
            }
            .into_any()
        };
    }
    view! {
        <div class="grid gap-4">
            {sells.then(|| sell(lang, "max-lg:hidden justify-self-start"))}
            <Rows lang query rows added next=RwSignal::new(next) choosing/>
        </div>
        <UnderThumb lang sells choosing/>
    }
    .into_any()
}

fn sell(lang: Lang, class: &'static str) -> impl IntoView {
    view! {
        <LinkButton href=paths::partner_sell(lang) tone=Tone::Action class>
            {tr::sell::title(lang)}
        </LinkButton>
    }
}

/// What is pressed most, where a phone's holder reaches it however far down the list they are. The bar for what is chosen takes
/// its place.
#[component]
fn UnderThumb(lang: Lang, sells: bool, choosing: Option<Choosing>) -> impl IntoView {
    let gives_way = move || choosing.is_some_and(Choosing::is_under_way);
    view! {
        <div class="cab-stick mt-2 lg:hidden" hidden=gives_way>
            <div class="flex gap-2">
                <button type="button" class="btn px-3 needs-script" aria-label=tr::orders::to_find(lang) on:click=|_| to_words()>
                    <Icon name=Glyph::Search/>
                </button>
                <button type="button" class="btn px-3 needs-script" aria-label=tr::orders::to_filters(lang) on:click=|_| to_filters()>
                    <Icon name=Glyph::Filter/>
                </button>
                {sells.then(|| sell(lang, "grow px-3"))}
            </div>
        </div>
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
