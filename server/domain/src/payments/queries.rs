use super::provider::Position;
use crate::kernel::{
    Ctx,
    db::{Ts, ts, unknown_word},
};
use jiff::Timestamp;
use sapar_shared::{
    Lang, Money,
    ids::{OrderId, PaymentId},
};
use sqlx::PgConnection;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PaymentStatus {
    /// Written here, not yet known to have reached the provider.
    Created,
    Pending,
    Succeeded,
    Failed,
    Returning,
    Returned,
}

impl PaymentStatus {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Pending => "pending",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Returning => "returning",
            Self::Returned => "returned",
        }
    }

    fn parse(word: &str) -> sqlx::Result<Self> {
        [Self::Created, Self::Pending, Self::Succeeded, Self::Failed, Self::Returning, Self::Returned]
            .into_iter()
            .find(|status| status.as_str() == word)
            .ok_or_else(|| unknown_word(word))
    }
}

#[derive(Clone, Debug)]
pub(super) struct Payment {
    pub(super) id: PaymentId,
    pub(super) order: OrderId,
    pub(super) provider_payment_id: Option<String>,
    pub(super) amount: Money,
    pub(super) status: PaymentStatus,
    pub(super) redirect_url: Option<String>,
}

struct Row {
    id: uuid::Uuid,
    order_id: uuid::Uuid,
    provider_payment_id: Option<String>,
    amount: i64,
    status: String,
    redirect_url: Option<String>,
}

impl TryFrom<Row> for Payment {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.id.into(),
            order: row.order_id.into(),
            provider_payment_id: row.provider_payment_id,
            amount: Money::from_tiyn(row.amount),
            status: PaymentStatus::parse(&row.status)?,
            redirect_url: row.redirect_url,
        })
    }
}

