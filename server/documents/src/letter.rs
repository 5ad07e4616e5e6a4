//! Mails about an account: what it is about, one button, what is safe.
use crate::{
    clean::one_line,
    mail::{Frame, MailBody, written},
};
use askama::Template;
use sapar_shared::{Lang, tr::mail as tr};

/// What a letter asks of its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Confirm the e-mail of a new account.
    Confirm,
    /// Sign in: somebody tried to open a second account.
    HasAccount,
    /// Choose a new password.
    Reset,
    /// Agree that the account gets another address than this one.
    ChangeOld,
    /// Confirm this address as an account's new one.
    ChangeNew,
    /// The same, where the account has no address that would have to agree.
    ChangeAlone,
    /// Nothing: the account is erased.
    Erased,
}

/// A letter; addresses are absolute.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    pub about: About,
    pub lang: Lang,
    pub name: &'a str,
    pub email: &'a str,
    /// Where its button leads.
    pub url: &'a str,
    pub home_url: &'a str,
}

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Html<'a> {
    frame: &'a Frame,
    lead: &'a str,
    safe: &'a str,
    open: &'a str,
    url: &'a str,
}

#[derive(Template)]
#[template(path = "mail/letter.txt")]
struct Text<'a> {
    frame: &'a Frame,
    lead: &'a str,
    safe: &'a str,
    open: &'a str,
    url: &'a str,
}

/// Subject, headline, lead, what is safe, the button.
fn words(lang: Lang, about: About) -> [&'static str; 5] {
    type Word = fn(Lang) -> &'static str;
    let words: [Word; 5] = match about {
        About::Confirm => [tr::confirm_subject, tr::confirm_headline, tr::confirm_lead, tr::confirm_safe, tr::confirm_open],
        About::HasAccount => {
            [tr::has_account_subject, tr::has_account_headline, tr::has_account_lead, tr::has_account_safe, tr::has_account_open]
        }
        About::Reset => [tr::reset_subject, tr::reset_headline, tr::reset_lead, tr::reset_safe, tr::reset_open],
        About::ChangeOld => {
            [tr::change_old_subject, tr::change_old_headline, tr::change_old_lead, tr::change_old_safe, tr::change_old_open]
        }
        About::ChangeNew => {
            [tr::change_new_subject, tr::change_new_headline, tr::change_new_lead, tr::change_new_safe, tr::change_new_open]
        }
        About::ChangeAlone => {
            [tr::confirm_subject, tr::confirm_headline, tr::change_alone_lead, tr::change_new_safe, tr::confirm_open]
        }
        About::Erased => [tr::erased_subject, tr::erased_headline, tr::erased_lead, tr::erased_safe, tr::erased_open],
    };
    words.map(|word| word(lang))
}

#[must_use]
pub fn letter(letter: &Letter<'_>) -> MailBody {
    let lang = letter.lang;
    let [subject, headline, lead, safe, open] = words(lang, letter.about);
    let frame = Frame {
        lang,
        subject: subject.to_owned(),
        preview: lead.to_owned(),
        headline: headline.to_owned(),
        hello: tr::hello(lang, one_line(letter.name)),
        order_url: letter.home_url.to_owned(),
        order_page: tr::account_page(lang),
        reason: tr::account_reason(lang, one_line(letter.email)),
        tagline: tr::tagline(lang),
    };
    body(frame, lead, safe, open, letter.url)
}

pub(crate) fn body(frame: Frame, lead: &str, safe: &str, open: &str, url: &str) -> MailBody {
    let html = written(&Html { frame: &frame, lead, safe, open, url });
    let text = written(&Text { frame: &frame, lead, safe, open, url });
    MailBody { subject: frame.subject, html, text }
}
