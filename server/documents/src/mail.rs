//! Mails: HTML of tables with inline styles (what mail programs understand) and the same in plain text. Askama escapes
//! the HTML; the words come from `shared/locales`.
use crate::{clean::one_line, moves, sheet};
use askama::Template;
use jiff::Timestamp;
use sapar_shared::{
    Lang, Money, code,
    contact::Phone,
    dto::paper::{OrderPaper, TicketPaper},
    maps,
    tr::{dates, mail as tr, organisation_mail, ticket},
    when,
};

/// A mail but for its addresses and attachments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailBody {
    /// One line, fit for a header.
    pub subject: String,
    pub html: String,
    pub text: String,
}

/// Why money goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It arrived after the hold had ended and the places were gone.
    Late,
    /// The customer cancelled in time.
    Cancelled,
}

/// What is told when an order's money goes back.
#[derive(Clone, Copy, Debug)]
pub struct MoneyBack<'a> {
    pub why: Why,
    pub lang: Lang,
    pub number: &'a str,
    pub contact_name: &'a str,
    pub contact_email: &'a str,
    /// All that came, all of which goes back.
    pub amount: Money,
    /// The first line's tour.
    pub title: &'a str,
    pub starts_at: Timestamp,
    /// Absolute address of the order's page.
    pub order_url: &'a str,
    /// Absolute address of the tour's page or of the search, to choose another date.
    pub tour_url: &'a str,
}

/// What every mail has around its own words.
pub(crate) struct Frame {
    pub(crate) lang: Lang,
    pub(crate) subject: String,
    /// The line that mail programs show after the subject.
    pub(crate) preview: String,
    pub(crate) headline: String,
    pub(crate) hello: String,
    pub(crate) order_url: String,
    pub(crate) order_page: &'static str,
    pub(crate) reason: String,
    pub(crate) tagline: &'static str,
}

struct Labels {
    when: &'static str,
    meeting: &'static str,
    map: &'static str,
    organiser: &'static str,
    cancellation: &'static str,
    paid: &'static str,
    on_the_spot: &'static str,
}

/// The tickets of one departure.
struct Tour {
    day: i8,
    month: &'static str,
    hours: String,
    title: String,
    meeting: String,
    map_url: String,
    partner: String,
    phone: String,
    phone_url: String,
    cancellation: String,
    list: String,
    seats: Vec<Seat>,
}

struct Seat {
    holder: String,
    kind: String,
    code: String,
}

#[derive(Template)]
#[template(path = "mail/tickets.html")]
struct TicketsHtml<'a> {
    frame: &'a Frame,
    labels: &'a Labels,
    lead: &'a str,
    open: &'a str,
    tours: &'a [Tour],
    total: &'a str,
}

#[derive(Template)]
#[template(path = "mail/tickets.txt")]
struct TicketsText<'a> {
    frame: &'a Frame,
    labels: &'a Labels,
    lead: &'a str,
    open: &'a str,
    tours: &'a [Tour],
    total: &'a str,
}

#[derive(Template)]
#[template(path = "mail/back.html")]
struct BackHtml<'a> {
    frame: &'a Frame,
    lead: &'a str,
    safe: &'a str,
    next: &'a str,
    open: &'a str,
    tour_url: &'a str,
}

#[derive(Template)]
#[template(path = "mail/back.txt")]
struct BackText<'a> {
    frame: &'a Frame,
    lead: &'a str,
    safe: &'a str,
    next: &'a str,
    open: &'a str,
    tour_url: &'a str,
}

/// The tickets are ready; the PDF goes with it as an attachment. `order_url` is the absolute address of the order's page.
#[must_use]
pub fn tickets(order: &OrderPaper, order_url: &str) -> MailBody {
    let (lang, count) = (order.lang, number(order.tickets.len()));
    let tours = tours(order);
    let subject = tickets_subject(order, &tours, count);
    with_tickets(order, order_url, &tours, subject, tr::tickets_headline(lang, count), tr::tickets_lead(lang, count))
}

/// The order's departure was moved, from the first moment to the second, and these are its new tickets. What was moved once
/// more since is told of by a mail of its own.
#[must_use]
pub fn moved(order: &OrderPaper, order_url: &str, (from, to): (Timestamp, Timestamp)) -> MailBody {
    let lang = order.lang;
    let Some(ticket) = order.tickets.iter().find(|ticket| ticket.starts_at == to) else { return tickets(order, order_url) };
    let headline = tr::moved_headline(lang, moves::days(lang, from, to));
    let subject = tr::moved_subject(lang, &headline, one_line(&ticket.title));
    let count = number(order.tickets.len());
    let lead = tr::moved_lead(lang, count, one_line(&ticket.title), moves::moment(lang, from), moves::moment(lang, to));
    with_tickets(order, order_url, &tours(order), subject, headline, lead)
}

fn with_tickets(
    order: &OrderPaper,
    order_url: &str,
    tours: &[Tour],
    subject: String,
    headline: String,
    lead: String,
) -> MailBody {
    let (lang, count) = (order.lang, number(order.tickets.len()));
    let frame = Frame {
        preview: lead.clone(),
        headline,
        ..frame(lang, subject, &order.contact_name, &order.contact_email, &order.number, order_url)
    };
    let labels = Labels::of(lang);
    let open = tr::tickets_open(lang, count);
    let total = sheet::price(order.total);
    let html = TicketsHtml { frame: &frame, labels: &labels, lead: &lead, open: &open, tours, total: &total };
    let text = TicketsText { frame: &frame, labels: &labels, lead: &lead, open: &open, tours, total: &total };
    MailBody { html: written(&html), text: written(&text), subject: frame.subject }
}

