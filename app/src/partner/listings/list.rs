//! `/partner/listings`: all tours of the organisation; cards on a phone, a table on a desk.
use super::{api::load_listings, words};
use crate::{
    layout::use_lang,
    partner::{head::Head, only_for::OnlyFor, trouble::Trouble},
    site::sign_in::next::encode,
    ui::{Alert, AlertTone, EmptyState, Field, Glyph, Icon, LinkButton, PriceFrom, Skeleton, StatusChip, Tone},
    wire::page_data,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{components::Form, hooks::use_query_map};
use sapar_shared::{
    Lang,
    dto::editor::{ListingPage, ListingRow},
    paths,
    roles::Permission,
    tr::listings as tr,
    when,
};

/// What narrows the list; the address is its only home.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Filter {
    status: String,
    q: String,
    cursor: String,
}

impl Filter {
    fn href(&self, lang: Lang) -> String {
        let pairs = [("status", &self.status), ("q", &self.q), ("cursor", &self.cursor)];
        let query: Vec<String> = pairs
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| format!("{key}={}", encode(value)))
            .collect();
        let path = paths::partner_listings(lang);
        if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
    }

    fn is_any(&self) -> bool {
        self.status.is_empty() && self.q.is_empty() && self.cursor.is_empty()
    }
}

#[component]
pub fn ListingsPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        let query = query.read();
        let text = |key: &str| query.get(key).map(|text| text.trim().chars().take(300).collect::<String>()).unwrap_or_default();
        Filter { status: text("status"), q: text("q"), cursor: text("cursor") }
    });
    let page = page_data(move || filter.get(), move |filter| load_listings(lang, filter.status, filter.q, filter.cursor));
    let list = move || {
        let filter = filter.get();
        Suspend::new(async move {
            match page.await.flatten() {
                Ok(page) => view! { <List lang filter page/> }.into_any(),
                Err(error) => view! { <Trouble lang error/> }.into_any(),
            }
        })
    };
    view! {
        <Head lang title=tr::title(lang)/>
        <div class="grid gap-4 mt-2">
            <h1>{tr::title(lang)}</h1>
            <OnlyFor lang permission=Permission::EditListings>
                <div class="flex flex-wrap gap-2">
                    <LinkButton href=paths::partner_listing_new(lang) tone=Tone::Action class="grow sm:grow-0">
                        <Icon name=Glyph::Plus/>
                        {tr::new_tour(lang)}
                    </LinkButton>
                    <LinkButton href=paths::partner_import(lang) class="grow sm:grow-0">
                        {sapar_shared::tr::imports::title(lang)}
                    </LinkButton>
                </div>
                <Filters lang filter/>
                <Transition fallback=ListSkeleton>{list}</Transition>
            </OnlyFor>
        </div>
    }
    .into_any()
}

#[component]
fn Filters(lang: Lang, filter: Memo<Filter>) -> impl IntoView {
    let pill = move |status: &'static str, words: &'static str| {
        let href = move || Filter { status: status.to_owned(), cursor: String::new(), ..filter.get() }.href(lang);
        let current = move || (filter.read().status == status).then_some("true");
        view! { <a class="pill" href=href aria-current=current>{words}</a> }
    };
    let pills = words::STATUSES.map(|status| pill(status, words::status(lang, status, false).2)).collect_view();
    view! {
        <Form method="get" action=paths::partner_listings(lang)>
            <div class="flex items-end gap-2" role="search">
                <input type="hidden" name="status" value=move || filter.get().status/>
                <div class="grow max-w-xl">
                    <Field
                        name="q"
                        kind="search"
                        label=tr::find(lang)
                        value=filter.get_untracked().q
                        maxlength=100
                        autocomplete="off"
                    />
                </div>
                <button class="btn min-h-12" aria-label=tr::find_button(lang)>
                    <Icon name=Glyph::Search/>
                </button>
            </div>
        </Form>
        <nav class="pill-row" aria-label=tr::filter(lang)>
            {pill("", tr::any_status(lang))}
            {pills}
        </nav>
    }
    .into_any()
}

