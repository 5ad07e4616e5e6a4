//! Departures by month, with what is free below each day.
use super::booking::Booking;
use crate::ui::{Glyph, Icon};
use jiff::civil::Date;
use leptos::prelude::*;
use sapar_shared::{Lang, dto::catalog::DepartureView, ids::DepartureId, paths, tr, when};

/// The first days of the months that have departures, from the first to the last.
fn months(departures: &[DepartureView]) -> Option<(Date, Date)> {
    let first = departures.iter().map(|d| d.day).min()?.first_of_month();
    let last = departures.iter().map(|d| d.day).max()?.first_of_month();
    Some((first, last))
}

/// A month as weeks from Monday; `None` outside of it.
fn weeks(month: Date) -> Vec<[Option<Date>; 7]> {
    let lead = usize::try_from(month.first_of_month().weekday().to_monday_zero_offset()).unwrap_or_default();
    let mut days = vec![None; lead];
    days.extend((1..=month.days_in_month()).map(|day| Date::new(month.year(), month.month(), day).ok()));
    days.resize(days.len().next_multiple_of(7), None);
    days.chunks(7).filter_map(|week| week.try_into().ok()).collect()
}

fn query_month(month: Date) -> String {
    format!("{:04}-{:02}", month.year(), month.month())
}

#[component]
pub fn Calendar(booking: Booking) -> impl IntoView {
    let lang = booking.lang;
    view! {
        <h2 class="text-lg font-bold" id="dates">{tr::tour::choose_date(lang)}</h2>
        <MonthBar booking/>
        <table class="calendar" aria-labelledby="dates">
            <thead>
                <tr>{weekday_heads(lang)}</tr>
            </thead>
            <tbody>
                {move || {
                    weeks(booking.month.get())
                        .into_iter()
                        .map(|week| {
                            view! { <tr>{week.map(|day| view! { <td>{day.map(|day| day_cell(booking, day))}</td> }).collect_view()}</tr> }
                        })
                        .collect_view()
                }}
            </tbody>
        </table>
        <p class="text-sm text-muted mt-2">{tr::tour::calendar_help(lang)}</p>
        <Times booking/>
        <p class="booking-chosen" role="status">
            {move || match booking.departure() {
                Some(d) => tr::tour::chosen(lang, when::moment_text(lang, d.starts_at)),
                None if booking.unfit => tr::tour::unfit(lang).to_owned(),
                None => String::new(),
            }}
        </p>
    }
    .into_any()
}

fn weekday_heads(lang: Lang) -> impl IntoView {
    let monday = jiff::civil::Weekday::Monday;
    (0..7_i64)
        .map(|offset| {
            let day = monday.wrapping_add(offset);
            view! { <th scope="col" abbr=when::weekday_long(lang, day)>{when::weekday(lang, day)}</th> }
        })
        .collect_view()
}

/// The month's name between two arrows; an arrow that leads nowhere is not there.
#[component]
fn MonthBar(booking: Booking) -> impl IntoView {
    let lang = booking.lang;
    let arrow = move |by: i16, label: &'static str, class: &'static str| {
        move || {
            let month = booking.month.get();
            let target = when::month_step(month, by)?;
            let (first, last) = months(&booking.departures.read())?;
            if target < first || target > last {
                return None;
            }
            let chosen = booking.chosen.get().map(|id| format!("&departure={id}")).unwrap_or_default();
            let href = format!("{}?month={}{chosen}#book", paths::tour(lang, &booking.slug.get_value()), query_month(target));
            let turn = move |ev: leptos::ev::MouseEvent| {
                ev.prevent_default();
                booking.month.set(target);
            };
            Some(view! {
                <a class="btn btn-quiet btn-round" href=href aria-label=label on:click=turn>
                    <Icon name=Glyph::ChevronRight class/>
                </a>
            })
        }
    };
    view! {
        <div class="month-bar">
            <span class="month-arrow">{arrow(-1, tr::tour::month_prev(lang), "icon rotate-180")}</span>
            <p class="font-semibold" aria-live="polite">{move || when::month_year(lang, booking.month.get())}</p>
            <span class="month-arrow">{arrow(1, tr::tour::month_next(lang), "icon")}</span>
        </div>
    }
    .into_any()
}

