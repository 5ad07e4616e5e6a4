//! The list: a row each, opened by a tap; several chosen get one capacity.
use super::{
    super::{api::set_capacity, parts::Number},
    load::day_of,
    one::OneDeparture,
    page::Board,
};
use crate::{
    browser,
    partner::today::LoadBar,
    ui::{Glyph, Icon, StatusChip, Tint},
};
use jiff::civil::Date;
use leptos::{prelude::*, task::spawn_local};
use sapar_shared::{
    Lang,
    dto::editor::{MAX_CAPACITY, PlannedDeparture},
    ids::DepartureId,
    tr::departures as tr,
    when,
};

/// What is open and what is chosen.
#[derive(Clone, Copy)]
struct Picked {
    open: RwSignal<Option<DepartureId>>,
    chosen: RwSignal<Vec<DepartureId>>,
}

#[component]
pub fn Rows(board: Board, rows: Vec<PlannedDeparture>, today: Date) -> impl IntoView {
    let lang = board.lang;
    let picked = Picked { open: RwSignal::new(None), chosen: RwSignal::new(Vec::new()) };
    let changeable: Vec<_> = rows.iter().filter(|row| may_change(row, today)).map(|row| (row.id, day_of(row))).collect();
    let changeable = StoredValue::new(changeable);
    let choose_all = move |ev: leptos::ev::Event| {
        let only = board.day.get_untracked();
        let all = changeable.with_value(|rows| {
            rows.iter().filter(|(_, day)| only.is_none_or(|only| only == *day)).map(|(id, _)| *id).collect::<Vec<_>>()
        });
        picked.chosen.set(if event_target_checked(&ev) { all } else { Vec::new() });
    };
    let one_day = move || {
        board.day.get().map(|day| {
            view! {
                <p class="flex flex-wrap items-center gap-2">
                    <span class="font-semibold">{format!("{}, {}", when::weekday(lang, day.weekday()), when::day_month(lang, day))}</span>
                    <button type="button" class="btn btn-quiet" on:click=move |_| board.day.set(None)>{tr::whole_month(lang)}</button>
                </p>
            }
        })
    };
    let items = rows.into_iter().map(|row| view! { <RowItem board picked row today/> }).collect_view();
    let several = Memo::new(move |_| !picked.chosen.read().is_empty());
    view! {
        <div class="grid gap-3">
            {one_day}
            <label class="type-all" hidden=move || changeable.with_value(Vec::is_empty)>
                <input type="checkbox" prop:checked=move || several.get() on:change=choose_all/>
                {tr::choose_all(lang)}
            </label>
            {move || several.get().then(|| view! { <Bulk board picked/> })}
            <ul class="grid gap-2">{items}</ul>
        </div>
    }
    .into_any()
}

fn may_change(row: &PlannedDeparture, today: Date) -> bool {
    !row.cancelled && day_of(row) >= today
}

fn chip(lang: Lang, row: &PlannedDeparture, today: Date) -> Option<AnyView> {
    let (tint, icon, word) = if row.cancelled {
        (Tint::Poppy, Glyph::Cross, tr::state_cancelled(lang))
    } else if day_of(row) < today {
        (Tint::Plain, Glyph::Check, tr::state_past(lang))
    } else if row.sold + row.held >= row.capacity {
        (Tint::Leaf, Glyph::People, tr::state_full(lang))
    } else {
        return None;
    };
    Some(view! { <StatusChip tint icon word/> }.into_any())
}