/// The attempt that is under way, if there is one. The order is locked, so nobody changes it meanwhile.
pub(super) async fn live(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<Option<Payment>> {
    sqlx::query_as!(
        Row,
        "select id, order_id, provider_payment_id, amount, status, redirect_url from payments
         where order_id = $1 and status in ('created', 'pending')",
        order.0
    )
    .fetch_optional(conn)
    .await?
    .map(Payment::try_from)
    .transpose()
}

pub(super) async fn paid(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<Option<Payment>> {
    sqlx::query_as!(
        Row,
        "select id, order_id, provider_payment_id, amount, status, redirect_url from payments
         where order_id = $1 and status = 'succeeded'",
        order.0
    )
    .fetch_optional(conn)
    .await?
    .map(Payment::try_from)
    .transpose()
}

pub(super) async fn by_id(conn: &mut PgConnection, id: PaymentId) -> sqlx::Result<Option<Payment>> {
    sqlx::query_as!(
        Row,
        "select id, order_id, provider_payment_id, amount, status, redirect_url from payments where id = $1",
        id.0
    )
    .fetch_optional(conn)
    .await?
    .map(Payment::try_from)
    .transpose()
}

/// The order's payment that the provider knows by this id; or the one that was written but whose provider id got lost
/// between the provider's answer and our commit.
pub(super) async fn by_provider_id(
    conn: &mut PgConnection,
    order: OrderId,
    provider: &str,
    provider_payment_id: &str,
) -> sqlx::Result<Option<Payment>> {
    sqlx::query_as!(
        Row,
        "select id, order_id, provider_payment_id, amount, status, redirect_url from payments
         where order_id = $1 and provider = $2 and (provider_payment_id = $3 or provider_payment_id is null)
         order by provider_payment_id is null limit 1",
        order.0,
        provider,
        provider_payment_id
    )
    .fetch_optional(conn)
    .await?
    .map(Payment::try_from)
    .transpose()
}

pub(super) struct NewPayment<'a> {
    pub(super) id: PaymentId,
    pub(super) order: OrderId,
    pub(super) provider: &'a str,
    pub(super) amount: Money,
    pub(super) now: Timestamp,
    pub(super) expires_at: Timestamp,
}

pub(super) async fn insert(conn: &mut PgConnection, payment: &NewPayment<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into payments (id, order_id, provider, amount, status, created_at, expires_at)
         values ($1, $2, $3, $4, 'created', $5, $6)",
        payment.id.0,
        payment.order.0,
        payment.provider,
        payment.amount.tiyn(),
        ts(payment.now) as Ts,
        ts(payment.expires_at) as Ts,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The provider took it: `created → pending`. A callback may have been faster; then nothing is changed back.
pub(super) async fn started(
    conn: &mut PgConnection,
    id: PaymentId,
    provider_payment_id: &str,
    redirect_url: &str,
    next_poll_at: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update payments set provider_payment_id = $2, redirect_url = $3, next_poll_at = $4,
                status = case status when 'created' then 'pending' else status end
         where id = $1",
        id.0,
        provider_payment_id,
        redirect_url,
        ts(next_poll_at) as Ts,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn set_status(
    conn: &mut PgConnection,
    id: PaymentId,
    status: PaymentStatus,
    provider_payment_id: Option<&str>,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update payments set status = $2, provider_payment_id = coalesce($3, provider_payment_id), settled_at = $4, next_poll_at = null
         where id = $1",
        id.0,
        status.as_str(),
        provider_payment_id,
        ts(now) as Ts,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn record_event(
    conn: &mut PgConnection,
    ctx: &Ctx,
    payment: Option<PaymentId>,
    order_number: &str,
    source: &str,
    verdict: &str,
    payload: &serde_json::Value,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into payment_events (id, payment_id, order_number, source, verdict, payload, received_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        ctx.id(),
        payment.map(|p| p.0),
        order_number,
        source,
        verdict,
        payload,
        ts(ctx.now()) as Ts,
    )
    .execute(conn)
    .await
    .map(drop)
}

pub(super) async fn positions(conn: &mut PgConnection, order: OrderId, lang: Lang) -> sqlx::Result<Vec<Position>> {
    let rows = sqlx::query!(
        r#"select coalesce(t.title, ru.title) || ' · ' ||
                  case $2 when 'kk' then tt.name_kk when 'en' then tt.name_en else tt.name_ru end as "name!",
                  line.quantity, line.unit_price
           from order_lines line
           join listing_texts ru on ru.listing_id = line.listing_id and ru.lang = 'ru'
           left join listing_texts t on t.listing_id = line.listing_id and t.lang = $2
           join ticket_types tt on tt.id = line.ticket_type_id
           where line.order_id = $1 order by line.position"#,
        order.0,
        lang.code()
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Position { name: row.name, count: row.quantity, price: Money::from_tiyn(row.unit_price) })
        .collect())
}

/// A payment to ask the provider about, by whatever id it knows.
pub(super) struct ToAsk {
    pub(super) provider_payment_id: String,
    pub(super) order_number: String,
}

/// Pending payments whose turn it is; the next turn is set at once (10 s, 20 s, 40 s … five minutes), so that no two
/// processes ask and a crash loses no turn.
pub(super) async fn take_due_polls(conn: &mut PgConnection, now: Timestamp, limit: i64) -> sqlx::Result<Vec<ToAsk>> {
    let rows = sqlx::query!(
        r#"update payments p set polls = p.polls + 1,
                  next_poll_at = $1 + make_interval(secs => least(300, 10 * power(2, least(p.polls, 6))))
           from orders o
           where o.id = p.order_id and p.id in
                 (select id from payments where next_poll_at <= $1 and status = 'pending' order by next_poll_at limit $2 for update skip locked)
           returning p.provider_payment_id as "provider_payment_id!", o.number"#,
        ts(now) as Ts,
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| ToAsk { provider_payment_id: row.provider_payment_id, order_number: row.number }).collect())
}

pub(super) async fn any_failed(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select from payments where order_id = $1 and status = 'failed') as "failed!""#, order.0)
        .fetch_one(conn)
        .await
}

pub(super) async fn fail_if_live(conn: &mut PgConnection, id: PaymentId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update payments set status = 'failed', settled_at = $2, next_poll_at = null where id = $1 and status in ('created', 'pending')",
        id.0,
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(drop)
}

/// `returning → returned`; false when another run was faster.
pub(super) async fn returned(conn: &mut PgConnection, id: PaymentId, now: Timestamp) -> sqlx::Result<bool> {
    sqlx::query!(
        "update payments set status = 'returned', settled_at = $2 where id = $1 and status = 'returning'",
        id.0,
        ts(now) as Ts
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected() == 1)
}

pub(super) async fn insert_cash(
    conn: &mut PgConnection,
    id: uuid::Uuid,
    order: OrderId,
    amount: Money,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into payments (id, order_id, provider, amount, status, expires_at, created_at, settled_at)
         values ($1, $2, 'cash', $3, 'succeeded', $4, $4, $4)",
        id,
        order.0,
        amount.tiyn(),
        ts(now) as Ts,
    )
    .execute(conn)
    .await
    .map(drop)
}
