//! What was made and sent, so that a job that runs again does not do it again.
use super::{
    jobs::{DrawTickets, MailTickets, TextTickets},
    queries,
};
use crate::kernel::{
    Ctx,
    events::{self, Event},
    jobs::{self, Planned},
};
use sapar_shared::ids::OrderId;
use sqlx::PgConnection;

/// The PDF is stored: the page may offer them, mail and SMS may go out.
pub async fn documents_ready(conn: &mut PgConnection, ctx: &Ctx, order: OrderId) -> sqlx::Result<()> {
    queries::set_documents_at(&mut *conn, order, ctx.now()).await?;
    let now = ctx.now();
    let next = [
        Planned::at(now, &MailTickets { order })?,
        Planned::at(now, &TextTickets { order })?,
        Planned::at(now, &DrawTickets { order })?,
    ];
    jobs::enqueue_all(&mut *conn, ctx, &next).await?;
    events::notify(conn, Event::Order(order)).await
}

pub async fn sent_before(conn: &mut PgConnection, key: &str) -> sqlx::Result<bool> {
    queries::delivery_exists(conn, key).await
}

/// `channel` is `mail` or `sms`.
pub async fn delivered(
    conn: &mut PgConnection,
    ctx: &Ctx,
    key: &str,
    channel: &str,
    provider_id: Option<&str>,
) -> sqlx::Result<()> {
    queries::insert_delivery(conn, key, channel, provider_id, ctx.now()).await
}
