//! One departure on the day's list; the whole card leads to its passengers, and its numbers are those of now.
use crate::ui::{Badge, Glyph, Icon, Tint};
use leptos::prelude::*;
use sapar_shared::{Lang, dto::partner::DepartureRow, paths, tr, when};

#[component]
pub fn DepartureCard(lang: Lang, row: Memo<DepartureRow>) -> impl IntoView {
    // The link itself stays, whatever changes in it: somebody may be about to tap it.
    let href = paths::partner_departure(lang, row.with_untracked(|row| row.id));
    view! {
        <li>
            <a class="cab-card" href=href>
                <span class="cab-time">{move || when::clock(when::local(row.read().starts_at))}</span>
                <span class="grid gap-2 min-w-0">
                    <span class="font-semibold text-lg line-clamp-2">{move || row.read().title.clone()}</span>
                    {move || view! { <Numbers lang row=row.get()/> }}
                </span>
                <span class="self-center text-muted">
                    <Icon name=Glyph::ChevronRight/>
                </span>
            </a>
        </li>
    }
    .into_any()
}

#[component]
fn Numbers(lang: Lang, row: DepartureRow) -> impl IntoView {
    let free = (row.capacity - row.sold - row.held - row.elsewhere).max(0);
    let everybody = row.sold > 0 && row.activated >= row.sold;
    view! {
        <LoadBar lang sold=row.sold held=row.held elsewhere=row.elsewhere capacity=row.capacity/>
        <span class="flex flex-wrap gap-x-3 text-sm text-muted numbers">
            <span>{tr::partner::sold(lang, row.sold)}</span>
            {(row.held > 0).then(|| view! { <span>{tr::partner::held(lang, row.held)}</span> })}
            {(row.elsewhere > 0).then(|| view! { <span>{tr::partner::elsewhere(lang, row.elsewhere)}</span> })}
            <span>{tr::partner::free(lang, free)}</span>
        </span>
        <span hidden={row.sold == 0}>
            <Badge tint=if everybody { Tint::Leaf } else { Tint::Sky }>
                <Icon name=if everybody { Glyph::Check } else { Glyph::People } class="icon icon-small"/>
                <span class="numbers">{tr::partner::boarded(lang, row.activated, row.sold)}</span>
            </Badge>
        </span>
    }
    .into_any()
}

/// Sold and held of all places. Drawn, because a width in a style attribute would be refused by our own policy.
#[component]
pub fn LoadBar(lang: Lang, sold: i32, held: i32, elsewhere: i32, capacity: i32) -> impl IntoView {
    let words = tr::partner::load(lang, sold, held, capacity);
    let all = capacity.max(1);
    let sold = sold.clamp(0, all);
    let held = held.clamp(0, all - sold);
    let elsewhere = elsewhere.clamp(0, all - sold - held);
    view! {
        <svg
            class="load-bar"
            viewBox=format!("0 0 {all} 1")
            preserveAspectRatio="none"
            role="img"
            aria-label=words
        >
            <rect class="fill-sky" x="0" y="0" width=sold.to_string() height="1"></rect>
            <rect class="fill-amber" x=sold.to_string() y="0" width=held.to_string() height="1"></rect>
            <rect class="fill-line-strong" x=(sold + held).to_string() y="0" width=elsewhere.to_string() height="1"></rect>
        </svg>
    }
    .into_any()
}
