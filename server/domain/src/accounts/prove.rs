//! Asking somebody who is signed in for the password once more, before what a stranger at an open browser must not do.
use super::{
    AccountError, Actor, password,
    queries_account::{self, Contacts},
    tries::Tries,
};
use crate::kernel::Ctx;
use sapar_shared::{
    forms::{FieldError, FieldErrors},
    ids::AccountId,
    roles::Permission,
};
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

/// For something that wants `permission` in the actor's organisation. Whoever lacks it is refused before the password is looked
/// at: hashing is dear. Braked as a sign-in is, by the same counts; as there, the caller opens no transaction. `address` is the
/// client's.
pub async fn prove(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    permission: Permission,
    password: &str,
    address: &str,
) -> Result<Proven, AccountError> {
    actor.require(permission)?;
    prove_person(conn, ctx, actor, password, address).await
}

/// The same for what is the person's own: no organisation has a say in it.
pub async fn prove_person(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    password: &str,
    address: &str,
) -> Result<Proven, AccountError> {
    let account = actor.person()?;
    if password.is_empty() {
        return Err(AccountError::Form(FieldErrors::from([("password".to_owned(), FieldError::Missing)])));
    }
    let known = queries_account::contacts(&mut *conn, account).await?;
    prove_password(conn, ctx, account, &known, password, address).await?;
    Ok(Proven(account))
}

/// Whoever is signed in shows that it is they: the password, guessed no faster than at the door. An e-mail that is not proven
/// may be somebody else's, whose counts are none of this account's to empty.
pub(super) async fn prove_password(
    conn: &mut PgConnection,
    ctx: &Ctx,
    account: AccountId,
    known: &Contacts,
    typed: &str,
    address: &str,
) -> Result<(), AccountError> {
    let now = ctx.now();
    let whose = if known.email_confirmed { format!("account {}", known.email) } else { format!("password of {account}") };
    let tries = Tries::of(&whose, address);
    tries.begin(&mut *conn, now).await?;
    if !password::verify(typed.to_owned(), Some(known.password_hash.clone())).await? {
        return Err(AccountError::Wrong);
    }
    Ok(tries.forget(conn, now).await?)
}
