//! `/partner/orders/:id`: who bought what, how it stands, and what can be done for them.
use super::{
    actions::{Note, Resend},
    api::load_order,
    filters::{query_of, tail},
    history::History,
    moving::Moving,
    said::{Doings, Place, Said},
    tickets::Tickets,
    words::{State, channel, name},
};
use crate::{
    layout::use_lang,
    partner::{
        desk::{may, who_is_in},
        head::Head,
        live::{Told, listen},
        sell::Undo,
        standing::Standing,
        trouble::Trouble,
    },
    ui::{Alert, AlertTone, Crumb, Glyph, Icon, Skeleton},
    wire::page_data,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use sapar_shared::{
    Lang,
    contact::Phone,
    dto::desk::{DetailLine, DetailPayment, Happening, HistoryRow, OrderDetail, OrderGroup, PaymentState},
    paths,
    roles::Permission,
    tr::{self, orders as words},
    when,
};

#[component]
pub fn OrderPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    let loaded = page_data(move || id.get(), move |id| load_order(lang, id));
    let me = who_is_in();
    let lost = RwSignal::new(false);
    let standing = Standing::default();
    let refresh = Callback::new(move |()| {
        let Some(id) = id.try_get_untracked() else { return };
        standing.renew(load_order(lang, id), move || loaded.refetch());
    });
    // Above what is drawn anew.
    let doings = Doings::new(lang, standing.hold, refresh);
    let seen = RwSignal::new(false);
    listen(
        seen.into(),
        Callback::new(move |told| {
            let own = match told {
                Told::Order { id: of, .. } => id.try_get_untracked() == Some(of),
                Told::Again => true,
            };
            if own {
                doings.hear();
            }
        }),
        lost,
    );
    Effect::new(move |before: Option<String>| {
        let now = id.get();
        if before.is_some_and(|before| before != now) {
            doings.forget();
        }
        now
    });
    // The way back is to the list as it was narrowed.
    let params = use_query_map();
    let list = Memo::new(move |_| format!("{}{}", paths::partner_orders(lang), tail(&query_of(&params.read()))));
    let body = move || {
        Suspend::new(async move {
            let serves = may(me, Permission::ServeCustomers).await;
            match loaded.await.flatten() {
                Ok(order) => {
                    seen.set(true);
                    let order = standing.begin(order);
                    let view = move || view! { <OrderView lang order=order.get() serves list=list.get_untracked() doings/> };
                    view.into_any()
                }
                Err(error) => {
                    standing.end();
                    view! {
                        <Head lang title=words::title(lang)/>
                        <Trouble lang error/>
                    }
                    .into_any()
                }
            }
        })
    };
    view! {
        <Transition fallback=DetailSkeleton>{body}</Transition>
        <div aria-live="polite" class="grid gap-3 mt-4 empty:hidden">
            {move || lost.get().then(|| view! { <Alert tone=AlertTone::Warn>{words::lost(lang)}</Alert> })}
        </div>
    }
    .into_any()
}

