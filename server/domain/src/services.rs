//! The bundle that every edge (page, API handler, job) works with.
use crate::{kernel::Ctx, payments::provider::PaymentProvider};
use object_store::ObjectStore;
use sqlx::{PgPool, Postgres, Transaction, pool::PoolConnection};
use std::sync::Arc;

/// Cheap to clone.
#[derive(Clone)]
pub struct Services {
    pub pool: PgPool,
    pub ctx: Ctx,
    pub payments: Arc<dyn PaymentProvider>,
    /// Pictures and PDFs.
    pub files: Arc<dyn ObjectStore>,
}

impl Services {
    /// A transaction. It begins in a task of its own, for a caller may be dropped at any moment (a customer hangs up), and sqlx
    /// 0.9 gives a connection whose `begin` was dropped half way back to the pool inside an open transaction.
    pub async fn begin(&self) -> sqlx::Result<Transaction<'static, Postgres>> {
        let pool = self.pool.clone();
        tokio::spawn(async move { pool.begin().await }).await.unwrap_or(Err(sqlx::Error::WorkerCrashed))
    }

    /// A transaction whose commit lets go of its locks before the disk has it: for counters that many wait for. Nobody may
    /// be told what came of it before `flushed`, or before another transaction was committed.
    pub async fn begin_brief(&self) -> sqlx::Result<Transaction<'static, Postgres>> {
        let pool = self.pool.clone();
        let begun = tokio::spawn(async move { pool.begin_with("begin; set local synchronous_commit = off").await });
        begun.await.unwrap_or(Err(sqlx::Error::WorkerCrashed))
    }

    /// Waits until the disk has all that was committed so far; who waits at the same time shares the write.
    pub async fn flushed(&self) -> sqlx::Result<()> {
        // A commit that writes something, which no reader of the log cares for.
        sqlx::query!("select pg_logical_emit_message(true, 'sapar', '')::text as written").fetch_one(&self.pool).await.map(drop)
    }

    pub async fn conn(&self) -> sqlx::Result<PoolConnection<Postgres>> {
        self.pool.acquire().await
    }
}
