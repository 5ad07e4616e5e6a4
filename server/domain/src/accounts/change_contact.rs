//! Another e-mail or number. Both sides agree, the old one and the new one; nothing changes before.
use super::{
    AccountError, Actor, NewSession,
    jobs::{JoinOrders, MailLink},
    notices,
    prove::prove_password,
    queries_account,
    queries_changes::{self as queries, Change, EMAIL, PHONE},
    queries_codes,
    queries_links::{self, Kind, Link, NewLink},
    session,
    sign_in_code::{is_right, read_phone, write_code},
    sign_up::LINK,
    tries::{self, Tries},
};
use crate::kernel::{Ctx, db::OnConstraint as _, jobs};
use jiff::{SignedDuration, Timestamp};
use sapar_shared::{
    Lang,
    contact::Email,
    dto::account::Channel,
    forms::{FieldError, FieldErrors},
    ids::AccountId,
};
use sqlx::{Connection as _, PgConnection};
use uuid::Uuid;

/// A wish for another number lasts so long, if no code is asked for meanwhile. Longer than a code: whoever has none left may wait
/// for the next.
pub(super) const WISH: SignedDuration = SignedDuration::from_hours(1);

/// Each code has few tries of its own, and a number gets few codes; this is the brake on all of an account's.
pub(super) fn code_tries(account: AccountId, address: &str) -> Tries {
    Tries::of(&format!("codes of {account}"), address)
}

fn wrong(field: &str, error: FieldError) -> AccountError {
    AccountError::Form(FieldErrors::from([(field.to_owned(), error)]))
}

