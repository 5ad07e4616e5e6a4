//! What narrows the list. All of it is in the address; with a script it follows each change.
use super::words::{channel, group};
use crate::{
    browser,
    ui::{Glyph, Icon},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate, location::Url, params::ParamsMap};
use sapar_shared::{
    Lang,
    dto::desk::{Channel, OrderGroup, OrdersQuery},
    ids::ListingId,
    paths,
    tr::orders as tr,
    when,
};
use wasm_bindgen::JsCast;

const WORDS: &str = "q";
const STATUS: &str = "status";
const DAY: &str = "day";
const LISTING: &str = "listing";
const CHANNEL: &str = "channel";

/// What the address says; what cannot be read does not narrow.
#[must_use]
pub fn query_of(params: &ParamsMap) -> OrdersQuery {
    read(|name| params.get(name).unwrap_or_default())
}

fn read(get: impl Fn(&str) -> String) -> OrdersQuery {
    OrdersQuery {
        words: get(WORDS).trim().to_owned(),
        group: OrderGroup::parse(&get(STATUS)),
        day: when::of_iso(&get(DAY)),
        listing: get(LISTING).parse().ok(),
        channel: Channel::parse(&get(CHANNEL)),
        after: None,
    }
}

/// What makes an address say so, from its `?` on; empty where nothing narrows.
#[must_use]
pub fn tail(query: &OrdersQuery) -> String {
    let said = [
        (WORDS, query.words.clone()),
        (STATUS, query.group.map_or_else(String::new, |group| group.as_str().to_owned())),
        (CHANNEL, query.channel.map_or_else(String::new, |channel| channel.as_str().to_owned())),
        (LISTING, query.listing.map_or_else(String::new, |listing| listing.to_string())),
        (DAY, query.day.map(when::iso).unwrap_or_default()),
    ];
    let said = said.iter().filter(|(_, value)| !value.is_empty());
    let said = said.map(|(name, value)| format!("{name}={}", Url::escape(value))).collect::<Vec<_>>().join("&");
    if said.is_empty() { said } else { format!("?{said}") }
}

/// Of the list that is narrowed so.
#[must_use]
pub fn address(lang: Lang, query: &OrdersQuery) -> String {
    format!("{}{}", paths::partner_orders(lang), tail(query))
}

/// What is chosen in the form.
fn typed(event: &SubmitEvent) -> Option<OrdersQuery> {
    let form = event.target()?.dyn_into::<web_sys::HtmlFormElement>().ok()?;
    let data = web_sys::FormData::new_with_form(&form).ok()?;
    Some(read(|name| data.get(name).as_string().unwrap_or_default()))
}

/// Each filter that is set, by name, with what is left without it.
fn set(lang: Lang, query: &OrdersQuery, listings: &[(String, String)]) -> Vec<(String, OrdersQuery)> {
    let mut set = Vec::new();
    if let Some(one) = query.group {
        set.push((group(lang, one).to_owned(), OrdersQuery { group: None, ..query.clone() }));
    }
    if let Some(one) = query.channel {
        set.push((channel(lang, one).to_owned(), OrdersQuery { channel: None, ..query.clone() }));
    }
    if let Some(one) = query.listing.map(|id| id.to_string()) {
        let title = listings.iter().find(|(id, _)| *id == one).map_or(tr::listing(lang), |(_, title)| title.as_str());
        set.push((title.to_owned(), OrdersQuery { listing: None, ..query.clone() }));
    }
    if let Some(day) = query.day {
        set.push((when::day_month(lang, day), OrdersQuery { day: None, ..query.clone() }));
    }
    set
}

/// The ids of the search and of what the filters are folded in.
const FIND: &str = "orders-q";
const FOLD: &str = "orders-filters";

/// Leads to the search, wherever in the list one is.
pub fn to_words() {
    browser::focus(FIND);
}

/// Unfolds the filters and leads there.
pub fn to_filters() {
    if let Some(fold) = document().get_element_by_id(FOLD) {
        let _ = fold.set_attribute("open", "");
    }
    browser::focus(&format!("orders-{STATUS}"));
}

