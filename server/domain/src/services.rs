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

    pub async fn conn(&self) -> sqlx::Result<PoolConnection<Postgres>> {
        self.pool.acquire().await
    }
}
