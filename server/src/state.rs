//! What every handler shares.
use crate::{config::Config, http::page_cache::PageCache};
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use sapar_domain::{Services, kernel::events::Event};
use std::sync::Arc;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

#[derive(Clone, FromRef)]
pub struct AppState {
    pub services: Services,
    pub leptos: LeptosOptions,
    pub config: Arc<Config>,
    pub pages: PageCache,
    /// News from every process, through the database.
    pub events: broadcast::Sender<Event>,
    /// Cancelled when the process is told to stop: streams that would never end do then.
    pub stop: CancellationToken,
}
