//! Mails and text messages, in three languages and with hostile names.
#![allow(clippy::unwrap_used)]
mod sample;

use sapar_documents::{
    letter::{About, Letter, letter},
    mail,
    safety::{Notice, notice},
    sms,
    void::{Void, void},
};
use sapar_shared::{Lang, Money, code::grouped, dto::account::SafetyChange};

const HOSTILE: &str = "<script>alert('x')</script> \"&\" {{ name }}";

fn back(lang: Lang, why: mail::Why) -> mail::MailBody {
    mail::money_back(&mail::MoneyBack {
        why,
        lang,
        number: "48217305",
        contact_name: HOSTILE,
        contact_email: "a@example.kz",
        amount: Money::from_tenge(25_000),
        title: "Кольсай\r\nBcc: x@example.kz",
        starts_at: "2026-12-05T01:30:00Z".parse().unwrap(),
        order_url: "https://sapar.kz/ru/orders/T",
        tour_url: "https://sapar.kz/ru/tours/kolsai?a=1&b=\"2",
    })
}

#[test]
fn both_bodies_carry_the_facts_in_every_language() {
    for lang in Lang::ALL {
        let order = sample::order(lang, 5);
        let mail = mail::tickets(&order, &order.order_url);
        assert!(mail.html.contains(&format!("<html lang=\"{lang}\">")));
        for body in [&mail.html, &mail.text] {
            for ticket in &order.tickets {
                for fact in [&ticket.title, &ticket.holder, &grouped(&ticket.code), &ticket.meeting] {
                    assert!(body.contains(fact.as_str()), "{fact} in {body}");
                }
            }
            assert!(body.contains(&order.order_url) && body.contains("62\u{a0}500\u{a0}₸"));
        }
        assert!(mail.subject.contains(&order.tickets[0].title));
        assert!(mail.html.len() < 100_000, "Gmail cuts off what is longer");
    }
}

#[test]
fn fifty_tickets_stay_under_what_gmail_shows() {
    let mail = mail::tickets(&sample::long_order(Lang::Kk, 50), "https://sapar.kz/kk/orders/T");
    assert!(mail.html.len() < 100_000, "{}", mail.html.len());
}

#[test]
fn counts_agree_with_their_nouns() {
    let subject = |lang, count| mail::tickets(&sample::order(lang, count), "u").html;
    for (lang, count, words) in [
        (Lang::Ru, 1, "Билет готов"),
        (Lang::Ru, 3, "3 билета готовы"),
        (Lang::Ru, 11, "11 билетов готовы"),
        (Lang::Kk, 1, "Билетіңіз дайын"),
        (Lang::Kk, 4, "4 билет дайын"),
        (Lang::En, 2, "Your 2 tickets are ready"),
    ] {
        assert!(subject(lang, count).contains(words), "{words}");
    }
}

#[test]
fn tickets_of_several_departures_stand_apart() {
    let mut order = sample::order(Lang::Ru, 4);
    for ticket in &mut order.tickets[2..] {
        ticket.title = "Чарын".to_owned();
    }
    let mail = mail::tickets(&order, "https://sapar.kz/o");
    assert_eq!(mail.subject, "Ваши билеты, заказ 48217305");
    assert_eq!(mail.text.matches("Место встречи").count(), 2);
}

#[test]
fn void_tickets_say_whom_to_ask() {
    for lang in Lang::ALL {
        for amount in [Money::from_tenge(25_000), Money::ZERO] {
            let mail = void(&Void {
                lang,
                number: "48217305",
                contact_name: "",
                contact_email: "a@example.kz",
                amount,
                title: HOSTILE,
                starts_at: "2026-12-05T01:30:00Z".parse().unwrap(),
                partner: "Көлсай\r\nBcc: x@example.kz",
                partner_phone: "+77011234567",
                order_url: "https://sapar.kz/ru/orders/T",
            });
            assert!(mail.subject.contains("48217305") && !mail.subject.contains(['\r', '\n']));
            for body in [&mail.html, &mail.text] {
                assert!(
                    body.contains("+7\u{a0}701\u{a0}123\u{a0}45\u{a0}67") && body.contains("https://sapar.kz/ru/orders/T"),
                    "{body}"
                );
                assert_eq!(body.contains("25\u{a0}000"), amount != Money::ZERO);
                assert!(!body.contains(" !") && !body.contains("Hello ,"), "nobody said a name: {body}");
            }
            assert!(!mail.html.contains("<script>") && mail.text.contains("<script>"));
        }
    }
}

#[test]
fn names_are_escaped_in_html_and_plain_in_text() {
    let mut order = sample::order(Lang::Ru, 1);
    order.contact_name = HOSTILE.to_owned();
    order.tickets[0].holder = HOSTILE.to_owned();
    order.tickets[0].title = format!("{HOSTILE}\r\nBcc: x@example.kz");
    for mail in [mail::tickets(&order, "https://sapar.kz/o?a=1&b=\"2"), back(Lang::Ru, mail::Why::Late)] {
        assert!(!mail.html.contains("<script") && !mail.html.contains("b=\"2"), "{}", mail.html);
        assert!(mail.text.contains("<script>alert('x')</script> \"&\" {{ name }}"), "{}", mail.text);
        assert!(!mail.subject.contains(['\r', '\n']));
    }
}

