//! For tests: a clock that stands still until it is moved, chance from a seed, a provider that does as told, and one
//! small tour to sell.
mod clock;
mod provider;
mod tour;

pub use clock::{TestClock, ctx_at, ctx_with};
pub use provider::FakeProvider;
pub use tour::{Tour, TourBuilder};

use crate::{Services, kernel::Ctx};
use sqlx::PgPool;
use std::sync::Arc;

/// Services over a test database, with files in memory.
#[must_use]
pub fn services(pool: PgPool, ctx: Ctx, provider: &Arc<FakeProvider>) -> Services {
    Services { pool, ctx, payments: provider.clone(), files: Arc::new(object_store::memory::InMemory::new()) }
}
