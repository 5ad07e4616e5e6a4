//! Where to be, how to get there and whom to call.
use crate::{
    site::order::contents::by_departure,
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

/// Millionths of a degree as maps want them: `43.238949`.
#[must_use]
pub fn degrees(e6: i32) -> String {
    let sign = if e6 < 0 { "-" } else { "" };
    let e6 = e6.unsigned_abs();
    format!("{sign}{}.{:06}", e6 / 1_000_000, e6 % 1_000_000)
}

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
    let (lat, lng) = (degrees(line.meeting_lat_e6), degrees(line.meeting_lng_e6));
    let maps = [
        (format!("https://2gis.kz/geo/{lng},{lat}"), tr::tour::open_2gis(lang)),
        (format!("https://www.openstreetmap.org/?mlat={lat}&mlon={lng}#map=17/{lat}/{lng}"), tr::tour::open_osm(lang)),
        (format!("geo:{lat},{lng}?q={lat},{lng}"), tr::tour::open_geo(lang)),
    ];
    let maps = maps.map(|(href, name)| view! { <a class="btn" href=href rel="noreferrer external">{name}</a> }).collect_view();
    let phone = Phone::parse(&line.partner_phone);
    view! {
        <section class="card card-pad flex flex-col gap-3">
            <h2>{tr::order::meeting(lang)}</h2>
            <p class="font-semibold numbers">{when::moment_text(lang, line.starts_at)}</p>
            <p class="order-fact text-ink">
                <Icon name=Glyph::Pin/>
                <span class="min-w-0">{line.meeting_text}</span>
            </p>
            <div class="flex flex-wrap gap-2">{maps}</div>
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
                <Icon name=Glyph::Speech/>
                {tr::order::whatsapp(lang)}
            </a>
        </div>
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn degrees_keep_their_zeros() {
        assert_eq!(super::degrees(43_038_049), "43.038049");
        assert_eq!(super::degrees(-500_000), "-0.500000");
    }
}
