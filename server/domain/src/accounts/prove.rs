//! Asking somebody who is signed in for the password once more, before what a stranger at an open browser must not do.
use super::{AccountError, Actor, password, queries, tries::Tries};
use crate::kernel::Ctx;
use sapar_shared::ids::AccountId;
use sqlx::PgConnection;

/// The account's password was given a moment ago. Only `prove` makes one, so whoever takes it by argument cannot be called
/// without.
#[derive(Debug, PartialEq, Eq)]
pub struct Proven(AccountId);

impl Proven {
    #[must_use]
    pub fn is_of(&self, actor: &Actor) -> bool {
        actor.account == Some(self.0)
    }
}

/// Braked as a sign-in is, by the same counts where the e-mail is proven: whoever only typed another's must not be able to
/// clear the owner's. As there, the caller opens no transaction. `address` is the client's.
pub async fn prove(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    password: &str,
    address: &str,
) -> Result<Proven, AccountError> {
    let account = actor.account.ok_or(AccountError::Wrong)?;
    let (email, hash) = queries::own_credentials(&mut *conn, account).await?.ok_or(AccountError::Wrong)?;
    let now = ctx.now();
    let whose = if actor.email_confirmed { format!("account {email}") } else { format!("password of {account}") };
    let tries = Tries::of(&whose, address);
    tries.begin(&mut *conn, now).await?;
    if !password::verify(password.to_owned(), Some(hash)).await? {
        return Err(AccountError::Wrong);
    }
    tries.forget(conn, now).await?;
    Ok(Proven(account))
}
