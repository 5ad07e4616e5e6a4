//! The wasm entry: hydrates what the server has rendered.
#![recursion_limit = "256"]
use leptos::{mount::hydrate_from_async, prelude::window, tachys::dom::body, web_sys::Event};

/// Called by the page's script; the parts behind lazy routes come when they are needed.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    #[cfg(target_arch = "wasm32")]
    if !sapar_app::texts::take_from_page() {
        return leptos::logging::error!("The page and its program are of different builds.");
    }
    wasm_bindgen_futures::spawn_local(async {
        hydrate_from_async(body(), sapar_app::App).await.forget();
        // What was typed until now is told once more: see the shell.
        if let Ok(awake) = Event::new("awake") {
            _ = window().dispatch_event(&awake);
        }
    });
}
