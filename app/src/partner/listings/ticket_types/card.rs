//! One ticket type: a line that opens into its fields.
use super::{
    super::words,
    state::{NAME_MAX, Row, Types, field_id, row_id},
};
use crate::{
    partner::listings::parts::{Choose, IconButton, Number, TriInput},
    ui::{Glyph, Icon, field::FieldError},
};
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::editor::{MAX_CAPACITY, ProblemKind},
    forms::checkout::MAX_QUANTITY,
    tr::{listings, ticket_types as tr},
};
use wasm_bindgen::JsCast;

/// Minutes before the start at which selling may end, as they are offered.
const CLOSES: [i32; 9] = [0, 30, 60, 120, 180, 360, 720, 1440, 2880];

/// Which row is being dragged, and over which.
#[derive(Clone, Copy)]
pub struct Drag {
    pub from: RwSignal<Option<u32>>,
    pub over: RwSignal<Option<u32>>,
}

#[component]
pub fn TypeCard(types: Types, row: Row, drag: Drag) -> impl IntoView {
    let key = row.key;
    let class = move || {
        let over = drag.over.get() == Some(key) && drag.from.get().is_some_and(|from| from != key);
        if over { "type-card type-over" } else { "type-card" }
    };
    // Drawn anew when that changes, not whenever somebody says it: a price that cannot be read is known to its field only.
    let open = Memo::new(move |_| row.open.get());
    view! {
        <li id=row_id(key) class=class data-key=key>
            <Line types row drag/>
            {move || open.get().then(|| view! { <Fields types row/> })}
        </li>
    }
    .into_any()
}

pub(super) fn name_of(lang: Lang, row: Row) -> String {
    let name = row.form.with(|form| form.name.best(lang).to_owned());
    if name.trim().is_empty() { tr::unnamed(lang).to_owned() } else { name }
}

/// Choose, name, price at a glance, open.
#[component]
fn Line(types: Types, row: Row, drag: Drag) -> impl IntoView {
    let lang = types.edit.lang;
    let open = move || row.open.get();
    let facts = move || {
        let form = row.form.read();
        let quota = form.quota.map(|quota| tr::quota_short(lang, i64::from(quota)));
        let closes = (form.closes_minutes_before > 0).then(|| words::closes(lang, form.closes_minutes_before));
        let price = form.price.map_or_else(|| tr::no_price(lang).to_owned(), |price| price.to_string());
        [Some(price), quota, closes].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let wrong = move || types.is_wrong(row).then(|| view! { <Icon name=Glyph::Warning class="icon icon-small text-poppy-ink"/> });
    view! {
        <div class="type-line">
            <Grip types row drag/>
            <label class="type-check">
                <input
                    type="checkbox"
                    aria-label=move || tr::choose_one(lang, name_of(lang, row))
                    prop:checked=move || row.chosen.get()
                    on:change=move |ev| row.chosen.set(event_target_checked(&ev))
                />
            </label>
            <button
                type="button"
                class="type-open"
                aria-expanded=move || if open() { "true" } else { "false" }
                on:click=move |_| row.open.update(|open| *open = !*open)
            >
                <span class="min-w-0">
                    <span class="font-semibold line-clamp-2">{move || name_of(lang, row)}</span>
                    <span class="text-sm text-muted numbers">{facts}</span>
                </span>
                {wrong}
                <Icon name=Glyph::ChevronRight class="icon type-mark"/>
            </button>
        </div>
    }
    .into_any()
}

/// For a finger or a mouse; the buttons inside do the same for everybody else.
#[component]
fn Grip(types: Types, row: Row, drag: Drag) -> impl IntoView {
    let start = move |ev: leptos::ev::PointerEvent| {
        ev.prevent_default();
        if let Some(grip) = ev.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) {
            // The moves come here wherever the pointer is.
            let _ = grip.set_pointer_capture(ev.pointer_id());
        }
        drag.from.set(Some(row.key));
    };
    let travel = move |ev: leptos::ev::PointerEvent| {
        if drag.from.get_untracked().is_none() {
            return;
        }
        #[allow(clippy::cast_precision_loss)]
        let below = document().element_from_point(ev.client_x() as f32, ev.client_y() as f32);
        let card = below.and_then(|element| element.closest("[data-key]").ok().flatten());
        drag.over.set(card.and_then(|card| card.get_attribute("data-key")?.parse().ok()));
    };
    let drop = move |_| {
        if let (Some(from), Some(over)) = (drag.from.get_untracked(), drag.over.get_untracked())
            && from != over
        {
            types.put(from, over);
        }
        drag.from.set(None);
        drag.over.set(None);
    };
    let give_up = move |_| {
        drag.from.set(None);
        drag.over.set(None);
    };
    view! {
        <span
            class="grip"
            aria-hidden="true"
            on:pointerdown=start
            on:pointermove=travel
            on:pointerup=drop
            on:pointercancel=give_up
        >
            <Icon name=Glyph::Grip/>
        </span>
    }
    .into_any()
}

