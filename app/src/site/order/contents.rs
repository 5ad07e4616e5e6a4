//! What was ordered, a block a departure; the checkout shows the same.
use crate::ui::{Glyph, Icon, Price};
use leptos::prelude::*;
use sapar_shared::{
    Lang, Money,
    dto::order::{OrderLineView, OrderView},
    paths, tr, when,
};

/// The lines of one departure, in their order.
#[must_use]
pub fn by_departure(lines: &[OrderLineView]) -> Vec<Vec<OrderLineView>> {
    let mut groups: Vec<Vec<OrderLineView>> = Vec::new();
    for line in lines {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| first.departure_id == line.departure_id)) {
            Some(group) => group.push(line.clone()),
            None => groups.push(vec![line.clone()]),
        }
    }
    groups
}

/// The first tour of an order, where the way leads back to.
#[must_use]
pub fn tour_path(lang: Lang, order: &OrderView) -> String {
    order.lines.first().map_or_else(|| paths::search(lang), |line| paths::tour(lang, &line.listing_slug))
}

/// With `meeting` where no other part of the page says it.
#[component]
pub fn Contents(
    lang: Lang,
    lines: Vec<OrderLineView>,
    total: Money,
    #[prop(into)] total_label: String,
    #[prop(optional)] meeting: bool,
) -> impl IntoView {
    let groups = by_departure(&lines).into_iter().map(|group| view! { <Departure lang group meeting/> }).collect_view();
    view! {
        <div class="flex flex-col gap-4">
            {groups}
            <p class="order-total">
                <span>{total_label}</span>
                <Price amount=total class="price text-xl"/>
            </p>
        </div>
    }
    .into_any()
}

#[component]
fn Departure(lang: Lang, group: Vec<OrderLineView>, meeting: bool) -> impl IntoView {
    let Some(first) = group.first().cloned() else { return ().into_any() };
    let counts = group
        .into_iter()
        .map(|line| {
            let sum = line.unit_price.checked_mul(i64::from(line.quantity)).unwrap_or_default();
            view! {
                <li class="order-line">
                    <span class="min-w-0">
                        {line.ticket_type} <span class="numbers text-muted whitespace-nowrap">{format!(" × {}", line.quantity)}</span>
                    </span>
                    <Price amount=sum/>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="flex flex-col gap-2">
            <p class="font-bold text-lg">{first.listing_title}</p>
            <p class="order-fact">
                <Icon name=Glyph::Calendar class="icon icon-small"/>
                <time datetime=when::machine(first.starts_at)>{when::moment_text(lang, first.starts_at)}</time>
            </p>
            {meeting
                .then(|| {
                    view! {
                        <p class="order-fact">
                            <Icon name=Glyph::Pin class="icon icon-small"/>
                            <span class="min-w-0">{first.meeting_text}</span>
                        </p>
                    }
                })}
            <p class="order-fact">
                <Icon name=Glyph::People class="icon icon-small"/>
                <span class="min-w-0">{tr::checkout::organiser(lang, first.partner_name)}</span>
            </p>
            <ul class="flex flex-col gap-1 pt-1">{counts}</ul>
        </div>
    }
    .into_any()
}
