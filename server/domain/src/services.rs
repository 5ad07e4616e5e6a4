//! The bundle that every edge (page, API handler, job) works with.
use crate::{kernel::Ctx, payments::provider::PaymentProvider};
use object_store::ObjectStore;
use sqlx::{PgPool, Postgres, pool::PoolConnection};
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
    pub async fn conn(&self) -> sqlx::Result<PoolConnection<Postgres>> {
        self.pool.acquire().await
    }
}
