//! A thin line at the top while the next page is on its way.
use leptos::prelude::*;

#[component]
pub fn ProgressLine(#[prop(into)] is_routing: Signal<bool>) -> impl IntoView {
    view! { <div class="progress-line" class:progress-on=move || is_routing.get() aria-hidden="true"></div> }
}
