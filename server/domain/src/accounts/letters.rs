//! What the worker sends: each looked up when it is sent, and nothing that has ended meanwhile.
use super::{
    queries, queries_changes, queries_codes,
    queries_links::{self, Kind, NewLink},
};
use crate::kernel::Ctx;
use jiff::SignedDuration;
use sapar_shared::{Lang, contact::Phone, paths};
use sqlx::PgConnection;
use uuid::Uuid;

/// A link to a new password lasts so long.
const RESET: SignedDuration = SignedDuration::from_hours(2);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterKind {
    /// Confirm the e-mail.
    Confirm,
    /// Somebody signed up with an e-mail that has an account: no link to confirm, but the two ways in.
    HasAccount,
    Reset,
    /// To the old address: somebody wants another one.
    ChangeOld,
    /// To the new address.
    ChangeNew,
    /// To the new address, where none was proven before: nobody else has to agree.
    ChangeAlone,
}

/// A mail about an account.
#[derive(Debug, PartialEq, Eq)]
pub struct Letter {
    pub kind: LetterKind,
    pub lang: Lang,
    pub name: String,
    pub email: String,
    /// The absolute address of its button.
    pub url: String,
}

/// `None`: there is nothing to send any more.
pub async fn letter(conn: &mut PgConnection, ctx: &Ctx, link: Uuid) -> sqlx::Result<Option<Letter>> {
    let now = ctx.now();
    let Some(link) = queries_links::by_id(&mut *conn, link, now).await? else { return Ok(None) };
    let alone = match link.change {
        Some(change) => queries_changes::by_id(conn, change, now).await?.is_some_and(|change| change.old_value.is_none()),
        None => false,
    };
    let token = ctx.keys.link_token(link.id);
    let confirm = paths::confirm(link.lang, &token);
    let (kind, path) = match link.kind {
        Kind::Confirm if link.confirmed => return Ok(None),
        Kind::Confirm if link.taken => (LetterKind::HasAccount, paths::sign_in(link.lang)),
        Kind::Confirm => (LetterKind::Confirm, confirm),
        Kind::Reset => (LetterKind::Reset, paths::reset_to(link.lang, &token)),
        Kind::ChangeOld => (LetterKind::ChangeOld, confirm),
        Kind::ChangeNew if alone => (LetterKind::ChangeAlone, confirm),
        Kind::ChangeNew => (LetterKind::ChangeNew, confirm),
    };
    // Whoever typed somebody else's address must not get words of theirs into that mailbox.
    let proven = matches!(kind, LetterKind::Reset | LetterKind::ChangeOld) && link.confirmed;
    let name = if proven { link.name } else { link.email.clone() };
    Ok(Some(Letter { kind, lang: link.lang, name, email: link.email, url: ctx.url(&path) }))
}

/// Makes the link to a new password, if the e-mail has an account: of the one who has proven it, else the newest. Its id is
/// `request`, so that a job that runs twice makes one. `false`: there is none.
pub async fn open_reset(conn: &mut PgConnection, ctx: &Ctx, request: Uuid, email: &str, lang: Lang) -> sqlx::Result<bool> {
    let (proven, typed) = queries::credentials(&mut *conn, email).await?;
    let Some(known) = proven.or(typed) else { return Ok(false) };
    let (account, now) = (known.account, ctx.now());
    let link = NewLink { id: request, account, kind: Kind::Reset, change: None, email, lang, now, expires_at: now + RESET };
    queries_links::insert(conn, &ctx.keys, &link).await?;
    Ok(true)
}

/// A code and where it goes.
#[derive(Debug, PartialEq, Eq)]
pub struct TextCodeTo {
    pub phone: Phone,
    pub lang: Lang,
    pub code: String,
    /// The number is about to be taken away from its account: the message must say what the code does.
    pub leaving: bool,
}

/// `None`: the number is nobody's, or the code has ended.
pub async fn code_to_text(conn: &mut PgConnection, ctx: &Ctx, code: Uuid) -> sqlx::Result<Option<TextCodeTo>> {
    let Some(to) = queries_codes::to_text(conn, code, ctx.now()).await? else { return Ok(None) };
    let code = ctx.keys.sms_code(code);
    Ok(Phone::parse(&to.phone).map(|phone| TextCodeTo { phone, lang: to.lang, code, leaving: to.leaving }))
}
