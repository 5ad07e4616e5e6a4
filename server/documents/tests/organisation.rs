//! Mails about organisations, in three languages and with hostile names.
#![allow(clippy::unwrap_used)]
use sapar_documents::{
    mail::MailBody,
    notice::{Happened, Notice, notice},
    organisation::{Activation, Decision, Invitation, activation, decision, invitation},
};
use sapar_shared::{Lang, roles::Role};

const HOSTILE: &str = "<script>alert('x')</script>\r\nBcc: x@example.kz";

fn invited(lang: Lang, organisation: &str, invited_by: &str) -> sapar_documents::mail::MailBody {
    invitation(&Invitation {
        lang,
        email: "gate@example.kz",
        organisation,
        role: Role::Gate,
        invited_by,
        expires_at: "2026-11-29T04:00:00Z".parse().unwrap(),
        url: "https://sapar.kz/kk/invitation/7K2M9QXA03TB",
        home_url: "https://sapar.kz/kk",
    })
}

#[test]
fn both_bodies_carry_link_and_names() {
    for lang in Lang::ALL {
        let mail = invited(lang, "Көлсай Тур", "Дәурен");
        for body in [&mail.html, &mail.text] {
            for fact in ["https://sapar.kz/kk/invitation/7K2M9QXA03TB", "Көлсай Тур", "Дәурен", "gate@example.kz", "29"]
            {
                assert!(body.contains(fact), "{fact} in {body}");
            }
        }
        assert!(!invited(lang, "Көлсай Тур", "").text.contains("Дәурен"));
        let mail = activation(&Activation {
            lang,
            email: "owner@example.kz",
            name: "Дәурен",
            organisation: "Көлсай Тур",
            url: "https://sapar.kz/ru/partner",
            home_url: "https://sapar.kz/ru",
        });
        assert!(mail.text.contains("https://sapar.kz/ru/partner") && mail.html.contains("Көлсай Тур"));
    }
}

fn decided(lang: Lang, organisation: &str, remark: Option<&str>) -> sapar_documents::mail::MailBody {
    decision(&Decision {
        lang,
        email: "owner@example.kz",
        name: "Дәурен",
        organisation,
        new_name: Some("Тау Тур"),
        new_bin: remark.map(|_| "940140000385"),
        remark,
        url: "https://sapar.kz/ru/partner/organisation",
        home_url: "https://sapar.kz/ru",
    })
}

#[test]
fn a_decision_says_what_was_asked_and_why_not() {
    for lang in Lang::ALL {
        let (yes, no) = (decided(lang, "Көлсай Тур", None), decided(lang, "Көлсай Тур", Some("Пришлите приказ")));
        assert_ne!(yes.subject, no.subject);
        for body in [&yes.html, &yes.text, &no.html, &no.text] {
            assert!(body.contains("Тау Тур") && body.contains("https://sapar.kz/ru/partner/organisation"), "{body}");
        }
        assert!(!yes.text.contains("940140000385") && no.text.contains("940140000385"));
        assert!(no.html.contains("Пришлите приказ") && no.text.contains("Пришлите приказ"));
    }
    let mail = decided(Lang::Ru, HOSTILE, Some(HOSTILE));
    assert!(!mail.subject.contains(['\r', '\n']) && !mail.html.contains("<script"), "{}", mail.html);
}

#[test]
fn a_name_is_no_header_and_no_script() {
    let mail = invited(Lang::Ru, HOSTILE, HOSTILE);
    assert!(!mail.subject.contains(['\r', '\n']));
    assert!(!mail.html.contains("<script"), "{}", mail.html);
}

fn told<'a>(lang: Lang, organisation: &'a str, happened: Happened<'a>) -> MailBody {
    notice(&Notice {
        lang,
        email: "owner@example.kz",
        name: "Дәурен",
        organisation,
        happened,
        url: "https://sapar.kz/ru/partner/organisation",
        home_url: "https://sapar.kz/ru",
    })
}

#[test]
fn a_notice_says_what_happened_to_which_organisation() {
    let all = [
        (Happened::HandedOver("Әсем"), "Әсем"),
        (Happened::HandedOver(""), "Көлсай Тур"),
        (Happened::TakenOver("Әсем"), "Әсем"),
        (Happened::TakenOver(""), "Көлсай Тур"),
        (Happened::PayoutAccount("0100"), "0100"),
        (Happened::PayoutCard("1234"), "1234"),
        (Happened::Blocked("Пришлите лицензию"), "Пришлите лицензию"),
        (Happened::ActiveAgain, "Көлсай Тур"),
        (Happened::Removed, "Көлсай Тур"),
    ];
    for lang in Lang::ALL {
        for (happened, fact) in all {
            let mail = told(lang, "Көлсай Тур", happened);
            assert!(mail.subject.contains("Көлсай Тур"), "{}", mail.subject);
            for body in [&mail.html, &mail.text] {
                for fact in [fact, "Көлсай Тур", "owner@example.kz", "https://sapar.kz/ru/partner/organisation"] {
                    assert!(body.contains(fact), "{happened:?}: {fact} in {body}");
                }
            }
        }
    }
    for happened in [Happened::HandedOver(HOSTILE), Happened::TakenOver(HOSTILE), Happened::Blocked(HOSTILE), Happened::Removed] {
        let mail = told(Lang::Ru, HOSTILE, happened);
        assert!(!mail.subject.contains(['\r', '\n']) && !mail.html.contains("<script"), "{}", mail.html);
    }
}
