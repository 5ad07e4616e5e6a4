//! A week's departures again in another week.
use super::{
    super::{api::copy_departures, parts::Refusal},
    add::{DayField, made_words},
    page::{Board, Panel},
    plan::{later, monday},
};
use crate::{
    error::AppError,
    ui::{Alert, AlertTone, Tone},
};
use jiff::civil::Date;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use sapar_shared::{Lang, tr::departures as tr, when};

/// `7 декабря – 13 декабря`.
fn week_words(lang: Lang, day: Date) -> String {
    let first = monday(day);
    format!("{} – {}", when::day_month(lang, first), when::day_month(lang, later(first, 6)))
}

/// The month that has most of a week.
fn month_of(day: Date) -> Date {
    later(monday(day), 3).first_of_month()
}

/// `usual`: a day of the week that is offered to be copied. `shown`: the month on the page.
#[component]
pub fn CopyWeek(board: Board, usual: Date, shown: Date) -> impl IntoView {
    let lang = board.lang;
    let navigate = use_navigate();
    let start = monday(usual);
    let from = RwSignal::new(Some(start));
    let to = RwSignal::new(Some(later(start, 7)));
    let busy = RwSignal::new(false);
    let tried = RwSignal::new(false);
    let trouble = RwSignal::new(None::<AppError>);
    let nothing = RwSignal::new(false);
    let same = move || matches!((from.get(), to.get()), (Some(from), Some(to)) if monday(from) == monday(to));
    let line = move || match (from.get(), to.get()) {
        (Some(from), Some(to)) => tr::copy_line(lang, week_words(lang, from), week_words(lang, to)),
        _ => String::new(),
    };
    let to_error = Signal::derive(move || (tried.get() && same()).then(|| tr::wrong_same_week(lang).to_owned()));
    let submit = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        tried.set(true);
        let (Some(source), Some(target)) = (from.get_untracked(), to.get_untracked()) else { return };
        if untrack(same) || busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        nothing.set(false);
        let navigate = navigate.clone();
        spawn_local(async move {
            let made = board.step(copy_departures(board.id, when::iso(monday(source)), 7, when::iso(monday(target)))).await;
            if busy.is_disposed() {
                return;
            }
            busy.set(false);
            match made {
                Ok(made) if made.made == 0 && made.there_before == 0 => nothing.set(true),
                Ok(made) => {
                    board.done(made_words(lang, made.made, made.there_before));
                    board.day.set(None);
                    // What was made is there to be seen.
                    let month = month_of(target);
                    if month != shown {
                        navigate(&board.month_href(month), NavigateOptions { scroll: false, ..NavigateOptions::default() });
                    }
                }
                Err(error) => trouble.set(Some(error)),
            }
        });
    };
    view! {
        <form class="card card-pad grid gap-4" aria-labelledby="copy-name" on:submit=submit>
            <h2 id="copy-name" class="text-lg">{tr::copy_week(lang)}</h2>
            <p class="field-help">{tr::copy_help(lang)}</p>
            <div class="grid grid-cols-2 gap-2">
                <DayField id="copy-from" label=tr::copy_from(lang) day=from on_day=Callback::new(move |day| from.set(day))/>
                <DayField id="copy-to" label=tr::copy_to(lang) day=to on_day=Callback::new(move |day| to.set(day)) error=to_error/>
            </div>
            <p class="font-semibold" role="status">{line}</p>
            {move || nothing.get().then(|| view! { <Alert tone=AlertTone::Warn>{tr::copy_nothing(lang)}</Alert> })}
            {move || trouble.get().map(|error| view! { <Refusal lang error only_here=true/> })}
            <button class=Tone::Action.class() aria-disabled=move || busy.get().then_some("true")>{tr::copy_do(lang)}</button>
            <button type="button" class="btn btn-quiet" on:click=move |_| board.panel.set(Panel::None)>{tr::back(lang)}</button>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_week_of_two_months_is_seen_in_that_of_its_middle() {
        assert_eq!(month_of(date(2026, 11, 30)), date(2026, 12, 1));
        assert_eq!(month_of(date(2026, 11, 1)), date(2026, 10, 1));
        assert_eq!(month_of(date(2026, 12, 31)), date(2026, 12, 1));
    }
}