fn sentence(types: Types, row: Row, field: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || types.error(row, field).map(|problem| words::problem(types.edit.lang, &problem).to_owned()))
}

#[component]
fn Fields(types: Types, row: Row) -> impl IntoView {
    let lang = types.edit.lang;
    let id = move |field: &str| field_id(row.key, field);
    let name_error = Callback::new(move |of: Lang| {
        let whole = (of == Lang::Ru).then(|| types.error(row, "name")).flatten();
        types.error(row, &format!("name.{of}")).or(whole).map(|problem| words::problem(lang, &problem).to_owned())
    });
    let on_name = Callback::new(move |(of, typed): (Lang, String)| {
        types.change(row, &format!("name.{of}"), |form| *form.name.get_mut(of) = typed);
    });
    let whole_row = move || types.error(row, "").map(|problem| words::problem(lang, &problem));
    view! {
        <div class="type-fields">
            {move || whole_row().map(|words| view! { <p class="field-error">{words}</p> })}
            <TriInput
                lang
                tab=types.edit.tab
                id=id("name")
                label=tr::name(lang)
                text=Signal::derive(move || row.form.with(|form| form.name.clone()))
                on_text=on_name
                error=name_error
                maxlength=NAME_MAX
            />
            <div class="type-grid">
                <PriceField types row/>
                <Number
                    id=id("quota")
                    label=tr::quota(lang)
                    help=tr::quota_help(lang)
                    value=Signal::derive(move || row.form.with(|form| form.quota))
                    on_number=Callback::new(move |quota| types.change(row, "quota", |form| form.quota = quota))
                    max=MAX_CAPACITY
                    error=sentence(types, row, "quota")
                />
                <PerOrder types row/>
                <div class="type-wide">
                    <Closes types row/>
                </div>
            </div>
            <Buttons types row/>
        </div>
    }
    .into_any()
}

/// How many one order may hold, if it holds any.
#[component]
fn PerOrder(types: Types, row: Row) -> impl IntoView {
    let lang = types.edit.lang;
    view! {
        <Number
            id=field_id(row.key, "min")
            label=tr::min(lang)
            value=Signal::derive(move || row.form.with(|form| Some(form.min_per_order)))
            on_number=Callback::new(move |n: Option<i32>| {
                types.change(row, "min_per_order", |form| form.min_per_order = n.unwrap_or(1));
            })
            min=1
            max=MAX_QUANTITY
            error=sentence(types, row, "min_per_order")
        />
        <Number
            id=field_id(row.key, "max")
            label=tr::max(lang)
            value=Signal::derive(move || row.form.with(|form| Some(form.max_per_order)))
            on_number=Callback::new(move |n: Option<i32>| {
                types.change(row, "max_per_order", |form| form.max_per_order = n.unwrap_or(form.min_per_order));
            })
            min=1
            max=MAX_QUANTITY
            error=sentence(types, row, "max_per_order")
        />
    }
    .into_any()
}

