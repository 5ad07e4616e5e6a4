//! The place in the list that one comes back to. The browser tries by itself, but before the list is there again; so the
//! place is written into the history's entry, where it stays with the very list that was left.
use leptos::{
    ev::MouseEvent,
    prelude::{request_animation_frame, window},
};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

/// Called at each click, before the router hears of it: one on a link may lead away.
pub fn keep(click: &MouseEvent) {
    let on_link = click.target().and_then(|target| target.dyn_into::<Element>().ok()?.closest("a").ok()?).is_some();
    if !on_link {
        return;
    }
    if let (Ok(history), Ok(y)) = (window().history(), window().scroll_y()) {
        let _ = history.replace_state(&JsValue::from_f64(y), "");
    }
}

/// Called when the list is there. An entry that nobody left by a link has nothing to restore, and one does so once: a reload
/// comes back to where it was by itself.
pub fn restore() {
    let Ok(history) = window().history() else { return };
    if let Some(y) = history.state().ok().and_then(|state| state.as_f64()) {
        let _ = history.replace_state(&JsValue::NULL, "");
        request_animation_frame(move || scroll(y, 10));
    }
}

/// Again in the next frames while the page is not yet long enough.
fn scroll(y: f64, tries: u8) {
    window().scroll_to_with_x_and_y(0.0, y);
    let there = window().scroll_y().is_ok_and(|now| (now - y).abs() < 2.0);
    if !there && tries > 0 {
        request_animation_frame(move || scroll(y, tries - 1));
    }
}
