//! All that the database holds about a person, as JSON in parts: an account with thousands of orders is never in memory whole.
//! Its shape is said where it is written, in `queries_export.rs`, and to the person in the archive's own README.
use super::queries_export as queries;
use crate::{
    accounts::{self, AccountError, Actor, Proven},
    kernel::Ctx,
};
use sapar_shared::ids::{AccountId, OrderId};
use sqlx::PgConnection;

/// Orders of one part.
const PART: i64 = 50;

/// The right to read one account whole. Only `begin_export` makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Export(AccountId);

/// An order on its way into the archive.
#[derive(Debug, PartialEq, Eq)]
pub struct ExportedOrder {
    pub id: OrderId,
    pub number: String,
    /// There is a PDF of it.
    pub has_tickets: bool,
    /// A JSON object.
    pub json: String,
}

/// Counted, for it is a long walk through the tables. The caller opens no transaction.
pub async fn begin_export(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, proven: &Proven) -> Result<Export, AccountError> {
    let account = actor.person()?;
    if !proven.is_of(actor) {
        return Err(AccountError::Wrong);
    }
    accounts::may_download(conn, ctx.now(), account).await?;
    Ok(Export(account))
}

/// Everything but the orders, as a JSON object. `None`: the account was erased meanwhile.
pub async fn exported_account(conn: &mut PgConnection, ctx: &Ctx, export: Export) -> sqlx::Result<Option<String>> {
    queries::account(conn, export.0, ctx.now()).await
}

/// The orders after `after`, the oldest first, and where the next part begins.
pub async fn exported_orders(
    conn: &mut PgConnection,
    export: Export,
    after: Option<OrderId>,
) -> sqlx::Result<(Vec<ExportedOrder>, Option<OrderId>)> {
    let orders = queries::orders(conn, export.0, after, PART).await?;
    let full = i64::try_from(orders.len()).is_ok_and(|count| count == PART);
    let next = orders.last().filter(|_| full).map(|order| order.id);
    Ok((orders, next))
}
