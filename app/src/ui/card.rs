//! The ground for what belongs together.
use leptos::prelude::*;

#[component]
pub fn Card(#[prop(optional)] class: &'static str, children: Children) -> impl IntoView {
    view! { <div class=format!("card card-pad {class}")>{children()}</div> }
}
