//! The mail that tells whoever owns an account what has changed about how one signs in: what, when, from where, and what to do
//! if it was somebody else. It carries no secret.
use crate::{
    clean::one_line,
    letter,
    mail::{Frame, MailBody},
};
use jiff::Timestamp;
use sapar_shared::{Lang, dto::account::SafetyChange, tr::mail as tr, when};

/// A notice; addresses are absolute.
#[derive(Clone, Copy, Debug)]
pub struct Notice<'a> {
    pub change: SafetyChange,
    /// It goes to the e-mail that the account had before.
    pub former: bool,
    pub lang: Lang,
    pub name: &'a str,
    pub email: &'a str,
    pub at: Timestamp,
    /// Empty where it is not known.
    pub device: &'a str,
    /// Leads to a new password.
    pub url: &'a str,
    pub home_url: &'a str,
}

/// Such as "Второй шаг входа выключен".
pub(crate) fn what(lang: Lang, change: SafetyChange) -> &'static str {
    match change {
        SafetyChange::Password => tr::notice_password(lang),
        SafetyChange::StepOn => tr::notice_step_on(lang),
        SafetyChange::StepOff => tr::notice_step_off(lang),
        SafetyChange::RecoveryCodes => tr::notice_recovery(lang),
        SafetyChange::RecoveryCodeUsed => tr::notice_recovery_used(lang),
        SafetyChange::PasskeyAdded => tr::notice_key_added(lang),
        SafetyChange::PasskeyRemoved => tr::notice_key_removed(lang),
        SafetyChange::Phone => tr::notice_phone(lang),
        SafetyChange::Email => tr::notice_email(lang),
    }
}

#[must_use]
pub fn notice(notice: &Notice<'_>) -> MailBody {
    let lang = notice.lang;
    let what = what(lang, notice.change);
    let device = if notice.device.is_empty() { tr::notice_unknown(lang).to_owned() } else { one_line(notice.device) };
    let lead = tr::notice_lead(lang, when::moment_text(lang, notice.at), device);
    // A new password is mailed to the account's own address: who lost that one has a mailbox to look after first.
    let (safe, open, url) = if notice.former {
        (tr::notice_former(lang), tr::account_page(lang), notice.home_url)
    } else {
        (tr::notice_safe(lang), tr::notice_open(lang), notice.url)
    };
    let frame = Frame {
        lang,
        subject: tr::notice_subject(lang, what),
        preview: lead.clone(),
        headline: what.to_owned(),
        hello: tr::hello(lang, one_line(notice.name)),
        order_url: notice.home_url.to_owned(),
        order_page: tr::account_page(lang),
        reason: tr::account_reason(lang, one_line(notice.email)),
        tagline: tr::tagline(lang),
    };
    letter::body(frame, &lead, safe, open, url)
}
