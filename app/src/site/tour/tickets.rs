//! How many of each kind.
use super::booking::Booking;
use crate::ui::{Price, Stepper};
use leptos::prelude::*;
use sapar_shared::{Money, dto::catalog::TicketType, tr};

/// The sum of what is chosen. Only shown: the server counts again.
#[must_use]
pub fn total(booking: Booking) -> Money {
    let counts: Vec<i64> = booking.counts.with_value(|counts| counts.iter().map(|count| i64::from(count.get())).collect());
    booking.kinds.with_value(|kinds| {
        let prices = kinds.iter().zip(counts).map(|(kind, count)| kind.price.checked_mul(count).unwrap_or_default());
        prices.fold(Money::ZERO, |sum, price| sum.checked_add(price).unwrap_or(sum))
    })
}

#[component]
pub fn TicketCounts(booking: Booking) -> impl IntoView {
    let kinds = booking.kinds.get_value();
    let rows = kinds.into_iter().enumerate().map(|(index, kind)| view! { <TicketRow booking index kind/> }).collect_view();
    view! {
        <fieldset>
            <legend class="text-lg font-bold mb-2">{tr::tour::how_many(booking.lang)}</legend>
            {rows}
        </fieldset>
    }
    .into_any()
}

#[component]
fn TicketRow(booking: Booking, index: usize, kind: TicketType) -> impl IntoView {
    let lang = booking.lang;
    let Some(count) = booking.counts.with_value(|counts| counts.get(index).copied()) else { return ().into_any() };
    let most = kind.max_per_order.max(0);
    let left = move || booking.departure().and_then(|d| d.ticket_types_left.get(index).copied());
    let max = Signal::derive(move || left().unwrap_or(most).min(most).max(0));
    // A date with less to give takes the count down with it, rather than refuse later.
    Effect::new(move |_| {
        let max = max.get();
        if count.get_untracked() > max {
            count.set(max);
        }
    });
    view! {
        <div class="ticket-row">
            <div class="min-w-0">
                <p class="font-semibold">{kind.name.clone()}</p>
                <p class="text-muted">
                    <Price amount=kind.price class="numbers"/>
                    {move || {
                        left()
                            .filter(|left| *left <= 5)
                            .map(|left| {
                                let words = if left > 0 {
                                    tr::ui::places_left(lang, i64::from(left))
                                } else {
                                    tr::ui::no_places(lang).to_owned()
                                };
                                view! { <span class="text-amber-ink">" · "{words}</span> }
                            })
                    }}
                </p>
            </div>
            <Stepper
                name=format!("counts[t{}]", kind.id)
                id=format!("count-{index}")
                label=tr::tour::count_label(lang, &kind.name)
                fewer=tr::tour::fewer(lang, &kind.name)
                more=tr::tour::more(lang, &kind.name)
                value=count
                max
            />
        </div>
    }
    .into_any()
}
