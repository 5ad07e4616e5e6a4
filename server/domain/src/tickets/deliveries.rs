//! What was made and sent, so that a job that runs again does not do it again.
use super::{
    jobs::{DrawTickets, MailTickets, TextTickets},
    queries,
};
use crate::kernel::{
    Ctx,
    events::{self, Event},
    jobs,
};
use sapar_shared::ids::OrderId;
use sqlx::PgConnection;

/// The PDF is stored: the page may offer them, mail and SMS may go out.
pub async fn documents_ready(conn: &mut PgConnection, ctx: &Ctx, order: OrderId) -> sqlx::Result<()> {
    queries::set_documents_at(&mut *conn, order, ctx.now()).await?;
    jobs::enqueue(&mut *conn, ctx, &MailTickets { order }, ctx.now()).await?;
    jobs::enqueue(&mut *conn, ctx, &TextTickets { order }, ctx.now()).await?;
    jobs::enqueue(&mut *conn, ctx, &DrawTickets { order }, ctx.now()).await?;
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