#[component]
pub fn Filters(lang: Lang, query: Memo<OrdersQuery>, listings: Vec<(ListingId, String)>) -> impl IntoView {
    let navigate = use_navigate();
    let submit = move |event: SubmitEvent| {
        if let Some(query) = typed(&event) {
            event.prevent_default();
            navigate(&address(lang, &query), NavigateOptions { scroll: false, ..NavigateOptions::default() });
        }
    };
    let changed = |event: leptos::ev::Event| {
        let field = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
        let form = field.and_then(|field| field.closest("form").ok().flatten());
        if let Some(form) = form.and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok()) {
            let _ = form.request_submit();
        }
    };
    let groups = OrderGroup::ALL.map(|one| (one.as_str().to_owned(), group(lang, one).to_owned()));
    let channels = [Channel::Online, Channel::Cash].map(|one| (one.as_str().to_owned(), channel(lang, one).to_owned()));
    let listings = listings.into_iter().map(|(id, title)| (id.to_string(), title)).collect::<Vec<_>>();
    let status_now = Signal::derive(move || query.read().group.map_or_else(String::new, |one| one.as_str().to_owned()));
    let channel_now = Signal::derive(move || query.read().channel.map_or_else(String::new, |one| one.as_str().to_owned()));
    let listing_now = Signal::derive(move || query.read().listing.map_or_else(String::new, |id| id.to_string()));
    let day_now = move || query.read().day.map(when::iso).unwrap_or_default();
    let known = StoredValue::new(listings.clone());
    let chosen = Memo::new(move |_| known.with_value(|listings| set(lang, &query.read(), listings)));
    let count = move || match chosen.read().len() {
        0 => tr::filters(lang).to_owned(),
        count => tr::filters_set(lang, count),
    };
    view! {
        <form method="get" action=paths::partner_orders(lang) on:submit=submit>
            <div class="grid gap-3" role="search" on:change=changed>
                <Find lang query/>
                <details class="cab-filters" id=FOLD>
                    <summary class="btn">
                        <Icon name=Glyph::Filter class="icon icon-small"/>
                        {count}
                    </summary>
                    <div class="cab-filter-grid">
                        <Choice name=STATUS label=tr::status(lang) any=tr::any_status(lang) options=groups.to_vec() now=status_now/>
                        <Choice name=CHANNEL label=tr::channel(lang) any=tr::any_channel(lang) options=channels.to_vec() now=channel_now/>
                        <Choice name=LISTING label=tr::listing(lang) any=tr::any_listing(lang) options=listings now=listing_now/>
                        <div class="field">
                            <label class="field-label" for="orders-day">{tr::day(lang)}</label>
                            <input class="control numbers" id="orders-day" type="date" name=DAY value=day_now() prop:value=day_now/>
                        </div>
                        <button class="btn without-script">{tr::apply(lang)}</button>
                    </div>
                </details>
                <Chosen lang chosen/>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn Find(lang: Lang, query: Memo<OrdersQuery>) -> impl IntoView {
    let now = move || query.read().words.clone();
    view! {
        <div class="field">
            <label class="field-label" for=FIND>{tr::find(lang)}</label>
            <div class="flex gap-2">
                <input
                    class="control grow min-w-0"
                    id=FIND
                    type="search"
                    name=WORDS
                    maxlength="100"
                    autocomplete="off"
                    enterkeyhint="search"
                    aria-describedby="orders-q-help"
                    value=now()
                    prop:value=now
                />
                <button class="btn" aria-label=tr::find_button(lang)>
                    <Icon name=Glyph::Search/>
                </button>
            </div>
            <p class="field-help" id="orders-q-help">{tr::find_help(lang)}</p>
        </div>
    }
    .into_any()
}

/// Each filter with the way to do without it.
#[component]
fn Chosen(lang: Lang, chosen: Memo<Vec<(String, OrdersQuery)>>) -> impl IntoView {
    let chips = move || {
        let chip = |(name, rest): (String, OrdersQuery)| {
            let remove = tr::remove_filter(lang, &name);
            view! {
                <a class="pill min-w-0" href=address(lang, &rest) aria-label=remove>
                    <span class="truncate">{name}</span>
                    <Icon name=Glyph::Close class="icon icon-small"/>
                </a>
            }
        };
        chosen.get().into_iter().map(chip).collect_view()
    };
    let reset = move || {
        (!chosen.read().is_empty())
            .then(|| view! { <a class="btn btn-quiet" href=paths::partner_orders(lang)>{tr::reset(lang)}</a> })
    };
    view! { <div class="flex flex-wrap gap-2 empty:hidden">{chips}{reset}</div> }.into_any()
}

#[component]
fn Choice(
    name: &'static str,
    label: &'static str,
    any: &'static str,
    options: Vec<(String, String)>,
    #[prop(into)] now: Signal<String>,
) -> impl IntoView {
    let id = format!("orders-{name}");
    let chosen = now.get_untracked();
    let options = options
        .into_iter()
        .map(|(value, words)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{words}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{label}</label>
            <select class="control" id=id name=name prop:value=move || now.get()>
                <option value="">{any}</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}
