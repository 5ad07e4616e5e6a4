//! The shape of what is about to come.
use leptos::prelude::*;

/// `class` gives it its size.
#[component]
pub fn Skeleton(#[prop(default = "h-4 w-full")] class: &'static str) -> impl IntoView {
    view! { <div class=format!("skeleton {class}") aria-hidden="true"></div> }
}
