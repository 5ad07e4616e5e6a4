//! Where to be, how to get there and whom to call.
use crate::{
    site::{order::contents::by_departure, parts::MapLinks},
    ui::{Glyph, Icon},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    contact::Phone,
    dto::order::{OrderLineView, OrderView},
    forms::search::encode,
    tr, when,
};

#[component]
pub fn Meetings(lang: Lang, order: OrderView) -> impl IntoView {
    let number = order.number;
    by_departure(&order.lines)
        .into_iter()
        .filter_map(|group| group.into_iter().next())
        .map(|line| view! { <Meeting lang line number=number.clone()/> })
        .collect_view()
}

#[component]
fn Meeting(lang: Lang, line: OrderLineView, number: String) -> impl IntoView {
    let phone = Phone::parse(&line.partner_phone);
    view! {
        <section class="card card-pad flex flex-col gap-3">
            <h2>{tr::order::meeting(lang)}</h2>
            <p class="font-semibold numbers">{when::moment_text(lang, line.starts_at)}</p>
            <p class="order-fact text-ink">
                <Icon name=Glyph::Pin/>
                <span class="min-w-0">{line.meeting_text}</span>
            </p>
            <MapLinks lang lat_e6=line.meeting_lat_e6 lng_e6=line.meeting_lng_e6/>
            <h3 class="pt-2">{tr::order::organiser(lang)}</h3>
            <p>{line.partner_name}</p>
            {phone.map(|phone| view! { <Calls lang phone number/> })}
        </section>
    }
    .into_any()
}

#[component]
fn Calls(lang: Lang, phone: Phone, number: String) -> impl IntoView {
    let write = format!("https://wa.me/{}?text={}", phone.digits(), encode(&tr::order::whatsapp_text(lang, number)));
    view! {
        <div class="flex flex-wrap gap-2">
            <a class="btn" href=format!("tel:{phone}") rel="external">
                <Icon name=Glyph::Phone/>
                {tr::order::call(lang, phone.pretty())}
            </a>
            <a class="btn" href=write rel="noreferrer external">
                <Icon name=Glyph::Chat/>
                {tr::order::whatsapp(lang)}
            </a>
        </div>
    }
}
