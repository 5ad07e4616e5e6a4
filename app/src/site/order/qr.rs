//! A QR code: dark on white in both themes, with the quiet zone that cameras want around it.
use leptos::prelude::*;

/// `shape_id` names the drawn path, so that a second picture of the same code costs nothing.
#[component]
pub fn QrCode(
    path: String,
    size: u32,
    shape_id: String,
    #[prop(into)] label: String,
    #[prop(default = "qr")] class: &'static str,
) -> impl IntoView {
    view! {
        <svg class=class viewBox=view_box(size) role="img" aria-label=label shape-rendering="crispEdges">
            <path id=shape_id d=path></path>
        </svg>
    }
}

/// The same code again.
#[component]
pub fn QrCopy(
    size: u32,
    shape_id: String,
    #[prop(into)] label: String,
    #[prop(default = "qr")] class: &'static str,
) -> impl IntoView {
    view! {
        <svg class=class viewBox=view_box(size) role="img" aria-label=label shape-rendering="crispEdges">
            <use href=format!("#{shape_id}")></use>
        </svg>
    }
}

/// Four modules of quiet zone on every side.
fn view_box(size: u32) -> String {
    format!("-4 -4 {0} {0}", size + 8)
}
