//! Mails about organisations: a few sentences and one button.
use crate::{
    clean::one_line,
    mail::{Frame, MailBody, written},
};
use askama::Template;
use sapar_shared::{
    Lang,
    roles::Role,
    tr::{mail as frame_words, organisation_mail as tr},
    when,
};

#[derive(Template)]
#[template(path = "mail/notice.html")]
struct LetterHtml<'a> {
    frame: &'a Frame,
    paragraphs: &'a [String],
    url: &'a str,
    open: &'a str,
}

#[derive(Template)]
#[template(path = "mail/notice.txt")]
struct LetterText<'a> {
    frame: &'a Frame,
    paragraphs: &'a [String],
    url: &'a str,
    open: &'a str,
}

/// Somebody is invited to be a member.
#[derive(Clone, Copy, Debug)]
pub struct Invitation<'a> {
    pub lang: Lang,
    pub email: &'a str,
    pub organisation: &'a str,
    pub role: Role,
    /// May be empty.
    pub invited_by: &'a str,
    pub expires_at: jiff::Timestamp,
    /// Absolute.
    pub url: &'a str,
    /// Absolute; the front page.
    pub home_url: &'a str,
}

/// An organisation became active.
#[derive(Clone, Copy, Debug)]
pub struct Activation<'a> {
    pub lang: Lang,
    pub email: &'a str,
    pub name: &'a str,
    pub organisation: &'a str,
    /// Absolute; the cabinet.
    pub url: &'a str,
    /// Absolute; the front page.
    pub home_url: &'a str,
}

/// A moderator decided about another name or BIN.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    pub lang: Lang,
    pub email: &'a str,
    pub name: &'a str,
    /// As it is called now.
    pub organisation: &'a str,
    /// What was asked for.
    pub new_name: Option<&'a str>,
    pub new_bin: Option<&'a str>,
    /// Why not; `None` where it was approved.
    pub remark: Option<&'a str>,
    /// Absolute; the organisation's page in the cabinet.
    pub url: &'a str,
    /// Absolute; the front page.
    pub home_url: &'a str,
}

#[must_use]
pub fn invitation(it: &Invitation<'_>) -> MailBody {
    let lang = it.lang;
    let organisation = one_line(it.organisation);
    let role = role(lang, it.role);
    let by = one_line(it.invited_by);
    let lead = if by.is_empty() {
        tr::invitation_lead(lang, &organisation, role)
    } else {
        tr::invitation_lead_by(lang, by, &organisation, role)
    };
    let until = when::day_month(lang, when::local(it.expires_at).date());
    let paragraphs = [lead, tr::invitation_until(lang, it.email, until)];
    let frame = frame(
        lang,
        tr::invitation_subject(lang, &organisation),
        tr::invitation_headline(lang, &organisation),
        tr::hello(lang).to_owned(),
        tr::invitation_reason(lang, one_line(it.email)),
        it.home_url,
    );
    letter(frame, &paragraphs, it.url, tr::invitation_open(lang))
}

#[must_use]
pub fn activation(it: &Activation<'_>) -> MailBody {
    let lang = it.lang;
    let organisation = one_line(it.organisation);
    let paragraphs = [tr::activation_lead(lang, &organisation), tr::activation_next(lang).to_owned()];
    let frame = frame(
        lang,
        tr::activation_subject(lang, &organisation),
        tr::activation_headline(lang).to_owned(),
        frame_words::hello(lang, one_line(it.name)),
        tr::activation_reason(lang, one_line(it.email)),
        it.home_url,
    );
    letter(frame, &paragraphs, it.url, tr::activation_open(lang))
}

#[must_use]
pub fn decision(it: &Decision<'_>) -> MailBody {
    let lang = it.lang;
    let organisation = one_line(it.organisation);
    let asked = [
        it.new_name.map(|name| tr::change_name(lang, one_line(name))),
        it.new_bin.map(|bin| tr::change_bin(lang, one_line(bin))),
    ];
    let mut paragraphs = Vec::new();
    let (subject, headline) = match it.remark {
        None => {
            paragraphs.push(tr::change_approved_lead(lang).to_owned());
            paragraphs.extend(asked.into_iter().flatten());
            paragraphs.extend(it.new_name.map(|_| tr::change_approved_next(lang).to_owned()));
            (tr::change_approved_subject(lang, &organisation), tr::change_approved_headline(lang))
        }
        Some(remark) => {
            paragraphs.push(tr::change_rejected_lead(lang).to_owned());
            paragraphs.extend(asked.into_iter().flatten());
            paragraphs.push(tr::change_rejected_remark(lang, one_line(remark)));
            paragraphs.push(tr::change_rejected_next(lang).to_owned());
            (tr::change_rejected_subject(lang, &organisation), tr::change_rejected_headline(lang))
        }
    };
    let frame = frame(
        lang,
        subject,
        headline.to_owned(),
        frame_words::hello(lang, one_line(it.name)),
        tr::activation_reason(lang, one_line(it.email)),
        it.home_url,
    );
    letter(frame, &paragraphs, it.url, tr::change_open(lang))
}

pub(crate) fn frame(lang: Lang, subject: String, headline: String, hello: String, reason: String, home_url: &str) -> Frame {
    Frame {
        lang,
        // A name with line breaks must not become a header of its own.
        subject: one_line(&subject),
        preview: String::new(),
        headline,
        hello,
        order_url: home_url.to_owned(),
        order_page: tr::home(lang),
        reason,
        tagline: frame_words::tagline(lang),
    }
}

pub(crate) fn letter(frame: Frame, paragraphs: &[String], url: &str, open: &str) -> MailBody {
    let frame = Frame { preview: paragraphs.first().cloned().unwrap_or_default(), ..frame };
    let html = written(&LetterHtml { frame: &frame, paragraphs, url, open });
    let text = written(&LetterText { frame: &frame, paragraphs, url, open });
    MailBody { subject: frame.subject, html, text }
}

fn role(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::Owner => tr::role_owner(lang),
        Role::Manager => tr::role_manager(lang),
        Role::Accountant => tr::role_accountant(lang),
        Role::Seller => tr::role_seller(lang),
        Role::Gate => tr::role_gate(lang),
    }
}
