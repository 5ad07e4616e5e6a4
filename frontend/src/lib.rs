//! The wasm entry: hydrates what the server has rendered.
#![recursion_limit = "256"]

/// Called by the page's script; the parts behind lazy routes come when they are needed.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_lazy(sapar_app::App);
}
