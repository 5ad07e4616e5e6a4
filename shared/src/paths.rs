//! Every address of the product that one part prints and another one serves.
use crate::Lang;

#[must_use]
pub fn home(lang: Lang) -> String {
    format!("/{lang}")
}

#[must_use]
pub fn search(lang: Lang) -> String {
    format!("/{lang}/tours")
}

#[must_use]
pub fn tour(lang: Lang, slug: &str) -> String {
    format!("/{lang}/tours/{slug}")
}

/// The parameters by which a tour's page opens on what was searched for: a day as in ISO 8601, a number of people.
pub const DAY: &str = "day";
pub const PEOPLE: &str = "people";

#[must_use]
pub fn checkout(lang: Lang, slug: &str) -> String {
    format!("/{lang}/tours/{slug}/checkout")
}

/// An order's second and third step; `token` is the only key to it.
#[must_use]
pub fn checkout_order(lang: Lang, token: &str) -> String {
    format!("/{lang}/checkout/{token}")
}

/// Tours put aside in this browser.
#[must_use]
pub fn saved(lang: Lang) -> String {
    format!("/{lang}/saved")
}

/// Orders made in this browser.
#[must_use]
pub fn tickets(lang: Lang) -> String {
    format!("/{lang}/tickets")
}

#[must_use]
pub fn me(lang: Lang) -> String {
    format!("/{lang}/me")
}

#[must_use]
pub fn organisation(lang: Lang, slug: &str) -> String {
    format!("/{lang}/partners/{slug}")
}

/// The page of an order; `token` is the only key to it.
#[must_use]
pub fn order(lang: Lang, token: &str) -> String {
    format!("/{lang}/orders/{token}")
}

/// Where the payment page sends the customer back to; it settles before it shows the order.
#[must_use]
pub fn order_return(lang: Lang, token: &str) -> String {
    format!("/{lang}/orders/{token}/return")
}

#[must_use]
pub fn order_pdf(token: &str) -> String {
    format!("/files/orders/{token}/tickets.pdf")
}

#[must_use]
pub fn order_calendar(token: &str) -> String {
    format!("/files/orders/{token}/calendar.ics")
}

/// A ticket as a picture; `position` counts from 1 within the order.
#[must_use]
pub fn ticket_png(token: &str, position: usize) -> String {
    format!("/files/orders/{token}/ticket-{position}.png")
}

#[must_use]
pub fn order_events(token: &str) -> String {
    format!("/orders/{token}/events")
}

/// The short link of an SMS.
#[must_use]
pub fn order_short(token: &str) -> String {
    format!("/o/{token}")
}

/// What a ticket's QR code opens; `signed` is the ticket and departure with their signature.
#[must_use]
pub fn ticket(signed: &str) -> String {
    format!("/t/{signed}")
}

/// A picture in one of its widths.
#[must_use]
pub fn picture(key: &str, width: u32) -> String {
    format!("/files/pictures/{key}-{width}.webp")
}

#[must_use]
pub fn partner(lang: Lang) -> String {
    format!("/{lang}/partner")
}

#[must_use]
pub fn sign_in(lang: Lang) -> String {
    format!("/{lang}/sign-in")
}

#[must_use]
pub fn partner_departure(lang: Lang, id: impl std::fmt::Display) -> String {
    format!("/{lang}/partner/departures/{id}")
}

#[must_use]
pub fn partner_scan(lang: Lang) -> String {
    format!("/{lang}/partner/scan")
}

/// A ticket's card in the cabinet, with the activation button.
#[must_use]
pub fn partner_ticket(lang: Lang, code: &str) -> String {
    format!("/{lang}/partner/tickets/{code}")
}

/// The organisation's orders; the query narrows them.
#[must_use]
pub fn partner_orders(lang: Lang) -> String {
    format!("/{lang}/partner/orders")
}

#[must_use]
pub fn partner_order(lang: Lang, id: impl std::fmt::Display) -> String {
    format!("/{lang}/partner/orders/{id}")
}

/// The sale for cash.
#[must_use]
pub fn partner_sell(lang: Lang) -> String {
    format!("/{lang}/partner/sell")
}

/// News of the organisation's orders, as server-sent events.
pub const CABINET_EVENTS: &str = "/cabinet/events";

/// A departure's passengers as a file; `kind` is `csv`, `xlsx` or `pdf`.
#[must_use]
pub fn passengers_file(lang: Lang, departure: impl std::fmt::Display, kind: &str) -> String {
    format!("/cabinet/departures/{departure}/passengers.{kind}?lang={lang}")
}