#[test]
fn money_that_goes_back_is_told_with_its_sum_and_the_reason() {
    for lang in Lang::ALL {
        let [late, cancelled] = [mail::Why::Late, mail::Why::Cancelled].map(|why| back(lang, why));
        for body in [&late, &cancelled].into_iter().flat_map(|mail| [&mail.subject, &mail.html, &mail.text]) {
            assert!(body.contains("25\u{a0}000\u{a0}₸") && body.contains("48217305"), "{body}");
        }
        assert_ne!(late.text, cancelled.text);
    }
}

#[test]
fn messages_keep_to_one_part_where_the_link_allows() {
    for lang in Lang::ALL {
        for count in [1, 2, 50] {
            let short = sms::tickets(&sample::order(lang, count), "https://sapar.kz/o/7K2M9QXA03TB5VWE");
            assert_eq!(sms::parts(&short), 1, "{short}");
            assert!(short.ends_with("/o/7K2M9QXA03TB5VWE"));
            let long = sms::tickets(&sample::order(lang, count), "https://sapar.kz/o/7K2M9QXA03TB5VWE8RNH4YZC7K2M9QXA03TB5V");
            assert!(sms::parts(&long) <= 2, "{long}");
        }
    }
}

#[test]
fn whoever_was_moved_is_told_from_when_to_when() {
    for (lang, days) in [(Lang::Ru, "3 → 5 декабря"), (Lang::Kk, "3 → 5 желтоқсан"), (Lang::En, "3 → 5 December")]
    {
        let order = sample::order(lang, 2);
        let to = order.tickets[0].starts_at;
        let from = to - jiff::SignedDuration::from_hours(48);
        let mail = mail::moved(&order, &order.order_url, (from, to));
        assert!(mail.subject.contains(days) && mail.subject.contains(&order.tickets[0].title), "{}", mail.subject);
        for body in [&mail.html, &mail.text] {
            assert!(body.contains(days) && body.contains(&grouped(&order.tickets[1].code)), "{body}");
        }
        let text = sms::moved(&order, "https://sapar.kz/o/7K2M9QXA03TB5VWE8RNH4YZC7K2M9QXA03TB5V", (from, to));
        assert!(sms::parts(&text) <= 2 && text.contains("/o/7K2M9QXA03TB5VWE"), "{text}");
        assert!(lang != Lang::En || text.is_ascii(), "{text}");
        // What has been moved on since is told of by another message.
        let gone = (from, to + jiff::SignedDuration::from_hours(24));
        assert_eq!(mail::moved(&order, "u", gone), mail::tickets(&order, "u"));
    }
    let order = sample::order(Lang::Ru, 1);
    let to = order.tickets[0].starts_at;
    let subject = |hours| mail::moved(&order, "u", (to - jiff::SignedDuration::from_hours(hours), to)).subject;
    assert!(subject(24 * 7).contains("28 ноября → 5 декабря"), "{}", subject(24 * 7));
    assert!(subject(1).contains("5 декабря, "), "{}", subject(1));
}

#[test]
fn letters_carry_their_link_and_only_their_own_words() {
    let abouts =
        [About::Confirm, About::HasAccount, About::Reset, About::ChangeOld, About::ChangeNew, About::ChangeAlone, About::Erased];
    for lang in Lang::ALL {
        let letters = abouts.map(|about| {
            letter(&Letter {
                about,
                lang,
                name: HOSTILE,
                email: "a@example.kz\r\nBcc: x@example.kz",
                url: "https://sapar.kz/ru/confirm/T?a=1&b=\"2",
                home_url: "https://sapar.kz/ru",
            })
        });
        for body in &letters {
            assert!(!body.html.contains("<script") && !body.html.contains("b=\"2"), "{}", body.html);
            assert!(body.text.contains("https://sapar.kz/ru/confirm/T?a=1&b=\"2"), "{}", body.text);
            assert!(!body.text.contains("\r\nBcc"), "{}", body.text);
        }
        let mut subjects = letters.map(|body| body.subject).to_vec();
        subjects.dedup();
        assert_eq!(subjects.len(), abouts.len());
    }
}

#[test]
fn notices_say_what_when_where_and_what_to_do() {
    for lang in Lang::ALL {
        let mut subjects = Vec::new();
        for (change, former) in SafetyChange::ALL.map(|change| (change, false)).into_iter().chain([(SafetyChange::Email, true)]) {
            let body = notice(&Notice {
                change,
                former,
                lang,
                name: HOSTILE,
                email: "a@example.kz",
                at: "2026-12-05T01:30:00Z".parse().unwrap(),
                device: "Chrome, Android",
                url: "https://sapar.kz/ru/reset",
                home_url: "https://sapar.kz/ru",
            });
            assert!(!body.html.contains("<script"), "{}", body.html);
            for text in [&body.html, &body.text] {
                assert!(text.contains("06:30") && text.contains("Chrome, Android"), "by the clock of Almaty: {text}");
                assert_eq!(text.contains("https://sapar.kz/ru/reset"), !former, "{text}");
            }
            subjects.push(body.subject);
        }
        subjects.sort();
        subjects.dedup();
        assert_eq!(subjects.len(), SafetyChange::ALL.len());
    }
}
