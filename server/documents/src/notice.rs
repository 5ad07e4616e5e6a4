//! Mails about what happened to an organisation, for whoever must know of it though they may not have done it.
use crate::{
    clean::one_line,
    mail::MailBody,
    organisation::{frame, letter},
};
use sapar_shared::{
    Lang,
    tr::{mail as frame_words, organisation_mail as tr},
};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened<'a> {
    /// To the old owner; who has it now may be empty.
    HandedOver(&'a str),
    /// To the new owner; who had it may be empty.
    TakenOver(&'a str),
    /// Money goes to another account, that ends so.
    PayoutAccount(&'a str),
    /// Money goes to another card, that ends so.
    PayoutCard(&'a str),
    /// With the moderator's remark.
    Blocked(&'a str),
    ActiveAgain,
    /// To whoever was a member.
    Removed,
}

#[derive(Clone, Copy, Debug)]
pub struct Notice<'a> {
    pub lang: Lang,
    pub email: &'a str,
    pub name: &'a str,
    pub organisation: &'a str,
    pub happened: Happened<'a>,
    /// Absolute.
    pub url: &'a str,
    /// Absolute; the front page.
    pub home_url: &'a str,
}

#[must_use]
pub fn notice(it: &Notice<'_>) -> MailBody {
    let lang = it.lang;
    let organisation = one_line(it.organisation);
    let (subject, headline, paragraphs) = words(lang, &organisation, it.happened);
    let email = one_line(it.email);
    let reason = match it.happened {
        Happened::HandedOver(_) | Happened::Removed => tr::notice_reason_member(lang, email),
        _ => tr::activation_reason(lang, email),
    };
    let open = match it.happened {
        Happened::HandedOver(_) | Happened::TakenOver(_) => tr::notice_open_members(lang),
        Happened::Removed => tr::notice_open_home(lang),
        _ => tr::change_open(lang),
    };
    let hello = frame_words::hello(lang, one_line(it.name));
    letter(frame(lang, subject, headline.to_owned(), hello, reason, it.home_url), &paragraphs, it.url, open)
}

/// Subject, headline and sentences.
fn words(lang: Lang, organisation: &str, happened: Happened<'_>) -> (String, &'static str, Vec<String>) {
    match happened {
        Happened::HandedOver(to) => {
            let to = one_line(to);
            let lead = if to.is_empty() {
                tr::handed_over_lead(lang, organisation)
            } else {
                tr::handed_over_lead_to(lang, organisation, to)
            };
            let paragraphs = vec![lead, tr::handed_over_next(lang).to_owned()];
            (tr::handed_over_subject(lang, organisation), tr::handed_over_headline(lang), paragraphs)
        }
        Happened::TakenOver(from) => {
            let from = one_line(from);
            let lead = if from.is_empty() {
                tr::taken_over_lead(lang, organisation)
            } else {
                tr::taken_over_lead_from(lang, from, organisation)
            };
            let paragraphs = vec![lead, tr::taken_over_next(lang).to_owned()];
            (tr::taken_over_subject(lang, organisation), tr::taken_over_headline(lang), paragraphs)
        }
        Happened::PayoutAccount(end) => {
            let paragraphs = vec![tr::payout_account_lead(lang, organisation, one_line(end)), tr::payout_next(lang).to_owned()];
            (tr::payout_subject(lang, organisation), tr::payout_headline(lang), paragraphs)
        }
        Happened::PayoutCard(end) => {
            let paragraphs = vec![tr::payout_card_lead(lang, organisation, one_line(end)), tr::payout_next(lang).to_owned()];
            (tr::payout_subject(lang, organisation), tr::payout_headline(lang), paragraphs)
        }
        Happened::Blocked(remark) => {
            let paragraphs = vec![
                tr::blocked_lead(lang, organisation),
                tr::blocked_remark(lang, one_line(remark)),
                tr::blocked_next(lang).to_owned(),
            ];
            (tr::blocked_subject(lang, organisation), tr::blocked_headline(lang), paragraphs)
        }
        Happened::ActiveAgain => {
            let paragraphs = vec![tr::active_again_lead(lang, organisation), tr::active_again_next(lang).to_owned()];
            (tr::active_again_subject(lang, organisation), tr::active_again_headline(lang), paragraphs)
        }
        Happened::Removed => {
            let paragraphs = vec![tr::removed_lead(lang, organisation), tr::removed_next(lang).to_owned()];
            (tr::removed_subject(lang, organisation), tr::removed_headline(lang), paragraphs)
        }
    }
}
