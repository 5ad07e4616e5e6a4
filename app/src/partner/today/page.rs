//! `/partner`: what leaves today, or on the day that the query names.
use super::{
    api::{load_attention, load_day},
    attention::Look,
    card::DepartureCard,
};
use crate::wire::page_data;
use crate::{
    layout::use_lang,
    partner::{
        desk::{may, who_is_in},
        trouble::Trouble,
    },
    seo::PageMeta,
    ui::{EmptyState, Glyph, Icon, LinkButton, Skeleton, Tone},
};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_query_map};
use sapar_shared::{
    Lang,
    dto::{desk::Attention, partner::Day},
    paths,
    roles::Permission,
    tr, when,
};
use wasm_bindgen::JsCast;

#[component]
pub fn TodayPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.read().get("day").unwrap_or_default());
    let departures = page_data(move || wanted.get(), move |wanted| load_day(lang, wanted));
    let attention = page_data(move || wanted.get(), move |_| load_attention(lang));
    let me = who_is_in();
    let list = move || {
        Suspend::new(async move {
            match departures.await.flatten() {
                Ok(day) => {
                    let sells = may(me, Permission::SellForCash).await;
                    // Whoever may not see orders is simply not told.
                    let attention = attention.await.flatten().ok();
                    view! { <DayView lang day attention sells/> }.into_any()
                }
                Err(error) => view! { <Trouble lang error/> }.into_any(),
            }
        })
    };
    view! {
        <PageMeta lang title=tr::partner::cabinet(lang) description=tr::partner::cabinet(lang) path=paths::partner noindex=true/>
        <Transition fallback=DaySkeleton>{list}</Transition>
    }
    .into_any()
}

fn address(lang: Lang, day: Date) -> String {
    format!("{}?day={}", paths::partner(lang), when::iso(day))
}

/// `Сегодня, сб, 5 декабря`.
fn name(lang: Lang, day: &Day) -> String {
    let date = format!("{}, {}", when::weekday(lang, day.day.weekday()), when::day_month(lang, day.day));
    if day.day == day.today { format!("{}, {date}", tr::partner::today(lang)) } else { tr::partner::day_title(lang, date) }
}

#[component]
fn DayView(lang: Lang, day: Day, attention: Option<Attention>, sells: bool) -> impl IntoView {
    let count = i64::try_from(day.departures.len()).unwrap_or(i64::MAX);
    let body = if day.departures.is_empty() {
        view! { <NoDepartures lang next_day=day.next_day/> }.into_any()
    } else {
        let cards = day.departures.iter().map(|row| view! { <DepartureCard lang row=row.clone()/> }).collect_view();
        view! { <ul class="grid gap-3">{cards}</ul> }.into_any()
    };
    let sell = sells.then(|| {
        // One apricot button a screen: without departures it leads to the next day that has some.
        let tone = if count > 0 { Tone::Action } else { Tone::Plain };
        let href = format!("{}?day={}", paths::partner_sell(lang), when::iso(day.day));
        view! { <LinkButton href tone class="md:justify-self-start">{tr::sell::title(lang)}</LinkButton> }
    });
    let look = (day.day == day.today).then(|| view! { <Look lang day=day.clone() attention/> });
    view! {
        <div class="grid gap-4">
            <div>
                <h1>{name(lang, &day)}</h1>
                <p class="text-muted mt-1">{(count > 0).then(|| tr::partner::departures_count(lang, count))}</p>
            </div>
            <DaySwitch lang day/>
            {look}
            {sell}
            {body}
        </div>
    }
    .into_any()
}

#[component]
fn DaySwitch(lang: Lang, day: Day) -> impl IntoView {
    let step = |to: Option<Date>, words: fn(Lang, String) -> String, class: &'static str| {
        to.map(|to| {
            view! {
                <a class="btn btn-round" href=address(lang, to) aria-label=words(lang, when::day_month(lang, to))>
                    <span class=class>
                        <Icon name=Glyph::ChevronRight/>
                    </span>
                </a>
            }
        })
    };
    let back = (day.day != day.today)
        .then(|| view! { <a class="pill" href=paths::partner(lang)>{tr::partner::back_to_today(lang)}</a> });
    // A picked day needs no second tap.
    let pick = |event: leptos::ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(form) = input.filter(|input| !input.value().is_empty()).and_then(|input| input.form()) {
            let _ = form.request_submit();
        }
    };
    view! {
        <div class="flex flex-wrap items-center gap-2">
            {step(day.day.yesterday().ok(), tr::partner::previous_day, "inline-flex rotate-180")}
            {step(day.day.tomorrow().ok(), tr::partner::next_day, "inline-flex")}
            <Form method="get" action=paths::partner(lang)>
                <div class="flex gap-2">
                    <label class="sr-only" for="day">{tr::partner::pick_day(lang)}</label>
                    <input class="control w-40 numbers" id="day" type="date" name="day" required value=when::iso(day.day) on:change=pick/>
                    <button class="btn without-script">{tr::partner::show_day(lang)}</button>
                </div>
            </Form>
            {back}
        </div>
    }
    .into_any()
}

#[component]
fn NoDepartures(lang: Lang, next_day: Option<Date>) -> impl IntoView {
    let onward = match next_day {
        Some(next) => {
            let words = tr::partner::to_next_day(lang, when::day_month(lang, next));
            view! { <LinkButton href=address(lang, next) tone=Tone::Action>{words}</LinkButton> }.into_any()
        }
        None => view! { <p>{tr::partner::none_ahead(lang)}</p> }.into_any(),
    };
    view! {
        <EmptyState title=tr::partner::no_departures_title(lang) text=tr::partner::no_departures_text(lang)>
            {onward}
        </EmptyState>
    }
    .into_any()
}

#[component]
fn DaySkeleton() -> impl IntoView {
    view! {
        <div class="grid gap-4">
            <Skeleton class="h-9 w-72"/>
            <Skeleton class="h-12 w-full max-w-sm"/>
            <Skeleton class="h-32 w-full"/>
            <Skeleton class="h-32 w-full"/>
        </div>
    }
}
