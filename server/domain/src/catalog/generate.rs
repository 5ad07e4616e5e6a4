//! A believable big catalogue, for benchmarks.
use super::{queries_generate as queries, refresh_all};
use crate::kernel::{
    Ctx,
    db::{day, ts},
};
use sqlx::PgConnection;

const PARTNERS: i64 = 400;

/// Adds `count` published tours with texts, ticket types, departures and stock to a database that holds the demo (its
/// places, categories and pictures are used). Some seconds for each ten thousand.
pub async fn generate(conn: &mut PgConnection, ctx: &Ctx, count: i64) -> sqlx::Result<()> {
    queries::take_your_time(conn).await?;
    let first = queries::first_number(conn).await?;
    let last = first + count - 1;
    queries::partners(conn, ts(ctx.now()), PARTNERS).await?;
    queries::listings(conn, ts(ctx.now()), first, last).await?;
    queries::texts(conn, first, last).await?;
    queries::pictures(conn, first, last).await?;
    queries::ticket_types(conn, first, last).await?;
    queries::departures(conn, day(ctx.today()), first, last).await?;
    queries::stock(conn, first, last).await?;
    // Without statistics the refresh would be planned for empty tables and take an hour.
    queries::analyze(conn).await?;
    refresh_all(conn, ctx).await?;
    queries::vacuum(conn).await
}
