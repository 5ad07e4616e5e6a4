//! A forgotten password. Every e-mail gets the same answer; where it has an account, a link follows.
use super::{
    AccountError, Device, NewSession,
    confirm::{follow, prove_email, take_over},
    jobs::MailReset,
    notices, password, queries_account,
    queries_links::{self, Kind},
    queries_sessions, session, tries,
};
use crate::kernel::{Ctx, jobs};
use sapar_shared::{
    Lang,
    contact::Email,
    dto::account::SafetyChange,
    forms::{FieldError, FieldErrors, account::check_password},
};
use sqlx::{Connection as _, PgConnection};

fn wrong(field: &str, error: FieldError) -> AccountError {
    AccountError::Form(FieldErrors::from([(field.to_owned(), error)]))
}

/// Whether there is such an account is looked up by the job, while nobody waits. The caller opens no transaction.
pub async fn ask_reset(conn: &mut PgConnection, ctx: &Ctx, lang: Lang, email: &str, address: &str) -> Result<(), AccountError> {
    let error = if email.trim().is_empty() { FieldError::Missing } else { FieldError::Email };
    let email = Email::parse(email).ok_or_else(|| wrong("email", error))?.as_str().to_lowercase();
    let now = ctx.now();
    tries::may_mail(&mut *conn, now, address, &email).await?;
    Ok(jobs::enqueue(conn, ctx, &MailReset { request: ctx.id(), email, lang }, now).await?)
}

/// Sets the password by a mailed link: every session ends, one opens. The link proves the mailbox, so an e-mail that nobody
/// owned is the account's own from now on. The caller opens no transaction.
pub async fn reset_password(
    conn: &mut PgConnection,
    ctx: &Ctx,
    token: &str,
    wanted: &str,
    device: &Device<'_>,
) -> Result<NewSession, AccountError> {
    let now = ctx.now();
    check_password(wanted).map_err(|error| wrong("password", error))?;
    let (link, tries) = follow(&mut *conn, ctx, token, device.address).await?;
    if link.kind != Kind::Reset {
        return Err(AccountError::Over);
    }
    let hash = password::hash(wanted.to_owned(), ctx.bytes()).await?;
    let mut tx = conn.begin().await?;
    let link = queries_links::lock_by_token(&mut tx, token, now).await?.ok_or(AccountError::Over)?;
    if link.confirmed {
        if link.email != link.account_email {
            return Err(AccountError::Over);
        }
        queries_account::set_password(&mut tx, link.account, &hash).await?;
        queries_sessions::end_all(&mut tx, link.account).await?;
    } else {
        take_over(&mut tx, link.account, &hash).await?;
        prove_email(&mut tx, ctx, &link).await?;
    }
    notices::tell(&mut tx, ctx, link.account, SafetyChange::Password, device.agent).await?;
    queries_links::use_up_resets(&mut tx, link.account, now).await?;
    tries.forget(&mut tx, now).await?;
    let session = session::open(&mut tx, ctx, link.account, device).await?;
    tx.commit().await?;
    Ok(session)
}
