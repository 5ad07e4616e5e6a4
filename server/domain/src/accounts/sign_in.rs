//! Signing in with a password: one answer for a wrong password and for no account, and guessing gets slow.
use super::{password, queries};
use crate::kernel::{Ctx, keys::digest};
use jiff::{SignedDuration, Timestamp};
use sqlx::PgConnection;

/// A session lasts so long.
pub const SESSION_DAYS: i64 = 30;
/// Failures count for so long.
const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Failures of one account, whoever tries.
const MAX_BY_ACCOUNT: i64 = 5;
/// Failures from one address, whatever account: a whole office may sit behind it.
const MAX_BY_ADDRESS: i64 = 30;
/// argon2 would hash a book; nobody's password is one.
const MAX_PASSWORD: usize = 1000;

#[derive(Debug, PartialEq, Eq)]
pub struct NewSession {
    /// The cookie's value; only its digest is kept.
    pub cookie: String,
    pub expires_at: Timestamp,
}

#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    #[error("wrong e-mail or password")]
    Wrong,
    #[error("too many attempts")]
    TooMany { seconds: i64 },
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// `address` is the client's. A failure must stay written, so the caller commits on `Wrong` too.
pub async fn sign_in(
    conn: &mut PgConnection,
    ctx: &Ctx,
    email: &str,
    password: &str,
    address: &str,
) -> Result<NewSession, SignInError> {
    let now = ctx.now();
    let email = email.trim().to_lowercase();
    let by_account = format!("account {email}");
    let by_address = format!("address {address}");
    for (subject, most) in [(&by_account, MAX_BY_ACCOUNT), (&by_address, MAX_BY_ADDRESS)] {
        let (count, first) = queries::failures(&mut *conn, subject, now - WINDOW).await?;
        if count >= most {
            let until = first.unwrap_or(now) + WINDOW;
            return Err(SignInError::TooMany { seconds: until.duration_since(now).as_secs().max(1) });
        }
    }
    let known = queries::credentials(&mut *conn, &email).await?;
    let right = password.len() <= MAX_PASSWORD
        && password::verify(password.to_owned(), known.as_ref().map(|k| k.password_hash.clone())).await?;
    let Some(known) = known.filter(|_| right) else {
        queries::insert_failures(conn, &[by_account, by_address], now).await?;
        return Err(SignInError::Wrong);
    };
    queries::forget_failures(&mut *conn, &by_account).await?;
    let cookie = ctx.code(40);
    let expires_at = now + SignedDuration::from_hours(24 * SESSION_DAYS);
    queries::insert_session(conn, &digest(&cookie), known.account, now, expires_at).await?;
    Ok(NewSession { cookie, expires_at })
}

/// Ends the session; an unknown one is already ended.
pub async fn sign_out(conn: &mut PgConnection, cookie: &str) -> sqlx::Result<()> {
    queries::delete_session(conn, &digest(cookie)).await
}

/// Housekeeping.
pub async fn sweep(conn: &mut PgConnection, ctx: &Ctx) -> sqlx::Result<()> {
    queries::sweep(conn, ctx.now(), ctx.now() - WINDOW).await
}
