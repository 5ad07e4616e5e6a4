//! Logs without user data, and metrics.
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::time::Duration;
use tracing_subscriber::{EnvFilter, filter::ParseError};

/// `SAPAR_LOG` takes tracing's filter syntax.
pub fn init_logs() {
    let wanted = std::env::var("SAPAR_LOG").ok().filter(|text| !text.trim().is_empty());
    // A wrong one is told by the configuration.
    let filter = wanted.and_then(|text| filter(&text).ok()).unwrap_or_else(|| EnvFilter::new("info,sqlx=warn,leptos=warn"));
    // A second call, in tests, finds the first one's subscriber.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

pub fn filter(text: &str) -> Result<EnvFilter, ParseError> {
    EnvFilter::try_new(text)
}

pub fn init_metrics() -> anyhow::Result<PrometheusHandle> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(
            metrics_exporter_prometheus::Matcher::Suffix("_seconds".into()),
            &[0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0],
        )?
        .install_recorder()?;
    metrics::describe_histogram!("http_request_seconds", "Time from the request's arrival to the first byte of its answer");
    metrics::describe_counter!("jobs_total", "Jobs that ran, by name and outcome");
    metrics::describe_gauge!("jobs_waiting", "Jobs that wait or run");
    metrics::describe_gauge!("jobs_dead", "Jobs that were given up and want a person");
    Ok(handle)
}

/// Histograms keep every value until somebody asks for the metrics, and nobody may ever ask.
pub async fn tidy_metrics(metrics: PrometheusHandle) {
    let mut ticks = tokio::time::interval(Duration::from_secs(5));
    loop {
        ticks.tick().await;
        metrics.run_upkeep();
    }
}