/// Mails a link to the new address and, where the old one is proven, to that one. The caller opens no transaction.
pub async fn begin_email_change(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    lang: Lang,
    email: &str,
    password: &str,
    address: &str,
) -> Result<(), AccountError> {
    let account = actor.person()?;
    let missing = if email.trim().is_empty() { FieldError::Missing } else { FieldError::Email };
    let email = Email::parse(email).ok_or_else(|| wrong("email", missing))?.as_str().to_lowercase();
    let now = ctx.now();
    let known = queries_account::contacts(&mut *conn, account).await?;
    prove_password(&mut *conn, ctx, account, &known, password, address).await?;
    if email == known.email {
        return Err(wrong("email", FieldError::Same));
    }
    tries::may_mail(&mut *conn, now, address, &email).await?;
    let mut tx = conn.begin().await?;
    queries_account::lock(&mut tx, account).await?;
    let change = ctx.id();
    let old = known.email_confirmed.then_some(known.email.as_str());
    queries::replace(&mut tx, change, account, EMAIL, old, &email, now, now + LINK).await?;
    let sides = [(Kind::ChangeNew, Some(email.as_str())), (Kind::ChangeOld, old)];
    for (kind, to) in sides {
        if let Some(to) = to {
            mail_side(&mut tx, ctx, account, kind, change, to, lang).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

pub(super) async fn mail_side(
    conn: &mut PgConnection,
    ctx: &Ctx,
    account: AccountId,
    kind: Kind,
    change: Uuid,
    email: &str,
    lang: Lang,
) -> sqlx::Result<()> {
    let (id, now) = (ctx.id(), ctx.now());
    let link = NewLink { id, account, kind, change: Some(change), email, lang, now, expires_at: now + LINK };
    queries_links::insert(&mut *conn, &ctx.keys, &link).await?;
    jobs::enqueue(conn, ctx, &MailLink { link: id }, now).await
}

/// The change that a link agrees to.
pub(super) async fn of_link(conn: &mut PgConnection, link: &Link, now: Timestamp) -> Result<Change, AccountError> {
    let change = link.change.ok_or(AccountError::Over)?;
    queries::by_id(conn, change, now).await?.ok_or(AccountError::Over)
}

/// `true`: that was the second side, and the account has another address now.
pub(super) async fn agree_by_link(conn: &mut PgConnection, ctx: &Ctx, token: &str) -> Result<bool, AccountError> {
    let now = ctx.now();
    let link = queries_links::lock_by_token(&mut *conn, token, now).await?.ok_or(AccountError::Over)?;
    let id = link.change.ok_or(AccountError::Over)?;
    let old = link.kind == Kind::ChangeOld;
    queries::lock_by_id(&mut *conn, id, now).await?.ok_or(AccountError::Over)?;
    queries::set_agreed(&mut *conn, id, old, !old, now).await?;
    queries_links::set_used(&mut *conn, link.id, now).await?;
    let change = queries::by_id(&mut *conn, id, now).await?.ok_or(AccountError::Over)?;
    if !change.agreed() {
        return Ok(false);
    }
    queries_account::set_email(&mut *conn, link.account, &change.new_value, now)
        .await
        .on_constraint("accounts_email_unique", || AccountError::Taken)?;
    queries::delete(&mut *conn, link.account, EMAIL).await?;
    jobs::enqueue(conn, ctx, &JoinOrders { account: link.account, cause: id }, now).await?;
    Ok(true)
}

/// Sends a code to the number and, where another one is proven, to that one. The number that was given at sign-up needs no
/// password, any other does. The caller opens no transaction.
pub async fn begin_phone_change(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    lang: Lang,
    phone: &str,
    password: &str,
    address: &str,
) -> Result<(), AccountError> {
    let account = actor.person()?;
    let phone = read_phone(phone)?;
    let now = ctx.now();
    let known = queries_account::contacts(&mut *conn, account).await?;
    let same = known.phone.as_deref() == Some(phone.as_str());
    if same && known.phone_confirmed {
        return Err(wrong("phone", FieldError::Same));
    }
    if !same {
        prove_password(&mut *conn, ctx, account, &known, password, address).await?;
    }
    tries::may_text(&mut *conn, now, address).await?;
    let mut tx = conn.begin().await?;
    queries_account::lock(&mut tx, account).await?;
    let change = ctx.id();
    let old = known.phone.filter(|_| known.phone_confirmed);
    queries::replace(&mut tx, change, account, PHONE, old.as_deref(), phone.as_str(), now, now + WISH).await?;
    write_code(&mut tx, ctx, phone.as_str(), Some(change), lang).await?;
    if let Some(old) = &old {
        write_code(&mut tx, ctx, old, Some(change), lang).await?;
    }
    code_tries(account, address).begin_anew(&mut tx, now).await?;
    tx.commit().await?;
    Ok(())
}

/// The codes of both numbers; without an old one `old_code` is not looked at. A side that has agreed need not again. `Over`: a
/// code has no tries or time left, see `renew_change`. `Taken` ends the wish. The cookie of the session is renewed. The caller
/// opens no transaction, for a wrong code stays counted.
pub async fn prove_phone_change(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    cookie: &str,
    new_code: &str,
    old_code: &str,
    address: &str,
) -> Result<NewSession, AccountError> {
    let account = actor.person()?;
    let now = ctx.now();
    let change = queries::of_account(&mut *conn, account, PHONE, now).await?.ok_or(AccountError::Over)?;
    let tries = code_tries(account, address);
    tries.begin(&mut *conn, now).await?;
    let new = change.new_agreed || side(&mut *conn, ctx, &change, &change.new_value, new_code).await?;
    let old = match &change.old_value {
        Some(number) if !change.old_agreed => side(&mut *conn, ctx, &change, number, old_code).await?,
        _ => true,
    };
    queries::set_agreed(&mut *conn, change.id, old && change.old_value.is_some(), new, now).await?;
    if !(new && old) {
        let ended = (!new && !open(&mut *conn, &change, &change.new_value, now).await?)
            || match &change.old_value {
                Some(number) if !old => !open(&mut *conn, &change, number, now).await?,
                _ => false,
            };
        return Err(if ended { AccountError::Over } else { unfit(&change, new, old) });
    }
    let mut tx = conn.begin().await?;
    queries::lock_by_id(&mut tx, change.id, now).await?.ok_or(AccountError::Over)?;
    tries.forget(&mut tx, now).await?;
    let own = take_number(&mut tx, account, &change.new_value, now).await?;
    queries::delete(&mut tx, account, PHONE).await?;
    if !own {
        tx.commit().await?;
        return Err(AccountError::Taken);
    }
    jobs::enqueue(&mut tx, ctx, &JoinOrders { account, cause: change.id }, now).await?;
    notices::tell_phone(&mut tx, ctx, account, change.old_value.as_deref(), cookie).await?;
    let session = session::rotate(&mut tx, ctx, cookie).await?.ok_or(AccountError::Over)?;
    tx.commit().await?;
    Ok(session)
}

/// Where two codes are asked for, which of them it is.
fn unfit(change: &Change, new: bool, old: bool) -> AccountError {
    if change.old_value.is_none() {
        return AccountError::Wrong;
    }
    let sides = [("new_code", new), ("old_code", old)].into_iter().filter(|(_, fits)| !fits);
    AccountError::Form(sides.map(|(field, _)| (field.to_owned(), FieldError::Code)).collect())
}

/// `false`: another account has proven the number. In a savepoint, for the caller goes on with the transaction to end the wish.
async fn take_number(conn: &mut PgConnection, account: AccountId, phone: &str, now: Timestamp) -> Result<bool, AccountError> {
    let mut attempt = conn.begin().await?;
    let outcome = queries_account::set_phone(&mut attempt, account, phone, now).await;
    match outcome.on_constraint("accounts_phone_unique", || AccountError::Taken) {
        Ok(()) => attempt.commit().await?,
        Err(AccountError::Taken) => {
            attempt.rollback().await?;
            return Ok(false);
        }
        Err(error) => return Err(error),
    }
    Ok(true)
}

async fn side(conn: &mut PgConnection, ctx: &Ctx, change: &Change, phone: &str, typed: &str) -> sqlx::Result<bool> {
    match queries_codes::of_change(&mut *conn, change.id, phone).await? {
        Some(code) => is_right(conn, ctx, code, typed).await,
        None => Ok(false),
    }
}

/// The number's code can still be right.
async fn open(conn: &mut PgConnection, change: &Change, phone: &str, now: Timestamp) -> sqlx::Result<bool> {
    match queries_codes::of_change(&mut *conn, change.id, phone).await? {
        Some(code) => queries_codes::is_open(conn, code, now).await,
        None => Ok(false),
    }
}

/// Everything stays as it is.
pub async fn cancel_change(conn: &mut PgConnection, actor: &Actor, channel: Channel) -> Result<(), AccountError> {
    let channel = match channel {
        Channel::Email => EMAIL,
        Channel::Phone => PHONE,
    };
    Ok(queries::delete(conn, actor.person()?, channel).await?)
}
