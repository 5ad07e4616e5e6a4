//! What every handler shares.
use crate::{config::Config, http::page_cache::PageCache};
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use sapar_domain::{Services, kernel::events::Event};
use std::{ops::Deref, sync::Arc};
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

/// One pointer, for each layer of the router clones it for each request.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

pub struct Shared {
    pub services: Services,
    pub leptos: LeptosOptions,
    pub config: Arc<Config>,
    pub pages: PageCache,
    /// News from every process, through the database.
    pub events: broadcast::Sender<Event>,
    /// Cancelled when the process is told to stop: streams that would never end do then.
    pub stop: CancellationToken,
}

impl From<Shared> for AppState {
    fn from(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }
}

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}
