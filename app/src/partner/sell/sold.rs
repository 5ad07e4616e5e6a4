//! What was sold, with its QR codes: to be shown, printed or sent; or taken back.
use super::undo::Undo;
use crate::{
    seo,
    site::order::qr::QrCode,
    ui::{Glyph, Icon},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang, Money,
    code::grouped,
    contact::Phone,
    dto::{
        desk::UNDO_MINUTES,
        order::{OrderLineView, OrderView, TicketView},
    },
    paths,
    tr::sell as words,
    when,
};

#[component]
pub fn SoldView(lang: Lang, order: OrderView, again: Callback<()>) -> impl IntoView {
    let undone = RwSignal::new(false);
    let order = StoredValue::new(order);
    let done = Callback::new(move |()| undone.set(true));
    let shown = move || {
        let order = order.get_value();
        if undone.get() {
            view! { <UndoneView lang total=order.total/> }.into_any()
        } else {
            view! { <TicketsView lang order done/> }.into_any()
        }
    };
    view! {
        <div class="grid gap-4">
            {shown}
            <div class="cab-stick cab-no-print">
                <button type="button" class="btn btn-action w-full" on:click=move |_| again.run(())>
                    {words::again(lang)}
                </button>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn UndoneView(lang: Lang, total: Money) -> impl IntoView {
    let text = if total == Money::ZERO { words::undone_text_free(lang).to_owned() } else { words::undone_text(lang, total) };
    view! {
        <section class="status status-info" role="status" aria-labelledby="undone">
            <span class="status-mark">
                <Icon name=Glyph::Back class="icon icon-big"/>
            </span>
            <div>
                <h1 id="undone">{words::undone(lang)}</h1>
                <p class="numbers">{text}</p>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn TicketsView(lang: Lang, order: OrderView, done: Callback<()>) -> impl IntoView {
    let link = format!("{}{}", seo::origin(), paths::order_short(&order.token));
    let count = order.tickets.len();
    let places = i64::try_from(count).unwrap_or(i64::MAX);
    let message = String::from(js_sys::encode_uri_component(&words::message(lang, places, &link)));
    let phone = Phone::parse(&order.contact_phone);
    let digits = phone.as_ref().map(Phone::digits).unwrap_or_default().to_owned();
    let sms = phone.as_ref().map(ToString::to_string).unwrap_or_default();
    let (number, lines) = (order.number.clone(), order.lines);
    let slip = |ticket: TicketView| {
        let line =
            lines.iter().find(|line| line.ticket_type == ticket.ticket_type && line.starts_at == ticket.starts_at).cloned();
        view! { <Slip lang ticket line number=number.clone() count/> }
    };
    let tickets = order.tickets.into_iter().map(slip).collect_view();
    view! {
        <section class="grid gap-4" aria-labelledby="sold">
            <div class="status status-good cab-no-print" role="status">
                <span class="status-mark">
                    <Icon name=Glyph::Check class="icon icon-big"/>
                </span>
                <div>
                    <h1 id="sold">{words::done(lang)}</h1>
                    <p class="numbers">{words::done_text(lang, order.total, &order.number)}</p>
                </div>
            </div>
            // Above the slips: of many tickets nobody scrolls past all.
            <div class="grid gap-2 grid-cols-2 cab-no-print">
                <button type="button" class="btn" on:click=|_| { let _ = window().print(); }>
                    <Icon name=Glyph::Ticket class="icon icon-small"/>
                    {words::print(lang)}
                </button>
                <a class="btn" href=format!("https://wa.me/{digits}?text={message}") target="_blank" rel="noopener noreferrer">
                    <Icon name=Glyph::Chat class="icon icon-small"/>
                    {words::whatsapp(lang)}
                </a>
                <a class="btn" href=format!("sms:{sms}?body={message}")>
                    <Icon name=Glyph::Speech class="icon icon-small"/>
                    {words::sms(lang)}
                </a>
                <a class="btn" href=paths::partner_order(lang, order.id)>{words::open_order(lang)}</a>
            </div>
            <ul class="cab-slips">{tickets}</ul>
            <Undo lang id=order.id total=order.total until=words::undo_minutes(lang, UNDO_MINUTES) done/>
        </section>
    }
    .into_any()
}

/// One ticket as a strip of a receipt printer holds it: all that somebody without a phone needs on the day.
#[component]
fn Slip(lang: Lang, ticket: TicketView, line: Option<OrderLineView>, number: String, count: usize) -> impl IntoView {
    let code = grouped(&ticket.code);
    let kind = match &line {
        Some(line) => words::slip_kind(lang, &ticket.ticket_type, line.unit_price),
        None => ticket.ticket_type,
    };
    let facts = line.map(|line| {
        let phone = Phone::parse(&line.partner_phone).map_or(line.partner_phone, |phone| phone.pretty());
        view! {
            <p class="text-sm break-words">{words::slip_meeting(lang, line.meeting_text)}</p>
            <p class="text-sm break-words numbers">{words::slip_organiser(lang, line.partner_name, phone)}</p>
        }
    });
    view! {
        <li class="cab-slip">
            <p class="font-bold">{ticket.listing_title}</p>
            <p class="numbers">{when::moment_text(lang, ticket.starts_at)}</p>
            <p class="numbers">{kind}</p>
            <QrCode
                path=ticket.qr_path
                size=ticket.qr_size
                shape_id=format!("sold-{}", ticket.position)
                label=words::qr(lang, &code)
            />
            <p class="ticket-code">{code}</p>
            <p class="text-sm">{words::ticket(lang, ticket.position, count)}</p>
            <p class="text-sm numbers">{words::slip_order(lang, number)}</p>
            {facts}
        </li>
    }
    .into_any()
}
