//! `/:lang/orders/:token`.
use super::{
    actions::{Actions, Refusal, STATE},
    api::load_order,
    cancel::Cancel,
    contents::Contents,
    documents::{self, Documents},
    live,
    lost::OrderError,
    meeting::Meetings,
    phase::Phase,
    remembered::remember,
    share::Share,
    status::StatusPanel,
    ticket::Tickets,
};
use crate::wire::page_data;
use crate::{layout::use_lang, seo::PageMeta, ui::Skeleton};
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::{use_params_map, use_query_map};
use sapar_shared::{Lang, contact::Phone, dto::order::OrderView, paths, tr::order as words, when};

/// The address is a key: it must not travel to other sites. `no-referrer` would also hide our own origin from our own forms,
/// and a form without a script could then not be told from a forged one.
pub const REFERRER: &str = "same-origin";

/// A page without a script asks again by itself. A `<noscript>`'s content is text to a browser with scripts, so it cannot be
/// part of the view.
const ASK_AGAIN: &str = r#"<meta http-equiv="refresh" content="4">"#;

#[component]
pub fn OrderPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let notice = use_query_map().read_untracked().get("notice");
    let token = move || params.read().get("token").unwrap_or_default();
    let order = page_data(token, move |token| load_order(lang, token));
    view! {
        <Meta name="referrer" content=REFERRER/>
        <div class="wrap order-page">
            <Suspense fallback=|| {
                view! { <Skeleton class="h-48 w-full"/> }
            }>
                {move || {
                    let notice = notice.clone();
                    Suspend::new(async move {
                        match order.await {
                            Ok(order) => view! { <Order lang order notice/> }.into_any(),
                            Err(error) => view! { <OrderError error/> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </div>
    }
    .into_any()
}

#[component]
fn Order(lang: Lang, order: OrderView, notice: Option<String>) -> impl IntoView {
    let (token, number) = (order.token.clone(), order.number.clone());
    let ask_again = Phase::of(&order).is_waiting();
    let placed = when::moment_text(lang, order.placed_at);
    let order = RwSignal::new(order);
    let refresh = live::refresher(lang, order);
    let actions = Actions::new(refresh);
    let moving = Memo::new(move |_| {
        let order = order.read();
        order.status.holds_places() || (order.status.has_tickets() && (order.tickets.is_empty() || !order.documents_ready))
    });
    live::watch(token.clone(), moving, refresh);
    Effect::new(move |_| remember(&order.read()));
    let kept = documents::keep(order);
    let tickets = Memo::new(move |_| order.read().tickets.clone());
    let cards = {
        let token = token.clone();
        move || view! { <Tickets lang token=token.clone() tickets=tickets.get() now=order.read_untracked().now/> }
    };
    let path = {
        let token = token.clone();
        move |lang| paths::order(lang, &token)
    };
    view! {
        <PageMeta lang title=words::title(lang, &number) description=words::description(lang) path noindex=true/>
        {ask_again.then(|| view! { <noscript inner_html=ASK_AGAIN></noscript> })}
        <p class="order-number">
            <span class="font-semibold numbers">{words::number(lang, &number)}</span>
            <span class="numbers">{words::placed(lang, placed)}</span>
        </p>
        <Refusal lang order actions notice/>
        // The announcing box stays while its content is drawn anew; the countdown inside is a timer, which keeps silent.
        <div aria-live="polite" id=STATE>{move || view! { <StatusPanel lang order=order.get() actions refresh/> }}</div>
        {cards}
        {move || view! { <Rest lang order=order.get() kept/> }}
        <Share lang token title=words::title(lang, number)/>
        {move || view! { <Cancel lang order=order.get() actions/> }}
    }
    .into_any()
}

/// Everything below the tickets that changes with the order.
#[component]
fn Rest(lang: Lang, order: OrderView, kept: Signal<bool>) -> impl IntoView {
    let has_tickets = order.status.has_tickets() && !order.tickets.is_empty();
    let total_label = match Phase::of(&order) {
        Phase::Paid | Phase::Aboard | Phase::Completed | Phase::Preparing => words::total_paid(lang),
        phase if phase.is_open() => words::total_due(lang),
        _ => words::total(lang),
    };
    let documents = has_tickets.then(|| view! { <Documents lang token=order.token.clone() ready=order.documents_ready kept/> });
    // Whoever travels nowhere need not know where to be.
    let travels = !Phase::of(&order).is_lost();
    let phone = Phone::parse(&order.contact_phone).map_or_else(|| order.contact_phone.clone(), |phone| phone.pretty());
    let contact = (!order.contact_name.is_empty()).then(|| {
        view! {
            <div>
                <h3>{words::contact(lang)}</h3>
                <p>{order.contact_name.clone()}</p>
                <p class="numbers">{phone}</p>
                <p>{order.contact_email.clone()}</p>
            </div>
        }
    });
    view! {
        {documents}
        <div class="order-columns">
            {travels.then(|| view! { <Meetings lang order=order.clone()/> })}
            <section class="card card-pad flex flex-col gap-4">
                <h2>{words::summary(lang)}</h2>
                <Contents lang lines=order.lines total=order.total total_label/>
                {contact}
            </section>
        </div>
    }
    .into_any()
}
