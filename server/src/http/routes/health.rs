//! For whoever runs the process: on a listener of its own, never on the public one.
use axum::{Router, extract::State, response::IntoResponse, routing::get};
use http::StatusCode;
use metrics_exporter_prometheus::PrometheusHandle;
use sqlx::PgPool;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

#[derive(Clone)]
struct Ops {
    pool: PgPool,
    metrics: PrometheusHandle,
    opened: CancellationToken,
    stop: CancellationToken,
}

/// `opened`: the public port serves. `stop`: it is about to end.
pub fn router(pool: PgPool, metrics: PrometheusHandle, opened: CancellationToken, stop: CancellationToken) -> Router {
    Router::new()
        .route("/metrics", get(|State(ops): State<Ops>| async move { ops.metrics.render() }))
        .route("/health/live", get(|| async { "live\n" }))
        .route("/health/ready", get(ready))
        .with_state(Ops { pool, metrics, opened, stop })
}

/// 200 while the public port serves, the database answers and nobody told us to stop.
async fn ready(State(ops): State<Ops>) -> impl IntoResponse {
    let asked = tokio::time::timeout(Duration::from_secs(2), sqlx::query("select 1").execute(&ops.pool)).await;
    match asked {
        Ok(Ok(_)) if ops.opened.is_cancelled() && !ops.stop.is_cancelled() => (StatusCode::OK, "ready\n"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "not ready\n"),
    }
}