#[component]
fn OrderView(lang: Lang, order: OrderDetail, serves: bool, list: String, doings: Doings) -> impl IntoView {
    let title = words::order(lang, &order.number);
    let trail = vec![Crumb::new(words::title(lang), list)];
    let id = order.id.to_string();
    let paid = OrderGroup::of(order.status) == OrderGroup::Paid;
    // Tickets go out by the whole order: of one that others sold, too, nobody sends another's.
    let resends = serves && paid && order.link.is_some() && !(order.email.is_empty() && order.phone.is_empty());
    let resend = resends.then(|| {
        view! { <Resend id=id.clone() email=order.email.clone() phone=order.phone.clone() doings/> }
    });
    let undo = order.undo.map(|until| {
        let until = tr::sell::undo_until(lang, when::moment_text(lang, until));
        let undone = Callback::new(move |()| doings.done(Place::Undo, tr::sell::undone(lang)));
        // With what was handed over when it was moved.
        let handed = order.history.iter().filter_map(handed_over);
        let total = handed.fold(order.total, |total, more| total.checked_add(more).unwrap_or(total));
        view! { <Undo lang id=order.id total until done=undone/> }
    });
    let note = serves.then(|| view! { <Note id=id.clone() doings/> });
    view! {
        <Head lang title=title.clone() trail/>
        <div class="grid gap-4 mt-2">
            <div class="flex flex-wrap items-center gap-x-3 gap-y-2">
                <h1 class="numbers">{title}</h1>
                <State lang status=order.status/>
            </div>
            <div class="cab-detail">
                <div class="grid gap-4 content-start min-w-0">
                    <Buyer lang order=order.clone()/>
                    <Lines lang order=order.clone() moves=serves && paid doings/>
                    <Tickets order=order.clone() renames=serves && paid doings/>
                </div>
                <div class="grid gap-4 content-start min-w-0">
                    <Money lang order=order.clone()/>
                    {resend}
                    {undo}
                    <Said doings place=Place::Undo/>
                    {note}
                    <History lang order/>
                </div>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Buyer(lang: Lang, order: OrderDetail) -> impl IntoView {
    let phone = Phone::parse(&order.phone);
    let pretty = phone.as_ref().map_or_else(|| order.phone.clone(), Phone::pretty);
    let reach = phone.map(|phone| {
        view! {
            <a class="btn" href=format!("tel:{phone}")>
                <Icon name=Glyph::Phone class="icon icon-small"/>
                {words::call(lang)}
            </a>
            <a class="btn" href=format!("https://wa.me/{}", phone.digits()) target="_blank" rel="noopener noreferrer">
                <Icon name=Glyph::Chat class="icon icon-small"/>
                {words::whatsapp(lang)}
            </a>
        }
    });
    let mail = (!order.email.is_empty()).then(|| {
        view! {
            <a class="btn" href=format!("mailto:{}", order.email)>
                <Icon name=Glyph::Mail class="icon icon-small"/>
                {words::mail(lang)}
            </a>
        }
    });
    let nobody = order.phone.is_empty() && order.email.is_empty();
    let link = order.link.map(|link| {
        view! {
            <a class="link inline-flex items-center min-h-11 justify-self-start" href=link rel="external">{words::customer_page(lang)}</a>
        }
    });
    view! {
        <section class="card card-pad grid gap-3" aria-labelledby="buyer">
            <h2 id="buyer">{words::buyer(lang)}</h2>
            <div>
                <p class="font-semibold">{name(lang, &order.name)}</p>
                <p class="numbers">{pretty}</p>
                <p class="break-words">{order.email}</p>
                {nobody.then(|| view! { <p class="text-muted">{words::no_contact(lang)}</p> })}
            </div>
            <div class="flex flex-wrap gap-2 empty:hidden">{reach}{mail}</div>
            {link}
        </section>
    }
    .into_any()
}

/// By departure, each with the way to another one.
#[component]
fn Lines(lang: Lang, order: OrderDetail, moves: bool, doings: Doings) -> impl IntoView {
    let mut departures: Vec<Vec<DetailLine>> = Vec::new();
    for line in order.lines {
        match departures.last_mut().filter(|lines| lines[0].departure_id == line.departure_id) {
            Some(lines) => lines.push(line),
            None => departures.push(vec![line]),
        }
    }
    let id = order.id.to_string();
    let cards = departures
        .into_iter()
        .map(|lines| {
            let departure = lines[0].departure_id;
            let head = lines[0].clone();
            let rows = lines
                .into_iter()
                .map(|line| view! { <li class="numbers">{words::line(lang, line.ticket_type, line.quantity, line.unit_price)}</li> })
                .collect_view();
            let moving = moves.then(|| view! { <Moving id=id.clone() from=departure doings/> });
            view! {
                <div class="grid gap-2">
                    <a class="link font-semibold inline-flex items-center min-h-11 justify-self-start" href=paths::partner_departure(lang, departure)>
                        {head.title}
                    </a>
                    <p class="numbers">{when::moment_text(lang, head.starts_at)}</p>
                    <ul>{rows}</ul>
                    {moving}
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="card card-pad grid gap-4" aria-labelledby="lines">
            <h2 id="lines">{words::lines(lang)}</h2>
            {cards}
            <Said doings place=Place::Lines/>
        </section>
    }
    .into_any()
}

#[component]
fn Money(lang: Lang, order: OrderDetail) -> impl IntoView {
    let none = order.payments.is_empty();
    let payments = order.payments.into_iter().map(|payment| view! { <li>{payment_line(lang, payment)}</li> }).collect_view();
    // What was handed over when dearer places were taken is no payment of the order's: it is known from its history.
    let extra =
        order.history.iter().rev().filter_map(|row| extra_line(lang, row)).map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        <section class="card card-pad grid gap-3" aria-labelledby="money">
            <h2 id="money">{words::money(lang)}</h2>
            <div>
                <p class="text-sm text-muted">{words::total(lang)}</p>
                <p class="price text-xl numbers">{order.total.to_string()}</p>
                <p class="text-muted">{channel(lang, order.channel)}</p>
            </div>
            <ul class="grid gap-1 text-sm empty:hidden numbers">{payments}{extra}</ul>
            {none.then(|| view! { <p class="text-sm text-muted">{words::no_payments(lang)}</p> })}
        </section>
    }
    .into_any()
}

fn payment_line(lang: Lang, payment: DetailPayment) -> String {
    let way = if payment.provider == "cash" { words::in_cash(lang) } else { words::by_card(lang) };
    let state = match payment.state {
        PaymentState::Waiting => words::payment_waiting(lang),
        PaymentState::Succeeded => words::payment_done(lang),
        PaymentState::Failed => words::payment_failed(lang),
        PaymentState::Returned => words::payment_returned(lang),
    };
    words::payment_line(lang, way, state, when::moment_text(lang, payment.at))
}

fn extra_line(lang: Lang, row: &HistoryRow) -> Option<String> {
    handed_over(row).map(|more| words::extra_line(lang, more, when::moment_text(lang, row.at)))
}

/// What was paid in cash for dearer places.
fn handed_over(row: &HistoryRow) -> Option<sapar_shared::Money> {
    match row.what {
        Happening::Moved { difference, .. } if difference.tiyn() > 0 => Some(difference),
        _ => None,
    }
}

#[component]
fn DetailSkeleton() -> impl IntoView {
    view! {
        <div class="grid gap-4">
            <Skeleton class="h-9 w-72"/>
            <Skeleton class="h-40 w-full"/>
            <Skeleton class="h-40 w-full"/>
        </div>
    }
}
