//! What somebody bought as a guest is theirs once the e-mail or the number is proven.
use super::queries_mine as queries;
use sapar_shared::ids::AccountId;
use sqlx::PgConnection;

/// Gives the account the orders that are nobody's and were made with what it has proven; returns how many. Later ones find it
/// by themselves.
pub async fn join_account(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<u64> {
    queries::join(conn, account).await
}
