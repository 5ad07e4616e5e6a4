//! Signing in with a password: one answer for a wrong password and for no account, and guessing gets slow.
use super::{
    AccountError, Device, NewSession, password,
    queries::{self, Credentials},
    session,
    tries::Tries,
};
use crate::kernel::{Ctx, keys::digest};
use sapar_shared::ids::AccountId;
use sqlx::PgConnection;

/// The try is written before the password is looked at, in a transaction of its own: of many at once no more than allowed
/// are made. So the caller opens none, or commits on `Wrong` too. Of several accounts that typed one e-mail it is the one
/// that has proven it, or else the newest: both passwords are looked at, for whoever signs up with an e-mail must not learn
/// by the next sign-in that it has an owner. The session may be half open, see `pass_second_step`.
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
    let (proven, typed) = queries::credentials(&mut *conn, &email).await?;
    let proven = right(proven, password).await?;
    let typed = right(typed, password).await?;
    let account = match (proven, typed) {
        (Some(proven), _) => {
            tries.forget(&mut *conn, now).await?;
            proven
        }
        // The counts are the owner's, if there is one: nobody empties them by an account of their own.
        (None, Some(typed)) => {
            tries.forget_address(&mut *conn, now).await?;
            typed
        }
        (None, None) => return Err(AccountError::Wrong),
    };
    Ok(session::open(conn, ctx, account, device).await?)
}

/// Whose password it is. It takes as long where there is nobody.
async fn right(known: Option<Credentials>, typed: &str) -> sqlx::Result<Option<AccountId>> {
    let right = password::verify(typed.to_owned(), known.as_ref().map(|known| known.password_hash.clone())).await?;
    Ok(known.filter(|_| right).map(|known| known.account))
}

/// Ends the session; an unknown one is already ended.
pub async fn sign_out(conn: &mut PgConnection, cookie: &str) -> sqlx::Result<()> {
    queries::delete_session(conn, &digest(cookie)).await
}
