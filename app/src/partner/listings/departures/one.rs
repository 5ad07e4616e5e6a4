//! What may be done with one departure: move it, change its places, call it off.
use super::{
    super::{
        api::{move_departure, set_capacity},
        parts::{Number, Refusal},
    },
    add::DayField,
    cancel::Cancel,
    load::day_of,
    page::Board,
};
use crate::{
    error::AppError,
    ui::{Glyph, Icon},
};
use leptos::{prelude::*, task::spawn_local};
use sapar_shared::{
    dto::editor::{MAX_CAPACITY, PlannedDeparture},
    paths,
    tr::departures as tr,
    when,
};

#[component]
pub fn OneDeparture(board: Board, row: PlannedDeparture, changeable: bool) -> impl IntoView {
    let lang = board.lang;
    let passengers = view! {
        <a class="btn" href=paths::partner_departure(lang, row.id)>
            <Icon name=Glyph::People class="icon icon-small"/>
            {tr::passengers(lang)}
        </a>
    };
    if !changeable {
        return view! { <div class="type-fields">{passengers}</div> }.into_any();
    }
    let trouble = RwSignal::new(None::<AppError>);
    let said = move || trouble.get().map(|error| view! { <Refusal lang error only_here=true/> });
    view! {
        <div class="type-fields">
            <div aria-live="polite">{said}</div>
            {passengers}
            <Places board row=row.clone() trouble/>
            <Move board row=row.clone() trouble/>
            <Cancel board row trouble/>
        </div>
    }
    .into_any()
}

#[component]
fn Places(board: Board, row: PlannedDeparture, trouble: RwSignal<Option<AppError>>) -> impl IntoView {
    let lang = board.lang;
    let capacity = RwSignal::new(Some(row.capacity));
    let busy = RwSignal::new(false);
    let submit = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        let Some(places) = capacity.get_untracked() else { return };
        if busy.get_untracked() || places == row.capacity {
            return;
        }
        busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            let answer = board.step(set_capacity(vec![row.id], places)).await;
            if busy.is_disposed() {
                return;
            }
            busy.set(false);
            match answer {
                Ok(()) => board.done_in(row.id, tr::capacity_changed(lang, 1)),
                Err(error) => trouble.set(Some(error)),
            }
        });
    };
    view! {
        <form class="one-line" on:submit=submit>
            <Number
                id=format!("capacity-{}", row.id)
                label=tr::capacity(lang)
                value=capacity
                on_number=Callback::new(move |n| capacity.set(n))
                min=1
                max=MAX_CAPACITY
            />
            <button class="btn" aria-disabled=move || busy.get().then_some("true")>{tr::capacity_do(lang)}</button>
        </form>
    }
    .into_any()
}

#[component]
fn Move(board: Board, row: PlannedDeparture, trouble: RwSignal<Option<AppError>>) -> impl IntoView {
    let lang = board.lang;
    let before = day_of(&row);
    let day = RwSignal::new(Some(before));
    let time = RwSignal::new(when::clock(when::local(row.starts_at)));
    let busy = RwSignal::new(false);
    let time_id = format!("time-{}", row.id);
    let submit = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        let Some(day) = day.get_untracked() else { return };
        let same_month = day.first_of_month() == before.first_of_month();
        let starts = format!("{}T{}", when::iso(day), time.get_untracked());
        // Where it is already it need not be moved to.
        let Some(at) = when::of_wall(&starts).filter(|at| *at != row.starts_at) else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            let answer = board.step(move_departure(row.id, starts)).await;
            if busy.is_disposed() {
                return;
            }
            busy.set(false);
            match answer {
                Ok(()) => {
                    let words = tr::moved(lang, when::moment_text(lang, at));
                    if same_month {
                        board.day.update(|only| *only = only.map(|_| day));
                        board.done_in(row.id, words);
                    } else {
                        board.done(words);
                    }
                }
                Err(error) => trouble.set(Some(error)),
            }
        });
    };
    view! {
        <form class="one-line" on:submit=submit>
            <div class="grid grid-cols-2 gap-2 min-w-0">
                <DayField id=format!("day-{}", row.id) label=tr::day(lang) day on_day=Callback::new(move |new| day.set(new))/>
                <div class="field">
                    <label class="field-label" for=time_id.clone()>{tr::time(lang)}</label>
                    <input
                        class="control numbers"
                        id=time_id
                        type="time"
                        required
                        prop:value=move || time.get()
                        on:change=move |ev| time.set(event_target_value(&ev))
                    />
                </div>
            </div>
            <button class="btn" aria-disabled=move || busy.get().then_some("true")>{tr::move_do(lang)}</button>
        </form>
    }
    .into_any()
}
