//! Housekeeping: what has ended goes.
use super::{passkeys, queries_sweep as queries, tries};
use crate::kernel::Ctx;
use jiff::SignedDuration;
use sqlx::PgConnection;

/// So long an account may stay unproven.
const UNPROVEN: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Codes are counted by the day; links and wishes are of no use once they end.
const CODES: SignedDuration = SignedDuration::from_hours(24);

pub async fn sweep(conn: &mut PgConnection, ctx: &Ctx) -> sqlx::Result<()> {
    let now = ctx.now();
    queries::sessions(&mut *conn, now).await?;
    queries::tries(&mut *conn, now - tries::LONGEST).await?;
    queries::proofs(&mut *conn, now, now - CODES).await?;
    passkeys::sweep(&mut *conn, now).await?;
    queries::unproven_accounts(conn, now - UNPROVEN).await
}
