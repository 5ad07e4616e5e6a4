//! Parts of one thing, each with an address of its own.
use leptos::{html::Nav, prelude::*};
use wasm_bindgen::JsCast as _;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    pub name: String,
    pub href: String,
    pub current: bool,
}

#[component]
pub fn Tabs(#[prop(into)] label: String, tabs: Vec<Tab>) -> impl IntoView {
    let links = tabs
        .into_iter()
        .map(|tab| view! { <a href=tab.href aria-current=tab.current.then_some("page")>{tab.name}</a> })
        .collect_view();
    let strip = NodeRef::<Nav>::new();
    // A phone shows some of them: the one that is open among them.
    Effect::new(move |_| {
        let Some(strip) = strip.get() else { return };
        let current = strip.query_selector("[aria-current]").ok().flatten();
        if let Some(current) = current.and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok()) {
            let left = current.offset_left() - strip.offset_left() - (strip.client_width() - current.offset_width()) / 2;
            strip.set_scroll_left(left);
        }
    });
    view! { <nav class="tabs" aria-label=label node_ref=strip>{links}</nav> }.into_any()
}
