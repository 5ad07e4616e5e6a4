//! Handlers that are no pages.
pub mod api_v1;
pub mod events;
pub mod files;
pub mod health;
pub mod links;
pub mod sitemap;
pub mod webhooks;

use axum::response::{IntoResponse, Response};
use http::StatusCode;

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
        let away = self.0.downcast_ref::<sqlx::Error>().is_some_and(|e| {
            matches!(e, sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed)
        });
        if away { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::INTERNAL_SERVER_ERROR }.into_response()
    }
}
