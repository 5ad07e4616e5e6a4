//! Opening an account. Whatever the e-mail, the same happens: an unconfirmed account, a session, and a mail on its way.
use super::{
    AccountError, Device, NewSession,
    jobs::MailLink,
    password,
    queries::{self, NewRow},
    queries_links::{self, Kind, NewLink},
    session, tries,
};
use crate::kernel::{Ctx, jobs};
use jiff::SignedDuration;
use sapar_shared::{Lang, forms::account::SignUpForm, ids::AccountId};
use sqlx::{Connection as _, PgConnection};

/// A link that confirms lasts so long.
pub(super) const LINK: SignedDuration = SignedDuration::from_hours(48);

/// Several unconfirmed accounts may have typed one e-mail; who opens the link owns it. The caller opens no transaction: the
/// password is hashed in between.
pub async fn sign_up(
    conn: &mut PgConnection,
    ctx: &Ctx,
    lang: Lang,
    form: &SignUpForm,
    device: &Device<'_>,
) -> Result<(AccountId, NewSession), AccountError> {
    let new = form.validate().map_err(AccountError::Form)?;
    let now = ctx.now();
    let email = new.contact.email.as_str().to_lowercase();
    tries::may_sign_up(&mut *conn, now, device.address, &email).await?;
    let hash = password::hash(new.password.to_owned(), ctx.bytes()).await?;
    let mut tx = conn.begin().await?;
    let id = AccountId(ctx.id());
    let (name, phone) = (new.contact.name.as_str(), new.contact.phone.as_str());
    let row = NewRow { id, email: &email, name, phone: Some(phone), lang, password_hash: &hash };
    queries::insert_account(&mut tx, &row, false, now).await?;
    mail_confirmation(&mut tx, ctx, id, &email, lang).await?;
    let session = session::open(&mut tx, ctx, id, device).await?;
    tx.commit().await?;
    Ok((id, session))
}

/// A link that proves the account's own e-mail, and the job that mails it.
pub(super) async fn mail_confirmation(
    conn: &mut PgConnection,
    ctx: &Ctx,
    account: AccountId,
    email: &str,
    lang: Lang,
) -> sqlx::Result<()> {
    let now = ctx.now();
    let id = ctx.id();
    let link = NewLink { id, account, kind: Kind::Confirm, change: None, email, lang, now, expires_at: now + LINK };
    queries_links::insert(&mut *conn, &ctx.keys, &link).await?;
    jobs::enqueue(conn, ctx, &MailLink { link: id }, now).await
}