fn choose(booking: Booking, id: DepartureId) -> impl Fn(leptos::ev::MouseEvent) + Clone + 'static {
    move |ev| {
        ev.prevent_default();
        booking.chosen.set(Some(id));
        booking.error.set(None);
    }
}

fn departure_href(booking: Booking, departure: &DepartureView) -> String {
    format!("{}?departure={}#book", paths::tour(booking.lang, &booking.slug.get_value()), departure.id)
}

fn day_cell(booking: Booking, day: Date) -> AnyView {
    let lang = booking.lang;
    let departures: Vec<DepartureView> = booking.departures.read().iter().filter(|d| d.day == day).cloned().collect();
    let left: i32 = departures.iter().map(|d| d.places_left.max(0)).sum();
    let Some(departure) = departures.iter().find(|d| d.places_left > 0).or(departures.first()).cloned() else {
        return view! { <span class="day">{day.day()}</span> }.into_any();
    };
    let date = format!("{}, {}", when::weekday_long(lang, day.weekday()), when::day_month(lang, day));
    if left == 0 {
        return view! {
            <span class="day day-full">
                <span class="sr-only">{tr::tour::day_sold_out(lang, date)}</span>
                <span aria-hidden="true">{day.day()}</span>
            </span>
        }
        .into_any();
    }
    let ids: Vec<_> = departures.iter().map(|d| d.id).collect();
    let current = move || booking.chosen.get().is_some_and(|id| ids.contains(&id)).then_some("date");
    let class = if left <= 5 { "day day-free day-few" } else { "day day-free" };
    view! {
        <a
            class=class
            href=departure_href(booking, &departure)
            aria-current=current
            aria-label=tr::tour::day_label(lang, i64::from(left), date)
            on:click=choose(booking, departure.id)
        >
            <span>{day.day()}</span>
            <span class="day-left">{left}</span>
        </a>
    }
    .into_any()
}

/// The departures of the chosen day, where it has several.
#[component]
fn Times(booking: Booking) -> impl IntoView {
    let lang = booking.lang;
    move || {
        let day = booking.departure()?.day;
        let departures: Vec<DepartureView> = booking.departures.read().iter().filter(|d| d.day == day).cloned().collect();
        if departures.len() < 2 {
            return None;
        }
        let pills = departures
            .into_iter()
            .map(|departure| {
                let id = departure.id;
                let current = move || (booking.chosen.get() == Some(id)).then_some("true");
                let clock = when::clock(when::local(departure.starts_at));
                let words = if departure.places_left > 0 {
                    tr::ui::places_left(lang, i64::from(departure.places_left))
                } else {
                    tr::ui::no_places(lang).to_owned()
                };
                view! {
                    <a class="pill" href=departure_href(booking, &departure) aria-current=current on:click=choose(booking, departure.id)>
                        <span class="font-bold numbers">{clock}</span>
                        <span class="text-sm">{words}</span>
                    </a>
                }
            })
            .collect_view();
        Some(view! {
            <p class="field-label mt-4 mb-2">{tr::tour::choose_time(lang)}</p>
            <div class="flex flex-wrap gap-2">{pills}</div>
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_is_whole_weeks_from_monday() {
        let weeks = weeks(date(2026, 12, 1));
        assert_eq!(weeks.len(), 5);
        assert_eq!(weeks[0][0], None);
        assert_eq!(weeks[0][1], Some(date(2026, 12, 1)));
        assert_eq!(weeks[4][3], Some(date(2026, 12, 31)));
        assert_eq!(weeks[4][4], None);
    }
}
