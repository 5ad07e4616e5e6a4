//! What narrows the list. All of it is in the address; with a script it follows each change.
use super::words::{channel, group};
use crate::ui::{Glyph, Icon};
use leptos::prelude::*;
use leptos_router::{components::Form, params::ParamsMap};
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
    let get = |name: &str| params.get(name).unwrap_or_default();
    OrdersQuery {
        words: get(WORDS).trim().to_owned(),
        group: OrderGroup::parse(&get(STATUS)),
        day: when::of_iso(&get(DAY)),
        listing: get(LISTING).parse().ok(),
        channel: Channel::parse(&get(CHANNEL)),
        after: None,
    }
}

fn narrowed(query: &OrdersQuery) -> bool {
    query.group.is_some() || query.day.is_some() || query.listing.is_some() || query.channel.is_some()
}

#[component]
pub fn Filters(lang: Lang, query: Memo<OrdersQuery>, listings: Vec<(ListingId, String)>) -> impl IntoView {
    let submit = |event: leptos::ev::Event| {
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
    let words_now = move || query.read().words.clone();
    let open = narrowed(&query.get_untracked());
    let reset = move || {
        (*query.read() != OrdersQuery::default())
            .then(|| view! { <a class="btn" href=paths::partner_orders(lang)>{tr::reset(lang)}</a> })
    };
    view! {
        <Form method="get" action=paths::partner_orders(lang)>
            <div class="grid gap-3" role="search" on:change=submit>
                <div class="field">
                    <label class="field-label" for="orders-q">{tr::find(lang)}</label>
                    <div class="flex gap-2">
                        <input
                            class="control grow min-w-0"
                            id="orders-q"
                            type="search"
                            name=WORDS
                            maxlength="100"
                            autocomplete="off"
                            enterkeyhint="search"
                            aria-describedby="orders-q-help"
                            value=words_now()
                            prop:value=words_now
                        />
                        <button class="btn" aria-label=tr::find_button(lang)>
                            <Icon name=Glyph::Search/>
                        </button>
                    </div>
                    <p class="field-help" id="orders-q-help">{tr::find_help(lang)}</p>
                </div>
                <details class="cab-filters" open=open>
                    <summary class="btn">
                        <Icon name=Glyph::Filter class="icon icon-small"/>
                        {tr::filters(lang)}
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
                        {reset}
                    </div>
                </details>
            </div>
        </Form>
    }
    .into_any()
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
