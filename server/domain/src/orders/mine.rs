//! One's own orders, the newest first.
use super::{OrderError, queries_mine as queries};
use crate::{accounts::Actor, kernel::Ctx};
use sapar_shared::{Lang, dto::account::MyOrders, ids::OrderId};
use sqlx::PgConnection;

/// Orders on one page.
const PAGE: i64 = 20;

/// Those before `after`, an order's id: ids sort by the time they were made. Nothing for a program.
pub async fn my_orders(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    lang: Lang,
    after: Option<OrderId>,
) -> Result<MyOrders, OrderError> {
    let account = actor.person().map_err(|_| OrderError::NotFound)?;
    let mut orders = queries::of_account(conn, &ctx.keys, account, lang, after, PAGE + 1).await?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = orders.len() > page;
    orders.truncate(page);
    let next = orders.last().filter(|_| more).map(|order| order.id);
    Ok(MyOrders { orders, next })
}
