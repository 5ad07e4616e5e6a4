//! Prices in tabular figures.
use leptos::prelude::*;
use sapar_shared::{Lang, Money, tr};

#[component]
pub fn Price(amount: Money, #[prop(default = "price")] class: &'static str) -> impl IntoView {
    view! { <span class=class>{amount.to_string()}</span> }
}

/// "from 14 900 ₸". Kazakh puts its word behind the number, so the whole phrase comes from the locale file.
#[component]
pub fn PriceFrom(lang: Lang, amount: Money, #[prop(default = "price text-lg")] class: &'static str) -> impl IntoView {
    view! {
        <span class="whitespace-nowrap">
            <span class="price-from">{tr::ui::from_before(lang)}</span>
            <span class=class>{amount.to_string()}</span>
            <span class="price-from">{tr::ui::from_after(lang)}</span>
        </span>
    }
    .into_any()
}
