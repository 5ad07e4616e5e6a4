//! The orders that this browser has made, and how to find others.
use crate::{
    layout::use_lang,
    seo::PageMeta,
    site::order::{
        api::load_order,
        remembered::{RememberedOrder, remember, remembered},
    },
    ui::{Card, EmptyState, Glyph, Icon, LinkButton},
};
use leptos::{prelude::*, task::spawn_local};
use sapar_shared::{Lang, dto::order::OrderStatus, paths, tr, when};

#[component]
pub fn TicketsPage() -> impl IntoView {
    let lang = use_lang();
    let orders = RwSignal::new(Vec::<RememberedOrder>::new());
    Effect::new(move |_| {
        orders.set(remembered());
        // Meanwhile they may have been paid, or their hour is over.
        let open: Vec<String> = orders.read_untracked().iter().filter(|order| order.is_open()).map(|o| o.token.clone()).collect();
        spawn_local(async move {
            for token in open {
                if let Ok(fresh) = load_order(lang, token).await {
                    remember(&fresh);
                    orders.try_set(remembered());
                }
            }
        });
    });
    view! {
        <PageMeta
            lang
            title=tr::account::tickets_title(lang)
            description=tr::account::tickets_empty_text(lang)
            path=paths::tickets
            noindex=true
        />
        <div class="wrap py-6 grid gap-6 max-w-2xl">
            <h1>{tr::account::tickets_title(lang)}</h1>
            {move || {
                let orders = orders.get();
                if orders.is_empty() {
                    view! {
                        <EmptyState title=tr::account::tickets_empty_title(lang) text=tr::account::tickets_empty_text(lang)>
                            <LinkButton href=paths::search(lang)>{tr::account::to_tours(lang)}</LinkButton>
                        </EmptyState>
                    }
                        .into_any()
                } else {
                    view! { <Orders lang orders/> }.into_any()
                }
            }}
            <p class="without-script text-muted">{tr::account::tickets_no_script(lang)}</p>
            <Card>
                <div class="flex gap-4">
                    <span class="fact-mark chip-sky">
                        <Icon name=Glyph::Mail/>
                    </span>
                    <div>
                        <h2 class="text-lg">{tr::account::tickets_find_title(lang)}</h2>
                        <p class="text-muted">{tr::account::tickets_find_text(lang)}</p>
                    </div>
                </div>
            </Card>
        </div>
    }
    .into_any()
}

#[component]
fn Orders(lang: Lang, orders: Vec<RememberedOrder>) -> impl IntoView {
    let items = orders
        .into_iter()
        .map(|order| {
            let local = when::local(order.starts_at);
            let state = state(lang, &order).map(|state| view! { <p class="text-sm font-semibold">{state}</p> });
            let onward = order.is_open().then(|| {
                // Until there is a contact the checkout is the next step; after that the order's own page knows it.
                let href = match order.status {
                    Some(OrderStatus::Held) => paths::checkout_order(lang, &order.token),
                    _ => paths::order(lang, &order.token),
                };
                view! {
                    <p class="pt-2">
                        <a class="btn btn-strong relative z-10" href=href>{tr::order::to_checkout(lang)}</a>
                    </p>
                }
            });
            view! {
                <li class="strip">
                    <div class="strip-stub">
                        <span class="strip-weekday">{when::weekday(lang, local.weekday())}</span>
                        <span class="strip-day">{local.day()}</span>
                        <span class="strip-month">{when::month_name(lang, local.date())}</span>
                    </div>
                    <div class="strip-body">
                        <h2 class="strip-title">
                            // A page of its own: without a connection the service worker has it.
                            <a class="stretched" href=paths::order(lang, &order.token) rel="external">
                                {order.title}
                            </a>
                        </h2>
                        <p class="strip-facts">
                            <Icon name=Glyph::Clock class="icon icon-small"/>
                            <span>{when::clock(local)}</span>
                            <span class="truncate">"· "{tr::account::tickets_count(lang, i64::from(order.tickets))}</span>
                        </p>
                        <p class="text-sm text-muted">{tr::account::order_number(lang, order.number)}</p>
                        {state}
                        {onward}
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="grid gap-4">{items}</ul> }.into_any()
}

/// What is not simply a ticket says so.
fn state(lang: Lang, order: &RememberedOrder) -> Option<String> {
    let words = match order.status? {
        OrderStatus::Held | OrderStatus::AwaitingPayment => {
            return Some(tr::order::held_until(lang, when::clock(when::local(order.expires_at?))));
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