/// An order's money is going back.
#[must_use]
pub fn money_back(back: &MoneyBack<'_>) -> MailBody {
    let lang = back.lang;
    let subject = tr::back_subject(lang, sheet::price(back.amount), back.number);
    let starts = when::local(back.starts_at);
    let date = format!("{}, {}", when::day_month(lang, starts.date()), when::clock(starts));
    let safe = tr::back_safe(lang, sheet::price(back.amount));
    let frame = Frame {
        preview: safe.clone(),
        headline: tr::back_headline(lang).to_owned(),
        ..frame(lang, subject, back.contact_name, back.contact_email, back.number, back.order_url)
    };
    let title = one_line(back.title);
    let lead = match back.why {
        Why::Late => tr::late_lead(lang, title, date),
        Why::Cancelled => tr::cancelled_lead(lang, title, date),
    };
    let (next, open) = (tr::back_next(lang), tr::back_open(lang));
    let html = BackHtml { frame: &frame, lead: &lead, safe: &safe, next, open, tour_url: back.tour_url };
    let text = BackText { frame: &frame, lead: &lead, safe: &safe, next, open, tour_url: back.tour_url };
    MailBody { html: written(&html), text: written(&text), subject: frame.subject }
}

pub(crate) fn written(template: &impl Template) -> String {
    template.render().expect("a String takes whatever is written into it")
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

pub(crate) fn frame(lang: Lang, subject: String, name: &str, email: &str, order: &str, order_url: &str) -> Frame {
    Frame {
        lang,
        // A title with line breaks must not become a header of its own.
        subject: one_line(&subject),
        preview: String::new(),
        headline: String::new(),
        hello: hello(lang, &one_line(name)),
        order_url: order_url.to_owned(),
        order_page: tr::order_page(lang),
        reason: tr::reason(lang, one_line(email), one_line(order)),
        tagline: tr::tagline(lang),
    }
}

/// At the counter nobody has to say their name.
fn hello(lang: Lang, name: &str) -> String {
    if name.is_empty() { organisation_mail::hello(lang).to_owned() } else { tr::hello(lang, name) }
}

fn tickets_subject(order: &OrderPaper, tours: &[Tour], count: i64) -> String {
    match (tours, order.tickets.first()) {
        ([tour], Some(first)) => {
            let date = when::day_month(order.lang, when::local(first.starts_at).date());
            tr::tickets_subject(order.lang, count, &tour.title, date)
        }
        _ => tr::tickets_subject_several(order.lang, &order.number),
    }
}

impl Labels {
    fn of(lang: Lang) -> Self {
        Self {
            when: tr::when(lang),
            meeting: ticket::meeting(lang),
            map: ticket::map(lang),
            organiser: ticket::organiser(lang),
            cancellation: ticket::cancellation(lang),
            paid: tr::paid(lang),
            on_the_spot: tr::on_the_spot(lang),
        }
    }
}

/// One entry a departure, in the order of the tickets' positions.
fn tours(order: &OrderPaper) -> Vec<Tour> {
    let same = |a: &TicketPaper, b: &TicketPaper| a.title == b.title && a.starts_at == b.starts_at && a.meeting == b.meeting;
    order.tickets.chunk_by(same).filter_map(|group| Some(Tour::of(order, group.first()?, group))).collect()
}

impl Tour {
    fn of(order: &OrderPaper, first: &TicketPaper, group: &[TicketPaper]) -> Self {
        let lang = order.lang;
        let starts = when::local(first.starts_at);
        let phone = Phone::parse(&first.partner_phone);
        Self {
            day: starts.day(),
            month: dates::months(lang).split(',').nth(usize::try_from(starts.month() - 1).unwrap_or(0)).unwrap_or_default(),
            hours: hours(lang, first),
            title: one_line(&first.title),
            meeting: one_line(&first.meeting),
            map_url: maps::two_gis(first.meeting_lat_e6, first.meeting_lng_e6),
            partner: one_line(&first.partner_name),
            phone: phone.as_ref().map_or_else(|| one_line(&first.partner_phone), Phone::pretty),
            phone_url: phone.map_or_else(String::new, |phone| format!("tel:{phone}")),
            cancellation: sheet::cancellation(lang, first, order.paid_at),
            list: tr::tickets_list(lang, number(group.len())),
            seats: group.iter().map(Seat::of).collect(),
        }
    }
}

impl Seat {
    fn of(ticket: &TicketPaper) -> Self {
        Self {
            holder: one_line(&ticket.holder),
            kind: format!("{} · {}", one_line(&ticket.ticket_type), sheet::price(ticket.price)),
            code: code::grouped(&ticket.code),
        }
    }
}

/// `суббота, 06:30–22:30`; with the day of the end when that is another one.
fn hours(lang: Lang, ticket: &TicketPaper) -> String {
    let (starts, ends) = (when::local(ticket.starts_at), when::local(ticket.ends_at));
    let dash = if starts.date() == ends.date() { "–" } else { " – " };
    format!("{}, {}{dash}{}", when::weekday_long(lang, starts.weekday()), when::clock(starts), sheet::ends(lang, ticket))
}
