//! Tickets that were sold at a counter are good no more.
use crate::{
    clean::one_line,
    mail::{self, Frame, MailBody},
    organisation::letter,
    sheet,
};
use sapar_shared::{Lang, Money, contact::Phone, tr::mail as tr, when};

/// A sale at the counter that was taken back.
#[derive(Clone, Copy, Debug)]
pub struct Void<'a> {
    pub lang: Lang,
    pub number: &'a str,
    pub contact_name: &'a str,
    pub contact_email: &'a str,
    pub amount: Money,
    pub title: &'a str,
    pub starts_at: jiff::Timestamp,
    pub partner: &'a str,
    pub partner_phone: &'a str,
    /// Absolute address of the order's page.
    pub order_url: &'a str,
}

#[must_use]
pub fn void(it: &Void<'_>) -> MailBody {
    let lang = it.lang;
    let starts = when::local(it.starts_at);
    let date = format!("{}, {}", when::day_month(lang, starts.date()), when::clock(starts));
    let phone = Phone::parse(it.partner_phone).map_or_else(|| one_line(it.partner_phone), |phone| phone.pretty());
    let partner = one_line(it.partner);
    // What was free has nothing to be given back.
    let ask = if it.amount == Money::ZERO {
        tr::void_ask(lang, partner, phone)
    } else {
        tr::void_money(lang, sheet::price(it.amount), partner, phone)
    };
    let paragraphs = [tr::void_lead(lang, one_line(it.title), date), ask];
    let frame = mail::frame(lang, tr::void_subject(lang, it.number), it.contact_name, it.contact_email, it.number, it.order_url);
    letter(Frame { headline: tr::void_headline(lang).to_owned(), ..frame }, &paragraphs, it.order_url, tr::order_page(lang))
}
