use crate::kernel::db::{Ts, ts};
use jiff::Timestamp;
use sapar_shared::{
    Money,
    ids::{OrderId, OrganisationId},
};
use sqlx::PgConnection;
use uuid::Uuid;

/// What each partner sold in the order.
pub async fn shares_of(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<Vec<(OrganisationId, Money)>> {
    let rows = sqlx::query!(
        r#"select organisation_id, sum(quantity * unit_price)::bigint as "share!" from order_lines
           where order_id = $1 group by organisation_id order by organisation_id"#,
        order.0
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.organisation_id.into(), Money::from_tiyn(row.share))).collect())
}

/// The entry with its postings.
pub(super) async fn insert(
    conn: &mut PgConnection,
    id: Uuid,
    reason: &str,
    order: OrderId,
    now: Timestamp,
    postings: &[(String, i64)],
) -> sqlx::Result<()> {
    let accounts: Vec<String> = postings.iter().map(|(account, _)| account.clone()).collect();
    let amounts: Vec<i64> = postings.iter().map(|(_, amount)| *amount).collect();
    sqlx::query!(
        "with entry as (insert into ledger_entries (id, reason, order_id, created_at) values ($1, $2, $3, $4) returning id)
         insert into ledger_postings (entry_id, account, amount)
         select entry.id, account, amount from entry, unnest($5::text[], $6::bigint[]) as posting (account, amount)",
        id,
        reason,
        order.0,
        ts(now) as Ts,
        &accounts,
        &amounts
    )
    .execute(conn)
    .await
    .map(drop)
}

/// What stands on an account now.
pub async fn balance(conn: &mut PgConnection, account: super::Account) -> sqlx::Result<Money> {
    sqlx::query_scalar!(
        r#"select coalesce(sum(amount), 0)::bigint as "balance!" from ledger_postings where account = $1"#,
        account.word()
    )
    .fetch_one(conn)
    .await
    .map(Money::from_tiyn)
}
