//! The SQL of whose BIN it is.
use super::WaitingClaim;
use crate::kernel::db::{Ts, ts};
use jiff::Timestamp;
use sapar_shared::ids::OrganisationId;
use sqlx::PgConnection;

pub(super) async fn claim(conn: &mut PgConnection, id: OrganisationId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("update organisations set bin_claimed_at = coalesce(bin_claimed_at, $2) where id = $1", id.0, ts(now) as Ts)
        .execute(conn)
        .await
        .map(drop)
}

pub(super) async fn set_lost(conn: &mut PgConnection, id: OrganisationId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("update organisations set bin_lost_at = coalesce(bin_lost_at, $2) where id = $1", id.0, ts(now) as Ts)
        .execute(conn)
        .await
        .map(drop)
}

/// Those whose BIN is taken still.
pub(super) async fn queue(conn: &mut PgConnection, limit: i64) -> sqlx::Result<Vec<WaitingClaim>> {
    let rows = sqlx::query!(
        r#"select o.slug, o.name, o.bin as "bin!", o.contact_person, o.phone, o.bin_claimed_at as "since!: Ts", other.slug as holder
           from organisations o
           join organisations other on other.bin = o.bin and other.id <> o.id and other.status <> 'draft' and other.bin_lost_at is null
           where o.bin_claimed_at is not null and o.status = 'draft' order by o.bin_claimed_at, o.id limit $1"#,
        limit
    )
    .fetch_all(conn)
    .await?;
    let found = rows.into_iter().map(|row| WaitingClaim {
        slug: row.slug,
        name: row.name,
        bin: row.bin,
        contact_person: row.contact_person,
        phone: row.phone,
        holder: row.holder,
        since: row.since.to_jiff(),
    });
    Ok(found.collect())
}
