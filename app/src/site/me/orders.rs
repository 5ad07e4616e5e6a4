//! `/:lang/me/orders`: the account's orders, the newest first.
use super::{
    api::load_my_orders,
    frame::{Head, NotHere, Part},
};
use crate::wire::page_data;
use crate::{
    layout::use_lang,
    seo::PageMeta,
    ui::{EmptyState, Glyph, Icon, LinkButton, Skeleton},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use sapar_shared::{
    Lang,
    dto::{
        account::{MyOrder, MyOrders},
        order::OrderStatus,
    },
    paths,
    tr::{self, me as words},
    when,
};

#[component]
pub fn OrdersPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let after = move || query.read().get("after").unwrap_or_default();
    let orders = page_data(after, move |after| load_my_orders(lang, after));
    view! {
        <PageMeta lang title=words::orders(lang) description=words::orders_empty_text(lang) path=paths::my_orders noindex=true/>
        <div class="wrap py-6 grid gap-4 max-w-2xl">
            <Head lang part=Part::Orders/>
            <Suspense fallback=|| view! { <Skeleton class="h-96 w-full"/> }>
                {move || Suspend::new(async move {
                    match orders.await {
                        Ok(Ok(page)) if page.orders.is_empty() => view! { <Empty lang/> }.into_any(),
                        Ok(Ok(page)) => view! { <List lang page/> }.into_any(),
                        Ok(Err(error)) | Err(error) => view! { <NotHere lang part=Part::Orders error/> }.into_any(),
                    }
                })}
            </Suspense>
        </div>
    }
    .into_any()
}

#[component]
fn Empty(lang: Lang) -> impl IntoView {
    view! {
        <EmptyState title=words::orders_empty_title(lang) text=words::orders_empty_text(lang)>
            <LinkButton href=paths::search(lang)>{tr::account::to_tours(lang)}</LinkButton>
        </EmptyState>
    }
    .into_any()
}

#[component]
fn List(lang: Lang, page: MyOrders) -> impl IntoView {
    let items = page.orders.into_iter().map(|order| view! { <Row lang order/> }).collect_view();
    let more = page.next.map(|next| {
        let href = format!("{}?after={next}", paths::my_orders(lang));
        view! { <LinkButton href>{words::orders_more(lang)}</LinkButton> }
    });
    view! {
        <ul class="grid gap-4">{items}</ul>
        {more}
    }
    .into_any()
}

#[component]
fn Row(lang: Lang, order: MyOrder) -> impl IntoView {
    let local = when::local(order.starts_at);
    let state = state(lang, &order).map(|state| view! { <p class="text-sm font-semibold">{state}</p> });
    // Until there is a contact the checkout is the next step; an order of an account has one, so its own page knows it.
    view! {
        <li class="strip">
            <div class="strip-stub">
                <span class="strip-weekday">{when::weekday(lang, local.weekday())}</span>
                <span class="strip-day">{local.day()}</span>
                <span class="strip-month">{when::month_name(lang, local.date())}</span>
            </div>
            <div class="strip-body">
                <h2 class="strip-title">
                    <a class="stretched" href=paths::order(lang, &order.token) rel="external">
                        {order.title}
                    </a>
                </h2>
                <p class="strip-facts">
                    <Icon name=Glyph::Clock class="icon icon-small"/>
                    <span>{when::clock(local)}</span>
                    <span class="truncate">"· "{tr::account::tickets_count(lang, i64::from(order.tickets))}</span>
                    <span class="numbers">"· "{order.total.to_string()}</span>
                </p>
                <p class="text-sm text-muted">{tr::account::order_number(lang, order.number)}</p>
                {state}
            </div>
        </li>
    }
    .into_any()
}

/// What is not simply a ticket says so.
fn state(lang: Lang, order: &MyOrder) -> Option<String> {
    let words = match order.status {
        OrderStatus::Held | OrderStatus::AwaitingPayment => {
            return Some(tr::order::held_until(lang, when::clock(when::local(order.expires_at))));
        }
        OrderStatus::Failed => tr::order::failed(lang),
        OrderStatus::Expired => tr::order::expired(lang),
        OrderStatus::Cancelled => tr::order::cancelled(lang),
        OrderStatus::Refunded if order.undone => tr::order::undone(lang),
        OrderStatus::Refunded => tr::order::refunded(lang),
        OrderStatus::PartlyRefunded => tr::order::partly_refunded(lang),
        OrderStatus::Paid | OrderStatus::Completed => return None,
    };
    Some(words.to_owned())
}
