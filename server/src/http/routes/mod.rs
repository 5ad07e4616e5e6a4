//! Handlers that are no pages.
pub mod api_v1;
pub mod cabinet;
pub mod events;
pub mod files;
pub mod health;
pub mod imports;
pub mod links;
pub mod my_data;
mod rest;
pub mod sitemap;
pub mod uploads;
pub mod webhooks;

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header::RETRY_AFTER};
use sapar_domain::kernel::db::is_retryable;

/// A failure nobody outside can do anything about: written down here, a bare 500 or 503 there.
pub struct Failure(anyhow::Error);

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        tracing::error!(error = format!("{:#}", self.0), "request failed");
        if self.0.downcast_ref::<sqlx::Error>().is_some_and(passes) {
            unavailable()
        } else {
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn unavailable() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, HeaderValue::from_static("1"))]).into_response()
}

/// The same may succeed in a moment: the database is away, stopping, starting or full, a lock or a statement took too long.
fn passes(error: &sqlx::Error) -> bool {
    use sqlx::Error::{Io, PoolClosed, PoolTimedOut, WorkerCrashed};
    let code = error.as_database_error().and_then(|db| db.code());
    matches!(error, Io(_) | PoolTimedOut | PoolClosed | WorkerCrashed)
        || code.is_some_and(|code| matches!(&*code, "57014" | "55P03" | "57P01" | "57P02" | "57P03" | "53300"))
        || is_retryable(error)
}
