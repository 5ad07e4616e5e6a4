//! Signing in with a password: one answer for a wrong password and for no account, and guessing gets slow.
use super::{password, queries, queries_sign_in};
use crate::kernel::{Ctx, keys::digest};
use jiff::{SignedDuration, Timestamp};
use sqlx::{Connection as _, PgConnection};

/// A session lasts so long.
pub const SESSION_DAYS: i64 = 30;
/// Failures count for so long.
const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Failures of one account from one address: somebody who guesses, or has forgotten.
const MAX_FROM_THERE: i64 = 5;
/// Failures from one address, whatever account: a whole office may sit behind it.
const MAX_BY_ADDRESS: i64 = 30;
/// Failures of one account, whoever tries. High enough that nobody locks its owner out in passing.
const MAX_BY_ACCOUNT: i64 = 50;
const WINDOW_OF_ACCOUNT: SignedDuration = SignedDuration::from_hours(1);
/// argon2 would hash a book; nobody's password is one.
pub(super) const MAX_PASSWORD: usize = 1000;

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

/// `address` is the client's. The try is written before the password is looked at, in a transaction of its own: of many
/// at once no more than allowed are made. So the caller opens none, or commits on `Wrong` too.
pub async fn sign_in(
    conn: &mut PgConnection,
    ctx: &Ctx,
    email: &str,
    password: &str,
    address: &str,
) -> Result<NewSession, SignInError> {
    let now = ctx.now();
    let email = email.trim().to_lowercase();
    let tries = Tries::of(&email, address);
    tries.begin(&mut *conn, now).await?;
    let known = queries::credentials(&mut *conn, &email).await?;
    let right = password.len() <= MAX_PASSWORD
        && password::verify(password.to_owned(), known.as_ref().map(|k| k.password_hash.clone())).await?;
    let known = known.filter(|_| right).ok_or(SignInError::Wrong)?;
    queries_sign_in::forget_tries(&mut *conn, &[tries.from_there, tries.account], &tries.address, now).await?;
    let cookie = ctx.code(40);
    let expires_at = now + SignedDuration::from_hours(24 * SESSION_DAYS);
    queries::insert_session(conn, &digest(&cookie), known.account, now, expires_at).await?;
    Ok(NewSession { cookie, expires_at })
}

/// Under which names tries are counted.
pub(super) struct Tries {
    pub(super) from_there: String,
    pub(super) address: String,
    pub(super) account: String,
}

impl Tries {
    pub(super) fn of(email: &str, address: &str) -> Self {
        Self {
            from_there: format!("account {email} from {address}"),
            address: format!("address {address}"),
            account: format!("account {email}"),
        }
    }

    /// Counts this try, or tells how long to wait. A refused one does not count: waiting ends.
    pub(super) async fn begin(&self, conn: &mut PgConnection, now: Timestamp) -> Result<(), SignInError> {
        let subjects = [self.from_there.clone(), self.address.clone(), self.account.clone()];
        let mut tx = conn.begin().await?;
        queries_sign_in::lock_subjects(&mut tx, &subjects).await?;
        for (subject, most, window) in [
            (&self.from_there, MAX_FROM_THERE, WINDOW),
            (&self.address, MAX_BY_ADDRESS, WINDOW),
            (&self.account, MAX_BY_ACCOUNT, WINDOW_OF_ACCOUNT),
        ] {
            if let Some(failed) = queries_sign_in::failed_before(&mut tx, subject, now - window, most).await? {
                return Err(SignInError::TooMany { seconds: (failed + window).duration_since(now).as_secs().max(1) });
            }
        }
        queries_sign_in::insert_tries(&mut tx, &subjects, now).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Ends the session; an unknown one is already ended.
pub async fn sign_out(conn: &mut PgConnection, cookie: &str) -> sqlx::Result<()> {
    queries::delete_session(conn, &digest(cookie)).await
}

/// Housekeeping.
pub async fn sweep(conn: &mut PgConnection, ctx: &Ctx) -> sqlx::Result<()> {
    queries::sweep(conn, ctx.now(), ctx.now() - WINDOW_OF_ACCOUNT).await
}
