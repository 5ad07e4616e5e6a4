//! An order's facts in words.
use crate::ui::{Glyph, StatusChip, Tint};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::{
        desk::{Channel, OrderGroup},
        order::OrderStatus,
    },
    tr::orders as tr,
};

#[component]
pub fn State(lang: Lang, status: OrderStatus) -> impl IntoView {
    let word = match status {
        OrderStatus::Held => tr::status_held(lang),
        OrderStatus::AwaitingPayment => tr::status_awaiting(lang),
        OrderStatus::Paid => tr::status_paid(lang),
        OrderStatus::Completed => tr::status_completed(lang),
        OrderStatus::PartlyRefunded => tr::status_partly(lang),
        OrderStatus::Refunded => tr::status_refunded(lang),
        OrderStatus::Failed => tr::status_failed(lang),
        OrderStatus::Expired => tr::status_expired(lang),
        OrderStatus::Cancelled => tr::status_cancelled(lang),
    };
    let (tint, icon) = match OrderGroup::of(status) {
        OrderGroup::Open => (Tint::Amber, Glyph::Clock),
        OrderGroup::Paid => (Tint::Leaf, Glyph::Check),
        OrderGroup::Returned => (Tint::Iris, Glyph::Refresh),
        OrderGroup::Ended => (Tint::Plain, Glyph::Cross),
    };
    view! { <StatusChip tint icon word/> }.into_any()
}

#[must_use]
pub fn group(lang: Lang, group: OrderGroup) -> &'static str {
    match group {
        OrderGroup::Open => tr::group_open(lang),
        OrderGroup::Paid => tr::group_paid(lang),
        OrderGroup::Returned => tr::group_returned(lang),
        OrderGroup::Ended => tr::group_ended(lang),
    }
}

#[must_use]
pub fn channel(lang: Lang, channel: Channel) -> &'static str {
    match channel {
        Channel::Online => tr::online(lang),
        Channel::Cash => tr::cash(lang),
    }
}

#[must_use]
pub fn name(lang: Lang, name: &str) -> String {
    if name.is_empty() { tr::no_name(lang).to_owned() } else { name.to_owned() }
}
