//! What asks for a look, and how the day goes: above the day's list, today only.
use crate::ui::{Alert, AlertTone};
use jiff::SignedDuration;
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::{
        desk::{Attention, OrderGroup, Stage, Unapproved},
        partner::{Day, DepartureRow},
    },
    paths, tr, when,
};

/// A departure that leaves so soon should have found its people.
const SOON: SignedDuration = SignedDuration::from_hours(3);

/// `attention` is there for those who may see orders.
#[component]
pub fn Look(lang: Lang, day: RwSignal<Day>, attention: RwSignal<Option<Attention>>) -> impl IntoView {
    let notes = Memo::new(move |_| notes(lang, &day.read(), attention.read().as_ref()));
    let some = Memo::new(move |_| !notes.read().is_empty());
    // By its address, of which there is one each: a link stays where it is while its words change.
    let item = move |href: String| {
        let (own, link) = (href.clone(), href);
        let text = move || notes.read().iter().find(|(_, href)| *href == own).map(|(text, _)| text.clone());
        view! { <li><a class="link inline-flex items-center min-h-11" href=link>{text}</a></li> }
    };
    let addresses = move || notes.read().iter().map(|(_, href)| href.clone()).collect::<Vec<_>>();
    let alert = move || {
        some.get().then(|| {
            view! {
                <Alert tone=AlertTone::Warn>
                    <p class="font-bold">{tr::partner::attention(lang)}</p>
                    <ul class="numbers">
                        <For each=addresses key=String::clone children=item/>
                    </ul>
                </Alert>
            }
        })
    };
    view! {
        <Figures lang day attention/>
        {alert}
    }
    .into_any()
}

/// Each with where to see to it.
fn notes(lang: Lang, day: &Day, attention: Option<&Attention>) -> Vec<(String, String)> {
    let mut notes = Vec::new();
    if let Some(attention) = attention {
        if attention.unpaid > 0 {
            let open = format!("{}?status={}", paths::partner_orders(lang), OrderGroup::Open.as_str());
            notes.push((tr::partner::unpaid(lang, attention.unpaid), open));
        }
        for (id, number) in &attention.unsent {
            notes.push((tr::partner::unsent(lang, number), paths::partner_order(lang, id)));
        }
        notes
            .extend(attention.unapproved.iter().map(|tour| (unapproved(lang, tour), paths::partner_listing(lang, tour.listing))));
    }
    for row in day.departures.iter().filter(|row| row.starts_at > day.now) {
        let clock = when::clock(when::local(row.starts_at));
        let words = if few_sold(row, day) {
            tr::partner::few_sold(lang, clock, &row.title, row.sold + row.elsewhere, row.capacity)
        } else if row.sold + row.held + row.elsewhere >= row.capacity {
            tr::partner::full(lang, clock, &row.title)
        } else {
            continue;
        };
        notes.push((words, paths::partner_departure(lang, row.id)));
    }
    notes
}

/// What keeps the tour from being sold.
fn unapproved(lang: Lang, tour: &Unapproved) -> String {
    let moment = when::moment_text(lang, tour.starts_at);
    match tour.stage {
        Stage::Draft => tr::partner::unapproved_draft(lang, moment, &tour.title),
        Stage::InReview => tr::partner::unapproved_in_review(lang, moment, &tour.title),
        Stage::Rejected => tr::partner::unapproved_rejected(lang, moment, &tour.title),
        Stage::Approved => tr::partner::unapproved_approved(lang, moment, &tour.title),
    }
}

/// Less than half, and leaving soon.
fn few_sold(row: &DepartureRow, day: &Day) -> bool {
    row.starts_at.duration_since(day.now) <= SOON && (row.sold + row.elsewhere) * 2 < row.capacity
}

#[component]
fn Figures(lang: Lang, day: RwSignal<Day>, attention: RwSignal<Option<Attention>>) -> impl IntoView {
    let sum = move |of: fn(&DepartureRow) -> i32| day.read().departures.iter().map(of).sum::<i32>();
    let money = move || {
        attention.get().map(|attention| {
            view! {
                <div>
                    <dt>{tr::partner::sold_online(lang)}</dt>
                    <dd class="whitespace-nowrap">{attention.online.to_string()}</dd>
                </div>
                <div>
                    <dt>{tr::partner::sold_cash(lang)}</dt>
                    <dd class="whitespace-nowrap">{attention.cash.to_string()}</dd>
                </div>
            }
        })
    };
    view! {
        <dl class="cab-counts grid grid-cols-[auto_auto] justify-between gap-x-4 gap-y-2 sm:flex sm:justify-start sm:gap-x-6">
            <div>
                <dt>{tr::partner::coming(lang)}</dt>
                <dd>{move || sum(|row| row.sold)}</dd>
            </div>
            <div>
                <dt>{tr::partner::arrived(lang)}</dt>
                <dd class="text-leaf-ink">{move || sum(|row| row.activated)}</dd>
            </div>
            {money}
        </dl>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{Timestamp, civil::Date};
    use sapar_shared::{
        Money,
        ids::{DepartureId, ListingId},
    };
    use uuid::Uuid;

    #[test]
    fn only_what_somebody_can_see_to_is_said() {
        let now: Timestamp = "2026-12-05T01:00:00Z".parse().expect("a timestamp");
        let row = |hours: i64, sold: i32, held: i32| DepartureRow {
            id: DepartureId(Uuid::nil()),
            title: "Кольсай".into(),
            starts_at: now + SignedDuration::from_hours(hours),
            capacity: 10,
            sold,
            held,
            elsewhere: 1,
            activated: 0,
        };
        let date = Date::constant(2026, 12, 5);
        let count = |departures: Vec<DepartureRow>, attention: Option<&Attention>| {
            notes(Lang::Ru, &Day { day: date, today: date, now, departures, next_day: None }, attention).len()
        };
        assert_eq!(count(vec![row(2, 3, 0), row(4, 3, 0), row(-1, 0, 0)], None), 1, "few sold, and soon");
        assert_eq!(count(vec![row(5, 7, 2)], None), 1, "full");
        let busy = Attention { unpaid: 2, unsent: Vec::new(), online: Money::ZERO, cash: Money::ZERO, unapproved: Vec::new() };
        assert_eq!(count(vec![row(5, 5, 0)], Some(&busy)), 1, "unpaid orders");
        let tour = Unapproved {
            listing: ListingId(Uuid::nil()),
            title: "Чарын".into(),
            starts_at: now + SignedDuration::from_hours(30),
            stage: Stage::Draft,
        };
        let waiting = Attention { unapproved: vec![tour], ..Attention::default() };
        assert_eq!(count(Vec::new(), Some(&waiting)), 1, "a tour that nobody can buy yet");
    }
}