/// Tenge, thousands apart. While one types the text stays as it is typed.
#[component]
fn PriceField(types: Types, row: Row) -> impl IntoView {
    let lang = types.edit.lang;
    let id = field_id(row.key, "price");
    let error_id = format!("{id}-error");
    let typed = RwSignal::new(None::<String>);
    let price = move || row.form.with(|form| form.price);
    // What was typed holds while the row has the price that it means, and not when another one has come from elsewhere.
    let current = move || typed.get().filter(|text| words::price_of(text) == price());
    let shown = move || current().unwrap_or_else(|| price().map(words::price_text).unwrap_or_default());
    let server = move || types.error(row, "price");
    let error = Signal::derive(move || {
        let unreadable = current().is_some_and(|text| !text.trim().is_empty() && words::price_of(&text).is_none());
        match server() {
            _ if unreadable => Some(tr::price_wrong(lang).to_owned()),
            Some(problem) if problem.kind == ProblemKind::Missing => Some(tr::price_missing(lang).to_owned()),
            other => other.map(|problem| words::problem(lang, &problem).to_owned()),
        }
    });
    let input = move |ev: leptos::ev::Event| {
        let text = event_target_value(&ev);
        types.change(row, "price", |form| form.price = words::price_of(&text));
        // Known to the row at once: a tap on a button need not take the focus away from here.
        if !text.trim().is_empty() && untrack(price).is_none() {
            types.ask_price(row);
        }
        typed.set(Some(text));
    };
    // What does not read stays to be mended; what does is shown as it was read.
    // Chromium blurs a field that is taken away, too.
    let leave = move |_| {
        if typed.is_disposed() || row.form.is_disposed() {
            return;
        }
        if untrack(price).is_some() {
            typed.set(None);
        } else if typed.with_untracked(Option::is_some) {
            types.ask_price(row);
        }
    };
    let described = error_id.clone();
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{tr::price(lang)}</label>
            <input
                class="control numbers"
                id=id
                inputmode="numeric"
                autocomplete="off"
                prop:value=shown
                aria-invalid=move || error.read().is_some().then_some("true")
                aria-describedby=move || error.read().is_some().then(|| described.clone())
                on:input=input
                on:blur=leave
            />
            <FieldError id=error_id error/>
        </div>
    }
    .into_any()
}

#[component]
fn Closes(types: Types, row: Row) -> impl IntoView {
    let lang = types.edit.lang;
    let now = row.form.with_untracked(|form| form.closes_minutes_before);
    let mut minutes = CLOSES.to_vec();
    // What was set elsewhere stays to be chosen.
    if !minutes.contains(&now) {
        minutes.push(now);
        minutes.sort_unstable();
    }
    let options = minutes.into_iter().map(|minutes| (minutes.to_string(), words::closes(lang, minutes))).collect();
    view! {
        <Choose
            id=field_id(row.key, "closes")
            label=tr::closes(lang)
            options
            value=Signal::derive(move || row.form.with(|form| form.closes_minutes_before.to_string()))
            on_choice=Callback::new(move |minutes: String| {
                types.change(row, "closes_minutes_before", |form| form.closes_minutes_before = minutes.parse().unwrap_or(0));
            })
            error=sentence(types, row, "closes_minutes_before")
        />
    }
    .into_any()
}

#[component]
fn Buttons(types: Types, row: Row) -> impl IntoView {
    let lang = types.edit.lang;
    let words = move |words: fn(Lang, String) -> String| Signal::derive(move || words(lang, name_of(lang, row)));
    let is = move |first: bool| {
        Signal::derive(move || {
            let rows = types.rows.read();
            let end = if first { rows.first() } else { rows.last() };
            end.is_some_and(|end| end.key == row.key)
        })
    };
    view! {
        <div class="row-buttons row-buttons-wide">
            <IconButton
                glyph=Glyph::ChevronRight
                class="icon -rotate-90"
                label=words(tr::up)
                disabled=is(true)
                on_press=Callback::new(move |()| types.step(row, -1))
            />
            <IconButton
                glyph=Glyph::ChevronRight
                class="icon rotate-90"
                label=words(tr::down)
                disabled=is(false)
                on_press=Callback::new(move |()| types.step(row, 1))
            />
            <button type="button" class="btn btn-quiet" on:click=move |_| types.copy(row)>
                <Icon name=Glyph::Copy class="icon icon-small"/>
                {listings::copy_short(lang)}
            </button>
            <button type="button" class="btn btn-quiet" on:click=move |_| types.remove(row)>
                <Icon name=Glyph::Trash class="icon icon-small"/>
                {tr::remove(lang)}
            </button>
        </div>
    }
    .into_any()
}
