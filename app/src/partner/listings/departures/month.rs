//! Calendars: the month with its counts, and the small one in which days are excepted.
use super::plan::weeks;
use crate::ui::{Glyph, Icon};
use jiff::civil::{Date, Weekday};
use leptos::prelude::*;
use sapar_shared::{Lang, tr::departures as tr, when};

/// The weekdays from Monday, as heads of columns.
#[must_use]
pub fn heads(lang: Lang) -> AnyView {
    let days = (0..7_i64)
        .map(|offset| {
            let day = Weekday::Monday.wrapping_add(offset);
            view! { <th scope="col" abbr=when::weekday_long(lang, day)>{when::weekday(lang, day)}</th> }
        })
        .collect_view();
    view! {
        <thead>
            <tr>{days}</tr>
        </thead>
    }
    .into_any()
}

/// What a day of the month shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayLoad {
    pub departures: i32,
    pub sold: i32,
    pub capacity: i32,
}

/// The month: under each day how many departures it has. A tap shows that day alone, another one all again.
#[component]
pub fn MonthTable(
    lang: Lang,
    month: Date,
    today: Date,
    load: Vec<(Date, DayLoad)>,
    day: RwSignal<Option<Date>>,
    /// A day without departures was tapped: one can be added.
    on_empty: Callback<Date>,
) -> impl IntoView {
    let load = StoredValue::new(load);
    let cell = move |date: Date| {
        let of = load.with_value(|load| load.iter().find(|(day, _)| *day == date).map(|(_, load)| *load));
        let Some(of) = of else {
            if date < today {
                return view! { <span class="day">{date.day()}</span> }.into_any();
            }
            let words = tr::add_on(lang, when::day_month(lang, date));
            return view! {
                <button type="button" class="day day-empty" aria-label=words on:click=move |_| on_empty.run(date)>{date.day()}</button>
            }
            .into_any();
        };
        let class = if of.sold >= of.capacity { "day day-free day-few" } else { "day day-free" };
        let name = format!("{}, {}", when::weekday_long(lang, date.weekday()), when::day_month(lang, date));
        let words = tr::day_label(lang, i64::from(of.departures), name, of.sold, of.capacity);
        view! {
            <button
                type="button"
                class=class
                aria-pressed=move || if day.get() == Some(date) { "true" } else { "false" }
                aria-label=words
                on:click=move |_| day.update(|day| *day = if *day == Some(date) { None } else { Some(date) })
            >
                <span>{date.day()}</span>
                <span class="day-left">{of.departures}</span>
            </button>
        }
        .into_any()
    };
    let rows = weeks(month)
        .into_iter()
        .map(|week| view! { <tr>{week.map(|day| view! { <td>{day.map(cell)}</td> }).collect_view()}</tr> })
        .collect_view();
    view! {
        <table class="calendar month-table" aria-label=when::month_year(lang, month)>
            {heads(lang)}
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// The days of a rule, month by month; a tap takes one out or puts it back.
#[component]
pub fn ExceptCalendar(lang: Lang, days: Signal<Vec<Date>>, except: Signal<Vec<Date>>, on_day: Callback<Date>) -> impl IntoView {
    let shown = RwSignal::new(None::<Date>);
    let ends = Memo::new(move |_| {
        let days = days.read();
        Some((days.first()?.first_of_month(), days.last()?.first_of_month()))
    });
    let month = Memo::new(move |_| {
        let (first, last) = ends.get()?;
        Some(shown.get().unwrap_or(first).clamp(first, last))
    });
    let arrow = move |by: i16, label: &'static str, class: &'static str| {
        move || {
            let target = when::month_step(month.get()?, by)?;
            let (first, last) = ends.get()?;
            (first..=last).contains(&target).then(|| {
                view! {
                    <button type="button" class="btn btn-quiet btn-round" aria-label=label on:click=move |_| shown.set(Some(target))>
                        <Icon name=Glyph::ChevronRight class/>
                    </button>
                }
            })
        }
    };
    let table = move || month.get().map(|month| view! { <ExceptTable lang month days except on_day/> });
    view! {
        <div class="max-w-sm" hidden=move || month.get().is_none()>
            <div class="month-bar">
                <span class="month-arrow">{arrow(-1, tr::month_prev(lang), "icon rotate-180")}</span>
                <p class="font-semibold" aria-live="polite">{move || month.get().map(|month| when::month_year(lang, month))}</p>
                <span class="month-arrow">{arrow(1, tr::month_next(lang), "icon")}</span>
            </div>
            {table}
        </div>
    }
    .into_any()
}

/// A month of it.
#[component]
fn ExceptTable(
    lang: Lang,
    month: Date,
    days: Signal<Vec<Date>>,
    except: Signal<Vec<Date>>,
    on_day: Callback<Date>,
) -> impl IntoView {
    let cell = move |day: Date| {
        if !days.read().contains(&day) {
            return view! { <span class="day">{day.day()}</span> }.into_any();
        }
        let out = move || except.read().contains(&day);
        let words = move || {
            let date = when::day_month(lang, day);
            if out() { tr::excepted(lang, date) } else { tr::runs(lang, date) }
        };
        view! {
            <button
                type="button"
                class=move || if out() { "day day-out" } else { "day day-free" }
                aria-pressed=move || if out() { "false" } else { "true" }
                aria-label=words
                on:click=move |_| on_day.run(day)
            >
                {day.day()}
            </button>
        }
        .into_any()
    };
    let rows = weeks(month)
        .into_iter()
        .map(|week| view! { <tr>{week.map(|day| view! { <td>{day.map(cell)}</td> }).collect_view()}</tr> })
        .collect_view();
    view! {
        <table class="calendar month-table" aria-label=when::month_year(lang, month)>
            {heads(lang)}
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
