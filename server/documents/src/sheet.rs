//! An order in the words of its language, as the template wants it. The template lays out; everything that needs a
//! calendar, a locale or a rule is decided here.
use crate::{DocumentError, clean::for_print};
use jiff::{SignedDuration, Timestamp};
use sapar_shared::{
    Lang, Money, code,
    contact::Phone,
    dto::paper::{OrderPaper, TicketPaper},
    maps, qr,
    tr::{dates, ticket as tr},
    when,
};
use serde::Serialize;
use std::ops::Range;

#[derive(Serialize)]
pub(crate) struct Sheet {
    pub(crate) lang: &'static str,
    pub(crate) title: String,
    pub(crate) number: String,
    /// Empty on a picture, which is for one traveller: the order's link opens everybody's tickets.
    order_url: String,
    labels: Labels,
    tickets: Vec<Card>,
}

#[derive(Serialize)]
struct Labels {
    starts: &'static str,
    ends: &'static str,
    meeting: &'static str,
    map: &'static str,
    organiser: &'static str,
    holder: &'static str,
    ticket_type: &'static str,
    price: &'static str,
    order: &'static str,
    show: &'static str,
    cancellation: &'static str,
    order_page: &'static str,
}

#[derive(Serialize)]
struct Card {
    position: String,
    day: String,
    month: &'static str,
    weekday: String,
    starts: String,
    ends: String,
    title: String,
    meeting: String,
    map_url: String,
    partner: String,
    phone: String,
    phone_url: String,
    holder: String,
    ticket_type: String,
    price: String,
    code: String,
    cancellation: String,
    qr: String,
    qr_size: u32,
    qr_alt: String,
}

impl Sheet {
    pub(crate) fn of(order: &OrderPaper, which: Range<usize>) -> Result<Self, DocumentError> {
        let lang = order.lang;
        let total = order.tickets.len();
        let tickets = order.tickets[which]
            .iter()
            .map(|ticket| Card::of(lang, ticket, total, order.paid_at))
            .collect::<Result<Vec<_>, _>>()?;
        let count = i64::try_from(tickets.len()).unwrap_or(i64::MAX);
        Ok(Self {
            lang: lang.code(),
            title: tr::document_title(lang, count, for_print(&order.number)),
            number: for_print(&order.number),
            order_url: order.order_url.clone(),
            labels: Labels::of(lang),
            tickets,
        })
    }

    pub(crate) fn without_order_link(self) -> Self {
        Self { order_url: String::new(), ..self }
    }

    pub(crate) const fn pages(&self) -> usize {
        self.tickets.len()
    }
}

impl Labels {
    fn of(lang: Lang) -> Self {
        Self {
            starts: tr::starts(lang),
            ends: tr::ends(lang),
            meeting: tr::meeting(lang),
            map: tr::map(lang),
            organiser: tr::organiser(lang),
            holder: tr::holder(lang),
            ticket_type: tr::ticket_type(lang),
            price: tr::price(lang),
            order: tr::order(lang),
            show: tr::show(lang),
            cancellation: tr::cancellation(lang),
            order_page: tr::order_page(lang),
        }
    }
}

impl Card {
    fn of(lang: Lang, ticket: &TicketPaper, total: usize, paid_at: Option<Timestamp>) -> Result<Self, DocumentError> {
        let starts = when::local(ticket.starts_at);
        let (path, size) = qr::path(&ticket.qr_url).ok_or(DocumentError::QrTooLong(ticket.qr_url.len()))?;
        let grouped = code::grouped(&ticket.code);
        let phone = Phone::parse(&ticket.partner_phone);
        Ok(Self {
            position: if total > 1 { tr::position(lang, ticket.position, total) } else { tr::single(lang).to_owned() },
            day: starts.day().to_string(),
            month: month(lang, starts.month()),
            weekday: format!("{}, {}", when::weekday_long(lang, starts.weekday()), starts.year()),
            starts: when::clock(starts),
            ends: ends(lang, ticket),
            title: for_print(&ticket.title),
            meeting: for_print(&ticket.meeting),
            map_url: maps::two_gis(ticket.meeting_lat_e6, ticket.meeting_lng_e6),
            partner: for_print(&ticket.partner_name),
            phone: phone.as_ref().map_or_else(|| for_print(&ticket.partner_phone), Phone::pretty),
            phone_url: phone.map_or_else(String::new, |phone| format!("tel:{phone}")),
            holder: for_print(&ticket.holder),
            ticket_type: for_print(&ticket.ticket_type),
            price: price(ticket.price),
            cancellation: cancellation(lang, ticket, paid_at),
            qr_alt: tr::qr(lang, &grouped),
            qr: format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\"><path d=\"{path}\"/></svg>"),
            qr_size: size,
            code: grouped,
        })
    }
}

/// In the form that follows a day's number.
fn month(lang: Lang, month: i8) -> &'static str {
    dates::months(lang).split(',').nth(usize::try_from(month - 1).unwrap_or(0)).unwrap_or_default()
}

/// The thin space is too thin beside wide figures, and missing from many mail programs' fonts.
pub(crate) fn price(amount: Money) -> String {
    amount.to_string().replace('\u{202f}', "\u{a0}")
}

/// The time alone when the tour ends on the day it starts.
pub(crate) fn ends(lang: Lang, ticket: &TicketPaper) -> String {
    let (starts, ends) = (when::local(ticket.starts_at), when::local(ticket.ends_at));
    if starts.date() == ends.date() {
        when::clock(ends)
    } else {
        format!("{}, {}", when::day_month(lang, ends.date()), when::clock(ends))
    }
}

/// The rule of cancellation as a moment: nobody wants to subtract hours from a date. What was over when it was paid is no
/// promise.
pub(crate) fn cancellation(lang: Lang, ticket: &TicketPaper, paid_at: Option<Timestamp>) -> String {
    match last_free_moment(ticket) {
        None => tr::no_free_cancel(lang).to_owned(),
        Some(at) if paid_at.is_some_and(|paid_at| at < paid_at) => tr::free_cancel_over(lang).to_owned(),
        Some(at) => {
            let at = when::local(at);
            tr::free_cancel(lang, format_args!("{}, {}", when::day_month(lang, at.date()), when::clock(at)))
        }
    }
}

fn last_free_moment(ticket: &TicketPaper) -> Option<Timestamp> {
    if ticket.free_cancel_hours <= 0 {
        return None;
    }
    ticket.starts_at.checked_sub(SignedDuration::from_hours(ticket.free_cancel_hours.into())).ok()
}
