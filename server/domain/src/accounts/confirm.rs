//! Following a link from a mail: it proves the account's e-mail, or agrees to its change. Looking at it changes nothing.
use super::{
    AccountError, Actor, Device, NewSession, change_contact,
    jobs::JoinOrders,
    notices, password, queries, queries_account, queries_changes,
    queries_links::{self, Kind, Link},
    queries_sessions, session, sign_up,
    tries::{self, Tries},
};
use crate::kernel::{Ctx, db::OnConstraint as _, jobs, keys::digest};
use sapar_shared::{
    dto::account::{LinkAbout, LinkView},
    forms::{FieldErrors, account::check_password},
    ids::AccountId,
};
use sqlx::{Connection as _, PgConnection};
use uuid::Uuid;

/// What came of following a link.
#[derive(Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// The e-mail is proven; the session to go on with.
    Email(NewSession),
    /// The change is done.
    Changed,
    /// This side has agreed to the change, the other has not yet.
    OneSide,
}

/// What a link is about, for the page with its one button. `cookie` is the browser's session, if it has one.
pub async fn look_at_link(
    conn: &mut PgConnection,
    ctx: &Ctx,
    token: &str,
    cookie: Option<&str>,
) -> Result<LinkView, AccountError> {
    let now = ctx.now();
    if let Some(done) = queries_links::done(&mut *conn, token).await? {
        let own = owns(conn, ctx, done.account, cookie).await?;
        return Ok(LinkView { about: LinkAbout::Proven, name: done.name, email: done.email, own, taken: false });
    }
    let link = queries_links::by_token(&mut *conn, token, now).await?.ok_or(AccountError::Over)?;
    let about = match link.kind {
        // The account has another e-mail now.
        Kind::Confirm if link.email != link.account_email => return Err(AccountError::Over),
        Kind::Confirm => LinkAbout::Email,
        Kind::Reset => LinkAbout::Password,
        Kind::ChangeOld | Kind::ChangeNew => {
            let change = change_contact::of_link(&mut *conn, &link, now).await?;
            let agreed = if link.kind == Kind::ChangeOld { change.old_agreed } else { change.new_agreed };
            if agreed {
                return Err(AccountError::Over);
            }
            let both = change.old_value.is_some();
            LinkAbout::Change { from: change.old_value.unwrap_or(link.account_email.clone()), to: change.new_value, both }
        }
    };
    let own = owns(conn, ctx, link.account, cookie).await?;
    let view = LinkView { about, name: link.name, email: link.email, own, taken: link.taken };
    // The new address may have been typed wrong: its mailbox is a stranger's until it has agreed, and afterwards, too.
    Ok(if link.kind == Kind::ChangeNew && !own { view.for_strangers() } else { view })
}

