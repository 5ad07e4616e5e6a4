//! The second step of a sign-in: a code of the app, or one of the recovery codes; each works once.
use super::{
    AccountError, Device, NewSession, notices, queries, queries_sessions, queries_totp, session,
    totp::{RECOVERY_LEN, step_of},
    tries::Tries,
};
use crate::kernel::{Ctx, keys::digest};
use sapar_shared::{code, dto::account::SafetyChange, ids::AccountId};
use sqlx::{Connection as _, PgConnection};

/// `cookie` is of the half-open session; it ends, and a whole one begins under another. `Over`: there is no such session any
/// more. The caller opens no transaction, for a wrong code stays counted.
pub async fn pass_second_step(
    conn: &mut PgConnection,
    ctx: &Ctx,
    cookie: &str,
    typed: &str,
    device: &Device<'_>,
) -> Result<NewSession, AccountError> {
    let now = ctx.now();
    let account = queries_sessions::half_open(&mut *conn, &digest(cookie), now).await?.ok_or(AccountError::Over)?;
    let tries = Tries::of(&format!("second step of {account}"), device.address);
    tries.begin(&mut *conn, now).await?;
    let mut tx = conn.begin().await?;
    match take(&mut tx, ctx, account, typed).await? {
        Some(By::App) => {}
        // Whose phone is lost or stolen should know that somebody came in without it.
        Some(By::Recovery) => notices::tell(&mut tx, ctx, account, SafetyChange::RecoveryCodeUsed, device.agent).await?,
        None => return Err(AccountError::Wrong),
    }
    queries::delete_session(&mut tx, &digest(cookie)).await?;
    tries.forget(&mut tx, now).await?;
    let session = session::open_wide(&mut tx, ctx, account, device).await?;
    tx.commit().await?;
    Ok(session)
}

/// The session of the cookie waits for its second step.
pub async fn awaits_second_step(conn: &mut PgConnection, ctx: &Ctx, cookie: &str) -> sqlx::Result<bool> {
    Ok(queries_sessions::half_open(conn, &digest(cookie), ctx.now()).await?.is_some())
}

/// What kind of code it was.
enum By {
    App,
    Recovery,
}

async fn take(conn: &mut PgConnection, ctx: &Ctx, account: AccountId, typed: &str) -> sqlx::Result<Option<By>> {
    let Some(seed) = queries_totp::seed(&mut *conn, account, true).await? else { return Ok(None) };
    if let Some(step) = step_of(ctx, seed, typed) {
        return Ok(queries_totp::take_step(conn, account, step).await?.then_some(By::App));
    }
    let Some(code) = code::normalise(typed, RECOVERY_LEN) else { return Ok(None) };
    let digest = ctx.keys.recovery_digest(account, &code);
    Ok(queries_totp::take_recovery(conn, account, &digest, ctx.now()).await?.then_some(By::Recovery))
}
