//! Signing in with a code from a message. Every number gets the same answer; only a proven one gets a message.
use super::{
    AccountError, Device, NewSession,
    jobs::TextCode,
    queries_account,
    queries_codes::{self as queries, NewCode},
    queries_tries, session,
    tries::{self, Tries},
};
use crate::kernel::{Ctx, jobs};
use jiff::SignedDuration;
use sapar_shared::{
    Lang,
    contact::Phone,
    forms::{FieldError, FieldErrors},
};
use sqlx::{Connection as _, PgConnection};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

/// A code works for so long, and for five tries (the database's own bound).
pub(super) const CODE: SignedDuration = SignedDuration::from_mins(10);
/// Codes of one number: in a quarter of an hour, and in a day.
const LIMITS: [(i64, SignedDuration); 2] = [(3, SignedDuration::from_mins(15)), (10, SignedDuration::from_hours(24))];

/// Asks for a code; what comes back is to be sent with it. The caller opens no transaction.
pub async fn ask_code(conn: &mut PgConnection, ctx: &Ctx, lang: Lang, phone: &str, address: &str) -> Result<Uuid, AccountError> {
    let phone = read_phone(phone)?;
    tries::may_text(&mut *conn, ctx.now(), address).await?;
    let mut tx = conn.begin().await?;
    let code = write_code(&mut tx, ctx, phone.as_str(), None, lang).await?;
    tx.commit().await?;
    Ok(code)
}

/// `request` is what `ask_code` gave. The caller opens no transaction.
pub async fn sign_in_by_code(
    conn: &mut PgConnection,
    ctx: &Ctx,
    request: Uuid,
    typed: &str,
    device: &Device<'_>,
) -> Result<NewSession, AccountError> {
    let now = ctx.now();
    let phone = queries::phone_of(&mut *conn, request).await?;
    let tries = Tries::of(&format!("phone {}", phone.as_deref().unwrap_or("unknown")), device.address);
    tries.begin(&mut *conn, now).await?;
    let phone = phone.ok_or(AccountError::Wrong)?;
    if !is_right(&mut *conn, ctx, request, typed).await? {
        return Err(AccountError::Wrong);
    }
    let account = queries_account::by_phone(&mut *conn, &phone).await?.ok_or(AccountError::Wrong)?;
    let mut tx = conn.begin().await?;
    if !queries::set_used(&mut tx, request, now).await? {
        return Err(AccountError::Wrong);
    }
    tries.forget(&mut tx, now).await?;
    let session = session::open(&mut tx, ctx, account, device).await?;
    tx.commit().await?;
    Ok(session)
}

/// Counts the try and looks.
pub(super) async fn is_right(conn: &mut PgConnection, ctx: &Ctx, code: Uuid, typed: &str) -> sqlx::Result<bool> {
    let counted = queries::count_try(conn, code, ctx.now()).await?;
    let typed: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    Ok(counted && bool::from(typed.as_bytes().ct_eq(ctx.keys.sms_code(code).as_bytes())))
}

/// A code's row and the job that sends it, unless the number has had too many.
pub(super) async fn write_code(
    conn: &mut PgConnection,
    ctx: &Ctx,
    phone: &str,
    change: Option<Uuid>,
    lang: Lang,
) -> Result<Uuid, AccountError> {
    let now = ctx.now();
    queries_tries::lock_subjects(&mut *conn, &[format!("codes to {phone}")]).await?;
    for (most, window) in LIMITS {
        if let Some(asked) = queries::asked_before(&mut *conn, phone, now - window, most).await? {
            return Err(AccountError::TooMany { seconds: (asked + window).duration_since(now).as_secs().max(1) });
        }
    }
    let id = ctx.id();
    queries::insert(&mut *conn, &NewCode { id, phone, change, lang, now, expires_at: now + CODE }).await?;
    jobs::enqueue(conn, ctx, &TextCode { code: id }, now).await?;
    Ok(id)
}

pub(super) fn read_phone(typed: &str) -> Result<Phone, AccountError> {
    let error = if typed.trim().is_empty() { FieldError::Missing } else { FieldError::Phone };
    Phone::parse(typed).ok_or_else(|| AccountError::Form(FieldErrors::from([("phone".to_owned(), error)])))
}