#[component]
fn RowItem(board: Board, picked: Picked, row: PlannedDeparture, today: Date) -> impl IntoView {
    let lang = board.lang;
    let id = row.id;
    let day = day_of(&row);
    let name = when::moment_text(lang, row.starts_at);
    let changeable = may_change(&row, today);
    let open = move || picked.open.get() == Some(id);
    let chosen = move || picked.chosen.read().contains(&id);
    let choose = move |ev: leptos::ev::Event| {
        let on = event_target_checked(&ev);
        picked.chosen.update(|chosen| {
            chosen.retain(|known| *known != id);
            if on {
                chosen.push(id);
            }
        });
    };
    let check = changeable.then(|| {
        view! {
            <label class="type-check">
                <input type="checkbox" aria-label=tr::choose_one(lang, name.clone()) prop:checked=chosen on:change=choose/>
            </label>
        }
    });
    let load = (!row.cancelled).then(|| {
        view! {
            <span class="flex flex-wrap gap-x-3 text-sm text-muted numbers">
                <span>{tr::sold_of(lang, row.sold, row.capacity)}</span>
                {(row.held > 0).then(|| view! { <span>{tr::held(lang, row.held)}</span> })}
                {(row.elsewhere > 0).then(|| view! { <span>{sapar_shared::tr::partner::elsewhere(lang, row.elsewhere)}</span> })}
            </span>
            <LoadBar lang sold=row.sold held=row.held elsewhere=row.elsewhere capacity=row.capacity/>
        }
    });
    let state = chip(lang, &row, today);
    let planned = StoredValue::new(row);
    let button = format!("departure-{id}");
    Effect::new({
        let button = button.clone();
        move |_| {
            if board.back_to.try_get_value().flatten() == Some(id) {
                board.back_to.set_value(None);
                let button = button.clone();
                request_animation_frame(move || browser::focus(&button));
            }
        }
    });
    view! {
        <li class="type-card" hidden=move || board.day.get().is_some_and(|only| only != day)>
            <div class="type-line">
                {check}
                <button
                    type="button"
                    class="type-open"
                    id=button
                    aria-expanded=move || if open() { "true" } else { "false" }
                    on:click=move |_| picked.open.update(|open| *open = if *open == Some(id) { None } else { Some(id) })
                >
                    <span class="grid gap-1 min-w-0 grow">
                        <span class="flex flex-wrap items-center gap-2">
                            <span class="font-semibold numbers">{name}</span>
                            {state}
                        </span>
                        {load}
                    </span>
                    <Icon name=Glyph::ChevronRight class="icon type-mark"/>
                </button>
            </div>
            {move || open().then(|| view! { <OneDeparture board row=planned.get_value() changeable/> })}
        </li>
    }
    .into_any()
}

/// One capacity for all that are chosen.
#[component]
fn Bulk(board: Board, picked: Picked) -> impl IntoView {
    let lang = board.lang;
    let capacity = RwSignal::new(None::<i32>);
    let busy = RwSignal::new(false);
    let count = move || i64::try_from(picked.chosen.read().len()).unwrap_or_default();
    let apply = move |_| {
        let Some(places) = capacity.get_untracked().filter(|places| *places > 0) else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = board.step(set_capacity(picked.chosen.get_untracked(), places)).await;
            if busy.is_disposed() {
                return;
            }
            busy.set(false);
            match answer {
                Ok(()) => board.done(tr::capacity_changed(lang, count())),
                Err(error) => board.failed(&error),
            }
        });
    };
    let without = Signal::derive(move || capacity.get().is_none() || busy.get());
    view! {
        <div class="row-card bulk" role="group" aria-label=tr::capacity_all(lang)>
            <div class="grid gap-3 min-w-0">
                <p class="font-semibold" role="status">{move || tr::chosen_count(lang, count())}</p>
                <Number
                    id="bulk-capacity"
                    label=tr::capacity_all(lang)
                    value=capacity
                    on_number=Callback::new(move |n| capacity.set(n))
                    min=1
                    max=MAX_CAPACITY
                />
                <div class="flex flex-wrap gap-2">
                    <button type="button" class="btn" disabled=move || without.get() on:click=apply>
                        {move || tr::capacity_apply(lang, count())}
                    </button>
                    <button type="button" class="btn btn-quiet" on:click=move |_| picked.chosen.set(Vec::new())>{tr::choose_none(lang)}</button>
                </div>
            </div>
        </div>
    }
    .into_any()
}