/// Whoever has either link of a change of e-mail ends it: both links open nothing more, and the e-mail stays. The caller opens no
/// transaction.
pub async fn refuse_change(conn: &mut PgConnection, ctx: &Ctx, token: &str, address: &str) -> Result<(), AccountError> {
    let (link, tries) = follow(&mut *conn, ctx, token, address).await?;
    let change = link.change.ok_or(AccountError::Over)?;
    let mut tx = conn.begin().await?;
    // Whoever agrees locks the account first; so does this.
    queries_links::lock_by_token(&mut tx, token, ctx.now()).await?.ok_or(AccountError::Over)?;
    queries_changes::delete_by_id(&mut tx, change).await?;
    tries.forget(&mut tx, ctx.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// The browser's session is one of the account.
async fn owns(conn: &mut PgConnection, ctx: &Ctx, account: AccountId, cookie: Option<&str>) -> sqlx::Result<bool> {
    let Some(cookie) = cookie else { return Ok(false) };
    let member = queries::member_by_session(conn, &digest(cookie), ctx.now()).await?;
    Ok(member.is_some_and(|member| member.account_id == account.0))
}

/// In a browser that holds a session of the account, the link is enough. In any other a password comes with it: the one that
/// was chosen, or else a new one, which ends every session and every other way in. That is what stops somebody from signing up
/// with another's e-mail and waiting. The caller opens no transaction.
pub async fn confirm(
    conn: &mut PgConnection,
    ctx: &Ctx,
    token: &str,
    cookie: Option<&str>,
    password: &str,
    device: &Device<'_>,
) -> Result<Confirmed, AccountError> {
    let now = ctx.now();
    let (link, tries) = follow(&mut *conn, ctx, token, device.address).await?;
    match link.kind {
        Kind::Confirm => {}
        Kind::Reset => return Err(AccountError::Over),
        Kind::ChangeOld | Kind::ChangeNew => {
            let mut tx = conn.begin().await?;
            let done = change_contact::agree_by_link(&mut tx, ctx, token).await?;
            if done {
                let former = link.confirmed.then_some(link.account_email.as_str());
                notices::tell_email(&mut tx, ctx, link.account, former, device.agent).await?;
            }
            tries.forget(&mut tx, now).await?;
            tx.commit().await?;
            return Ok(if done { Confirmed::Changed } else { Confirmed::OneSide });
        }
    }
    if link.taken {
        return Err(AccountError::Taken);
    }
    let own = if owns(&mut *conn, ctx, link.account, cookie).await? { cookie } else { None };
    let hash = match own {
        Some(_) => None,
        None if password::verify(password.to_owned(), Some(link.password_hash.clone())).await? => None,
        None => {
            check_password(password).map_err(|error| AccountError::Form(FieldErrors::from([("password".to_owned(), error)])))?;
            Some(password::hash(password.to_owned(), ctx.bytes()).await?)
        }
    };
    let mut tx = conn.begin().await?;
    let link = queries_links::lock_by_token(&mut tx, token, now).await?.ok_or(AccountError::Over)?;
    tries.forget(&mut tx, now).await?;
    if let Some(hash) = hash {
        take_over(&mut tx, link.account, &hash).await?;
    }
    prove_email(&mut tx, ctx, &link).await?;
    let session = match own {
        Some(cookie) => session::rotate(&mut tx, ctx, cookie).await?.ok_or(AccountError::Over)?,
        None => session::open(&mut tx, ctx, link.account, device).await?,
    };
    tx.commit().await?;
    Ok(Confirmed::Email(session))
}

/// The link of the token, whose following is counted before anything is done with it: also where there is no such link.
pub(super) async fn follow(
    conn: &mut PgConnection,
    ctx: &Ctx,
    token: &str,
    address: &str,
) -> Result<(Link, Tries), AccountError> {
    let now = ctx.now();
    let link = queries_links::by_token(&mut *conn, token, now).await?;
    let whose = link.as_ref().map_or_else(|| "unknown".to_owned(), |link| link.account.to_string());
    let tries = Tries::of(&format!("links of {whose}"), address);
    tries.begin(conn, now).await?;
    Ok((link.ok_or(AccountError::Over)?, tries))
}

/// The one who owns the mailbox gets an account that somebody else may have opened: nothing that lets anybody in survives.
pub(super) async fn take_over(conn: &mut PgConnection, account: AccountId, hash: &str) -> sqlx::Result<()> {
    queries_account::set_password(&mut *conn, account, hash).await?;
    queries_account::forget_unproven(&mut *conn, account).await?;
    queries_sessions::end_all(conn, account).await
}

/// The link's e-mail is the account's own and proven from now on.
pub(super) async fn prove_email(conn: &mut PgConnection, ctx: &Ctx, link: &Link) -> Result<(), AccountError> {
    if link.email != link.account_email {
        return Err(AccountError::Over);
    }
    if link.taken {
        return Err(AccountError::Taken);
    }
    queries_links::set_used(&mut *conn, link.id, ctx.now()).await?;
    confirm_email(conn, ctx, link.account, link.id).await
}

/// Whatever proved it, the account's e-mail is its own from now on, and the orders that were made with it come to the account.
/// `cause` is the proof: a link or an invitation.
pub(crate) async fn confirm_email(
    conn: &mut PgConnection,
    ctx: &Ctx,
    account: AccountId,
    cause: Uuid,
) -> Result<(), AccountError> {
    let now = ctx.now();
    queries_account::set_email_confirmed(&mut *conn, account, now)
        .await
        .on_constraint("accounts_email_unique", || AccountError::Taken)?;
    Ok(jobs::enqueue(conn, ctx, &JoinOrders { account, cause }, now).await?)
}

/// The mail once more; for an e-mail that is proven there is nothing to send.
pub async fn resend_confirmation(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, address: &str) -> Result<(), AccountError> {
    let account = actor.person()?;
    if actor.email_confirmed {
        return Ok(());
    }
    tries::may_mail(&mut *conn, ctx.now(), address, &actor.email).await?;
    let lang = queries_account::lang(&mut *conn, account).await?;
    let mut tx = conn.begin().await?;
    sign_up::mail_confirmation(&mut tx, ctx, account, &actor.email, lang).await?;
    tx.commit().await?;
    Ok(())
}
