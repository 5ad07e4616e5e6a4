//! The wasm entry: hydrates what the server has rendered.
#![recursion_limit = "256"]

/// Called by the page's script; the parts behind lazy routes come when they are needed.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    #[cfg(target_arch = "wasm32")]
    if !sapar_app::texts::take_from_page() {
        return leptos::logging::error!("The page and its program are of different builds.");
    }
    leptos::mount::hydrate_lazy(sapar_app::App);
}
