//! Another password; whoever else is signed in has to sign in again.
use super::{AccountError, Actor, NewSession, notices, password, prove::prove_password, queries_account, session};
use crate::kernel::Ctx;
use sapar_shared::{
    dto::account::SafetyChange,
    forms::{FieldError, FieldErrors, account::check_password},
};
use sqlx::{Connection as _, PgConnection};

/// Ends the account's other sessions and renews the cookie of this one. The caller opens no transaction.
pub async fn change_password(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    cookie: &str,
    current: &str,
    wanted: &str,
    address: &str,
) -> Result<NewSession, AccountError> {
    let account = actor.person()?;
    let wrong = |error| AccountError::Form(FieldErrors::from([("wanted".to_owned(), error)]));
    check_password(wanted).map_err(wrong)?;
    let known = queries_account::contacts(&mut *conn, account).await?;
    prove_password(&mut *conn, ctx, account, &known, current, address).await?;
    if wanted == current {
        return Err(wrong(FieldError::Same));
    }
    let hash = password::hash(wanted.to_owned(), ctx.bytes()).await?;
    let mut tx = conn.begin().await?;
    queries_account::set_password(&mut tx, account, &hash).await?;
    notices::tell_of(&mut tx, ctx, account, SafetyChange::Password, cookie).await?;
    let session = session::keep_only(&mut tx, ctx, account, cookie).await?;
    tx.commit().await?;
    Ok(session)
}
