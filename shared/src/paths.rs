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

/// Where the cabinet sends pictures, one a request; see `upload_of_listing`.
pub const UPLOADS: &str = "/cabinet/uploads";

#[must_use]
pub fn upload_of_listing(listing: impl std::fmt::Display) -> String {
    format!("{UPLOADS}?listing={listing}")
}

#[must_use]
pub fn upload_of_logo() -> String {
    format!("{UPLOADS}?purpose=logo")
}

/// Where the cabinet sends a file of tours; see `import_of`.
pub const IMPORTS: &str = "/cabinet/imports";

/// `name` is the file's, percent-encoded.
#[must_use]
pub fn import_of(lang: Lang, name: &str) -> String {
    format!("{IMPORTS}?lang={lang}&name={name}")
}

/// An empty workbook for tours.
#[must_use]
pub fn import_template(lang: Lang) -> String {
    format!("{IMPORTS}/template.xlsx?lang={lang}")
}

/// The file with what is wrong in it marked.
#[must_use]
pub fn import_corrected(lang: Lang, id: impl std::fmt::Display) -> String {
    format!("{IMPORTS}/{id}/corrected.xlsx?lang={lang}")
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

/// Where a company opens its own cabinet.
#[must_use]
pub fn partner_start(lang: Lang) -> String {
    format!("/{lang}/partner/start")
}

#[must_use]
pub fn partner_organisation(lang: Lang) -> String {
    format!("/{lang}/partner/organisation")
}

#[must_use]
pub fn partner_members(lang: Lang) -> String {
    format!("/{lang}/partner/members")
}

/// What an invitation's mail leads to; `token` is its only key.
#[must_use]
pub fn invitation(lang: Lang, token: &str) -> String {
    format!("/{lang}/invitation/{token}")
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

/// How one may sign in other than by password: a code from a message.
#[must_use]
pub fn sign_in_code(lang: Lang) -> String {
    format!("/{lang}/sign-in/code")
}

/// What is asked for after the password, where the account wants it.
#[must_use]
pub fn sign_in_step(lang: Lang) -> String {
    format!("/{lang}/sign-in/step")
}

#[must_use]
pub fn sign_up(lang: Lang) -> String {
    format!("/{lang}/sign-up")
}

/// What a mailed link opens; `token` is its only key.
#[must_use]
pub fn confirm(lang: Lang, token: &str) -> String {
    format!("/{lang}/confirm/{token}")
}

/// A forgotten password.
#[must_use]
pub fn reset(lang: Lang) -> String {
    format!("/{lang}/reset")
}

/// The way to a new one, from a mail.
#[must_use]
pub fn reset_to(lang: Lang, token: &str) -> String {
    format!("/{lang}/reset/{token}")
}

#[must_use]
pub fn my_orders(lang: Lang) -> String {
    format!("/{lang}/me/orders")
}

#[must_use]
pub fn my_profile(lang: Lang) -> String {
    format!("/{lang}/me/profile")
}

/// Password, second step, sessions.
#[must_use]
pub fn my_security(lang: Lang) -> String {
    format!("/{lang}/me/security")
}

/// All one's data, and an end to it.
#[must_use]
pub fn my_data(lang: Lang) -> String {
    format!("/{lang}/me/data")
}

/// Where the password is sent for an archive of all one's data.
pub const MY_DATA_FILE: &str = "/account/data.zip";

/// Imports of tours; `id` opens one of them.
#[must_use]
pub fn partner_import(lang: Lang) -> String {
    format!("/{lang}/partner/import")
}

#[must_use]
pub fn partner_import_of(lang: Lang, id: impl std::fmt::Display) -> String {
    format!("/{lang}/partner/import/{id}")
}

/// The organisation's listings.
#[must_use]
pub fn partner_listings(lang: Lang) -> String {
    format!("/{lang}/partner/listings")
}

#[must_use]
pub fn partner_listing_new(lang: Lang) -> String {
    format!("/{lang}/partner/listings/new")
}

/// The editor of one listing.
#[must_use]
pub fn partner_listing(lang: Lang, id: impl std::fmt::Display) -> String {
    format!("/{lang}/partner/listings/{id}")
}

#[must_use]
pub fn partner_listing_departures(lang: Lang, id: impl std::fmt::Display) -> String {
    format!("/{lang}/partner/listings/{id}/departures")
}

#[must_use]
pub fn partner_listing_preview(lang: Lang, id: impl std::fmt::Display) -> String {
    format!("/{lang}/partner/listings/{id}/preview")
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

/// That something about the organisation's departures, places or passengers changed, as server-sent events.
pub const CABINET_DAY_EVENTS: &str = "/cabinet/day/events";

/// A departure's passengers as a file; `kind` is `csv`, `xlsx` or `pdf`.
#[must_use]
pub fn passengers_file(lang: Lang, departure: impl std::fmt::Display, kind: &str) -> String {
    format!("/cabinet/departures/{departure}/passengers.{kind}?lang={lang}")
}