#[component]
fn List(lang: Lang, filter: Filter, page: ListingPage) -> impl IntoView {
    if page.rows.is_empty() && filter.is_any() {
        return view! { <EmptyState title=tr::empty_title(lang) text=tr::empty_text(lang)/> }.into_any();
    }
    if page.rows.is_empty() {
        return view! {
            <EmptyState title=tr::none_title(lang) text=tr::none_text(lang)>
                <LinkButton href=paths::partner_listings(lang)>{tr::show_all(lang)}</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    let later = !filter.cursor.is_empty();
    let first = Filter { cursor: String::new(), ..filter.clone() };
    let rows = RwSignal::new(page.rows);
    let next = RwSignal::new(page.next_cursor);
    let columns =
        [tr::column_tour(lang), tr::column_status(lang), tr::column_next(lang), tr::column_price(lang), tr::column_edited(lang)];
    view! {
        {later.then(|| view! { <p><a class="link" href=first.href(lang)>{tr::first_page(lang)}</a></p> })}
        <table class="cab-table listing-table" role="table" aria-label=tr::title(lang)>
            <thead role="rowgroup">
                <tr role="row">{columns.map(|name| view! { <th role="columnheader" scope="col">{name}</th> }).collect_view()}</tr>
            </thead>
            <tbody role="rowgroup">
                <For each=move || rows.get() key=|row| row.id let(row)>
                    <Row lang row/>
                </For>
            </tbody>
        </table>
        <More lang filter rows next/>
    }
    .into_any()
}

#[component]
fn Row(lang: Lang, row: ListingRow) -> impl IntoView {
    let (tint, icon, word) = words::status(lang, &row.status, row.edits_in_review);
    let title = if row.title.trim().is_empty() { tr::untitled(lang).to_owned() } else { row.title };
    let cover = match row.picture {
        Some(address) => view! { <img src=address alt="" loading="lazy" decoding="async"/> }.into_any(),
        None => view! { <span class="ornament-mark" aria-hidden="true"></span> }.into_any(),
    };
    let next = match row.next_departure_at {
        Some(at) => tr::next_departure(lang, when::moment_text(lang, at)),
        None => tr::no_departures(lang).to_owned(),
    };
    let more = (row.departures > 1).then(|| tr::departures_count(lang, i64::from(row.departures)));
    let price = row.price_from.map(|amount| view! { <PriceFrom lang amount/> });
    view! {
        <tr role="row">
            <td role="cell" class="listing-cell">
                <a class="listing-link" href=paths::partner_listing(lang, row.id)>
                    <span class="listing-cover">{cover}</span>
                    <span class="font-semibold line-clamp-2">{title}</span>
                </a>
            </td>
            <td role="cell" class="listing-status"><StatusChip tint icon word/></td>
            <td role="cell" class="listing-next text-sm">
                <span>{next}</span>
                <span class="text-muted">{more}</span>
            </td>
            <td role="cell" class="listing-price">{price}</td>
            <td role="cell" class="listing-edited text-sm text-muted numbers">{when::moment_text(lang, row.edited_at)}</td>
        </tr>
    }
    .into_any()
}

#[component]
fn More(lang: Lang, filter: Filter, rows: RwSignal<Vec<ListingRow>>, next: RwSignal<Option<String>>) -> impl IntoView {
    let filter = StoredValue::new(filter);
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(false);
    let after = move |cursor: String| filter.with_value(|filter| Filter { cursor, ..filter.clone() });
    let load = move |ev: leptos::ev::MouseEvent| {
        let Some(cursor) = next.get_untracked() else { return };
        ev.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let Filter { status, q, cursor } = after(cursor);
            let answer = load_listings(lang, status, q, cursor).await.flatten();
            if rows.is_disposed() {
                return;
            }
            busy.set(false);
            failed.set(answer.is_err());
            if let Ok(page) = answer {
                rows.update(|rows| rows.extend(page.rows));
                next.set(page.next_cursor);
            }
        });
    };
    view! {
        <div class="grid justify-items-center gap-4">
            {move || failed.get().then(|| view! { <Alert tone=AlertTone::Bad>{tr::refused_unavailable(lang)}</Alert> })}
            {move || {
                next.get()
                    .map(|cursor| {
                        view! {
                            <a class="btn" href=after(cursor).href(lang) on:click=load aria-disabled=move || busy.get().then_some("true")>
                                {move || if busy.get() { sapar_shared::tr::ui::loading(lang) } else { tr::more(lang) }}
                            </a>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

#[component]
fn ListSkeleton() -> impl IntoView {
    view! {
        <div class="grid gap-3">
            <Skeleton class="h-24 w-full"/>
            <Skeleton class="h-24 w-full"/>
            <Skeleton class="h-24 w-full"/>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_prints_only_what_it_says() {
        let filter = Filter { status: "draft".into(), q: "озёра & горы".into(), cursor: String::new() };
        assert_eq!(
            filter.href(Lang::Ru),
            "/ru/partner/listings?status=draft&q=%D0%BE%D0%B7%D1%91%D1%80%D0%B0%20%26%20%D0%B3%D0%BE%D1%80%D1%8B"
        );
        assert_eq!(Filter::default().href(Lang::Kk), "/kk/partner/listings");
    }
}
