//! The SQL of orders and the accounts that they belong to.
use crate::kernel::{Keys, db::unknown_word};
use sapar_shared::{
    Lang, Money,
    dto::{
        account::MyOrder,
        order::{OrderStatus, UNDONE},
    },
    ids::{AccountId, OrderId},
};
use sqlx::PgConnection;
use uuid::Uuid;

/// Two updates, for each has its own index.
pub(super) async fn join(conn: &mut PgConnection, account: AccountId) -> sqlx::Result<u64> {
    let by_email = sqlx::query!(
        "update orders o set account_id = a.id from accounts a
         where a.id = $1 and a.email_confirmed_at is not null
           and o.account_id is null and o.contact_email is not null and lower(o.contact_email) = a.email",
        account.0
    )
    .execute(&mut *conn)
    .await?;
    let by_phone = sqlx::query!(
        "update orders o set account_id = a.id from accounts a
         where a.id = $1 and a.phone_confirmed_at is not null
           and o.account_id is null and o.contact_phone is not null and o.contact_phone = a.phone",
        account.0
    )
    .execute(conn)
    .await?;
    Ok(by_email.rows_affected() + by_phone.rows_affected())
}

pub(super) async fn of_account(
    conn: &mut PgConnection,
    keys: &Keys,
    account: AccountId,
    lang: Lang,
    after: Option<OrderId>,
    limit: i64,
) -> sqlx::Result<Vec<MyOrder>> {
    let after = after.map_or(Uuid::max(), |order| order.0);
    let rows = sqlx::query!(
        r#"select o.id, o.number, o.status, o.failure, o.expires_at, o.total, first.title as "title!", first.starts_at as "starts_at!",
                  (select sum(quantity)::int from order_lines where order_id = o.id) as "tickets!"
           from orders o
           join lateral (select coalesce(t.title, ru.title) as title, d.starts_at
                         from order_lines line
                         join departures d on d.id = line.departure_id
                         join listing_texts ru on ru.listing_id = line.listing_id and ru.lang = 'ru'
                         left join listing_texts t on t.listing_id = line.listing_id and t.lang = $2
                         where line.order_id = o.id order by line.position limit 1) first on true
           where o.account_id = $1 and o.id < $3
           order by o.id desc limit $4"#,
        account.0,
        lang.code(),
        after,
        limit
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let id = OrderId(row.id);
            Ok(MyOrder {
                id,
                token: keys.order_token(id),
                status: OrderStatus::parse(&row.status).ok_or_else(|| unknown_word(&row.status))?,
                undone: row.failure.as_deref() == Some(UNDONE),
                number: row.number,
                title: row.title,
                starts_at: row.starts_at.to_jiff(),
                expires_at: row.expires_at.to_jiff(),
                tickets: row.tickets,
                total: Money::from_tiyn(row.total),
            })
        })
        .collect()
}
