//! The second step: a code of an authenticator app (RFC 6238), asked for after the password.
use super::{
    AccountError, Actor, NewSession, Proven, notices, prove::prove_person, queries_totp as queries, session, tries::Tries,
};
use crate::kernel::Ctx;
use data_encoding::BASE32_NOPAD;
use sapar_shared::{
    dto::account::{SafetyChange, TotpSetup},
    forms::search::encode,
    ids::AccountId,
    qr,
};
use sqlx::{Connection as _, PgConnection};
use totp_rs::{Builder, Totp};
use uuid::Uuid;

/// Ways in for whoever has lost the phone, and the letters of each: 50 bits.
const RECOVERY_CODES: usize = 10;
pub(super) const RECOVERY_LEN: usize = 10;

/// Six digits every thirty seconds; a clock may be wrong by one step.
pub(super) fn app(ctx: &Ctx, seed: Uuid) -> Totp {
    Builder::new().with_secret(ctx.keys.totp_secret(seed)).build_noncompliant()
}

/// The time step whose code this is, if it is one of now.
pub(super) fn step_of(ctx: &Ctx, seed: Uuid, typed: &str) -> Option<i64> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let now = u64::try_from(ctx.now().as_second()).ok()?;
    i64::try_from(app(ctx, seed).check(&digits, now)?).ok()
}

/// A new secret to be taken into an app; `Over` where the step is on already. `proven`: whoever sits down at an open browser must
/// not lock its owner out.
pub async fn begin_totp(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, proven: &Proven) -> Result<(), AccountError> {
    let account = actor.person()?;
    if !proven.is_of(actor) {
        return Err(AccountError::Wrong);
    }
    let seed = Uuid::from_bytes(ctx.bytes());
    if queries::begin(conn, account, seed, ctx.now()).await? { Ok(()) } else { Err(AccountError::Over) }
}

/// Forgets a secret that is being set up. A step that is on stays on.
pub async fn cancel_totp(conn: &mut PgConnection, actor: &Actor) -> Result<(), AccountError> {
    Ok(queries::delete_pending(conn, actor.person()?).await?)
}

/// What is being set up.
pub async fn totp_setup(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor) -> Result<Option<TotpSetup>, AccountError> {
    let Some(seed) = queries::seed(conn, actor.person()?, false).await? else { return Ok(None) };
    let secret = BASE32_NOPAD.encode(&ctx.keys.totp_secret(seed));
    let uri = format!("otpauth://totp/Sapar:{}?secret={secret}&issuer=Sapar", encode(&actor.email));
    let (qr_path, qr_size) = qr::path(&uri).unwrap_or_default();
    Ok(Some(TotpSetup { secret, uri, qr_path, qr_size }))
}

/// The first code turns the step on. Gives the recovery codes, which are kept as digests and never shown again, and the renewed
/// session. The caller opens no transaction.
pub async fn enable_totp(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    cookie: &str,
    typed: &str,
    address: &str,
) -> Result<(Vec<String>, NewSession), AccountError> {
    let account = actor.person()?;
    let now = ctx.now();
    let seed = queries::seed(&mut *conn, account, false).await?.ok_or(AccountError::Over)?;
    let tries = Tries::of(&format!("second step of {account}"), address);
    tries.begin(&mut *conn, now).await?;
    let step = step_of(ctx, seed, typed).ok_or(AccountError::Wrong)?;
    let mut tx = conn.begin().await?;
    if !queries::enable(&mut tx, account, seed, step, now).await? {
        return Err(AccountError::Over);
    }
    let codes = make_recovery(&mut tx, ctx, account).await?;
    tries.forget(&mut tx, now).await?;
    notices::tell_of(&mut tx, ctx, account, SafetyChange::StepOn, cookie).await?;
    let session = session::rotate(&mut tx, ctx, cookie).await?.ok_or(AccountError::Over)?;
    tx.commit().await?;
    Ok((codes, session))
}

async fn make_recovery(conn: &mut PgConnection, ctx: &Ctx, account: AccountId) -> sqlx::Result<Vec<String>> {
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| ctx.code(RECOVERY_LEN)).collect();
    let digests: Vec<Vec<u8>> = codes.iter().map(|code| ctx.keys.recovery_digest(account, code)).collect();
    queries::insert_recovery(conn, account, &digests).await?;
    Ok(codes)
}

/// New recovery codes in the place of the old ones, which end. `Over` where the step is off. The caller opens no transaction.
pub async fn renew_recovery(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    cookie: &str,
    password: &str,
    address: &str,
) -> Result<(Vec<String>, NewSession), AccountError> {
    let account = actor.person()?;
    prove_person(&mut *conn, ctx, actor, password, address).await?;
    let mut tx = conn.begin().await?;
    if !queries::lock_enabled(&mut tx, account).await? {
        return Err(AccountError::Over);
    }
    queries::delete_recovery(&mut tx, account).await?;
    let codes = make_recovery(&mut tx, ctx, account).await?;
    notices::tell_of(&mut tx, ctx, account, SafetyChange::RecoveryCodes, cookie).await?;
    let session = session::rotate(&mut tx, ctx, cookie).await?.ok_or(AccountError::Over)?;
    tx.commit().await?;
    Ok((codes, session))
}

/// The password alone is enough again; so it must be given. The caller opens no transaction.
pub async fn disable_totp(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    cookie: &str,
    password: &str,
    address: &str,
) -> Result<NewSession, AccountError> {
    let account = actor.person()?;
    prove_person(&mut *conn, ctx, actor, password, address).await?;
    let mut tx = conn.begin().await?;
    if queries::delete(&mut tx, account).await? {
        notices::tell_of(&mut tx, ctx, account, SafetyChange::StepOff, cookie).await?;
    }
    let session = session::rotate(&mut tx, ctx, cookie).await?.ok_or(AccountError::Over)?;
    tx.commit().await?;
    Ok(session)
}
