//! Sessions: opened, looked through, ended. The cookie is new after each proof, so that an older one opens nothing more.
use super::{AccountError, Actor, Forbidden, queries_sessions as queries, queries_totp};
use crate::kernel::{Ctx, keys::digest};
use jiff::{SignedDuration, Timestamp};
use sapar_shared::{
    dto::account::SessionRow,
    ids::{AccountId, SessionId},
};
use sqlx::PgConnection;

/// A session lasts so long.
pub const SESSION_DAYS: i64 = 30;
/// And so long one that waits for its second step.
pub const HALF_OPEN: SignedDuration = SignedDuration::from_mins(10);
/// More sessions than anybody has; the list shows the latest.
const MOST: i64 = 50;

/// From where somebody comes.
#[derive(Clone, Copy, Debug)]
pub struct Device<'a> {
    pub address: &'a str,
    /// What the browser calls itself.
    pub agent: &'a str,
}

#[derive(Debug, PartialEq, Eq)]
pub struct NewSession {
    /// The cookie's value; only its digest is kept.
    pub cookie: String,
    pub expires_at: Timestamp,
    /// The second step is to come; until then it opens nothing.
    pub half_open: bool,
}

/// After the first proof: half open where the account asks for a second one.
pub(super) async fn open(
    conn: &mut PgConnection,
    ctx: &Ctx,
    account: AccountId,
    device: &Device<'_>,
) -> sqlx::Result<NewSession> {
    let half_open = queries_totp::is_enabled(&mut *conn, account).await?;
    write(conn, ctx, account, device, half_open).await
}

/// After all that the account asks for.
pub(super) async fn open_wide(
    conn: &mut PgConnection,
    ctx: &Ctx,
    account: AccountId,
    device: &Device<'_>,
) -> sqlx::Result<NewSession> {
    write(conn, ctx, account, device, false).await
}

async fn write(
    conn: &mut PgConnection,
    ctx: &Ctx,
    account: AccountId,
    device: &Device<'_>,
    half_open: bool,
) -> sqlx::Result<NewSession> {
    let now = ctx.now();
    let cookie = ctx.code(40);
    let lasts = if half_open { HALF_OPEN } else { SignedDuration::from_hours(24 * SESSION_DAYS) };
    let expires_at = now + lasts;
    let id = SessionId(ctx.id());
    queries::insert(conn, id, &digest(&cookie), account, device, now, expires_at, half_open).await?;
    Ok(NewSession { cookie, expires_at, half_open })
}

/// The same session under another cookie. `None`: it has ended meanwhile.
pub(super) async fn rotate(conn: &mut PgConnection, ctx: &Ctx, cookie: &str) -> sqlx::Result<Option<NewSession>> {
    let fresh = ctx.code(40);
    let expires_at = queries::rotate(conn, &digest(cookie), &digest(&fresh), ctx.now()).await?;
    Ok(expires_at.map(|expires_at| NewSession { cookie: fresh, expires_at, half_open: false }))
}

/// Ends all the account's other sessions and renews the cookie of this one.
pub(super) async fn keep_only(
    conn: &mut PgConnection,
    ctx: &Ctx,
    account: AccountId,
    cookie: &str,
) -> Result<NewSession, AccountError> {
    queries::end_all_but(&mut *conn, account, &digest(cookie)).await?;
    Ok(rotate(conn, ctx, cookie).await?.ok_or(Forbidden)?)
}

/// Where the account is signed in, the latest seen first.
pub async fn sessions(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, cookie: &str) -> Result<Vec<SessionRow>, AccountError> {
    Ok(queries::of_account(conn, actor.person()?, &digest(cookie), ctx.now(), MOST).await?)
}

/// Ends one session of the account; one that is not there has ended.
pub async fn end_session(conn: &mut PgConnection, actor: &Actor, session: SessionId) -> Result<(), AccountError> {
    Ok(queries::end(conn, actor.person()?, session).await?)
}

/// Ends every session but the one of this cookie.
pub async fn end_other_sessions(conn: &mut PgConnection, actor: &Actor, cookie: &str) -> Result<(), AccountError> {
    Ok(queries::end_all_but(conn, actor.person()?, &digest(cookie)).await?)
}
