//! The pages of Sapar and the server functions behind them. Rendered on the server, taken over by the same code in the
//! browser; every page works before that happens and without it.
#![recursion_limit = "256"]

pub mod browser;
mod chunks;
pub mod error;
pub mod layout;
pub mod partner;
pub mod routes;
pub mod seo;
pub mod site;
pub mod texts;
pub mod ui;
pub mod wire;

#[cfg(feature = "ssr")]
pub mod request;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
pub use shell::shell;

use layout::{progress::ProgressLine, saved::provide_saved};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::Router;

/// Everything inside `<body>`.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_saved();
    let (is_routing, set_is_routing) = signal(false);
    view! {
        <Router set_is_routing>
            <ProgressLine is_routing/>
            <routes::Sitemap/>
        </Router>
    }
}
