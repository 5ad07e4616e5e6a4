//! Signing in with a password: one answer for a wrong password and for no account, and guessing gets slow.
use super::{AccountError, Device, NewSession, password, queries, session, tries::Tries};
use crate::kernel::{Ctx, keys::digest};
use sqlx::PgConnection;

/// The try is written before the password is looked at, in a transaction of its own: of many at once no more than allowed
/// are made. So the caller opens none, or commits on `Wrong` too. Of several accounts that typed one e-mail it is the one
/// that has proven it, else the newest. The session may be half open, see `pass_second_step`.
pub async fn sign_in(
    conn: &mut PgConnection,
    ctx: &Ctx,
    email: &str,
    password: &str,
    device: &Device<'_>,
) -> Result<NewSession, AccountError> {
    let now = ctx.now();
    let email = email.trim().to_lowercase();
    let tries = Tries::of(&format!("account {email}"), device.address);
    tries.begin(&mut *conn, now).await?;
    let known = queries::credentials(&mut *conn, &email).await?;
    let right = password::verify(password.to_owned(), known.as_ref().map(|k| k.password_hash.clone())).await?;
    let known = known.filter(|_| right).ok_or(AccountError::Wrong)?;
    tries.forget(&mut *conn, now).await?;
    Ok(session::open(conn, ctx, known.account, device).await?)
}

/// Ends the session; an unknown one is already ended.
pub async fn sign_out(conn: &mut PgConnection, cookie: &str) -> sqlx::Result<()> {
    queries::delete_session(conn, &digest(cookie)).await
}
