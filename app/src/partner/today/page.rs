//! `/partner`: what leaves today, or on the day that the query names, with the numbers of now.
use super::{
    api::{load_attention, load_day},
    attention::Look,
    card::DepartureCard,
};
use crate::wire::page_data;
use crate::{
    error::AppError,
    layout::use_lang,
    partner::{
        desk::{sells, who_is_in},
        fresh::keep_fresh,
        trouble::Trouble,
    },
    seo::PageMeta,
    ui::{Alert, AlertTone, EmptyState, Glyph, Icon, LinkButton, Skeleton, Tone},
};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_query_map};
use sapar_shared::{
    Lang,
    dto::{
        desk::Attention,
        partner::{Day, DepartureRow},
    },
    paths, tr, when,
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
    let reload = Callback::new(move |()| {
        departures.refetch();
        attention.refetch();
    });
    let list = move || {
        Suspend::new(async move {
            match departures.await.flatten() {
                Ok(day) => {
                    let sells = sells(me).await;
                    // Whoever may not see orders is simply not told.
                    let attention = attention.await.flatten().ok();
                    let shown = Shown {
                        lang,
                        wanted: StoredValue::new(wanted.get_untracked()),
                        day: RwSignal::new(day),
                        attention: RwSignal::new(attention),
                        reload,
                    };
                    view! { <DayView shown sells/> }.into_any()
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

/// The day as it is now.
#[derive(Clone, Copy)]
struct Shown {
    lang: Lang,
    /// As the address names it.
    wanted: StoredValue<String>,
    day: RwSignal<Day>,
    /// There for those who may see orders.
    attention: RwSignal<Option<Attention>>,
    /// Draws the whole page anew.
    reload: Callback<()>,
}

impl Shown {
    /// Whether there was an answer.
    async fn look(self) -> bool {
        let (Some(wanted), Some(shown)) = (self.wanted.try_get_value(), self.day.try_with_untracked(|day| day.day)) else {
            return true;
        };
        match load_day(self.lang, wanted).await.flatten() {
            Ok(day) if day.day == shown => {
                self.day.try_update(|now| *now = day);
            }
            // After midnight today is another day.
            Ok(_) | Err(AppError::SignInFirst | AppError::Forbidden) => {
                self.reload.run(());
                return true;
            }
            // What is shown was true a moment ago.
            Err(_) => return false,
        }
        // Whoever may not see orders was not told before, and does not ask.
        if self.attention.try_with_untracked(Option::is_some) != Some(true) {
            return true;
        }
        match load_attention(self.lang).await.flatten() {
            Ok(now) => {
                self.attention.try_set(Some(now));
                true
            }
            Err(error) => matches!(error, AppError::SignInFirst | AppError::Forbidden),
        }
    }
}

#[component]
fn DayView(shown: Shown, sells: bool) -> impl IntoView {
    let Shown { lang, day, attention, .. } = shown;
    let lost = RwSignal::new(false);
    keep_fresh(move || shown.look(), lost);
    let count = Memo::new(move |_| i64::try_from(day.read().departures.len()).unwrap_or(i64::MAX));
    let empty = Memo::new(move |_| count.get() == 0);
    let (date, next_day) = day.with_untracked(|day| (day.day, day.next_day));
    let body = move || {
        if empty.get() { view! { <NoDepartures lang next_day/> }.into_any() } else { view! { <Cards lang day/> }.into_any() }
    };
    let sell = move || {
        sells.then(|| {
            // One apricot button a screen: without departures it leads to the next day that has some.
            let tone = if empty.get() { Tone::Plain } else { Tone::Action };
            let href = format!("{}?day={}", paths::partner_sell(lang), when::iso(date));
            view! { <LinkButton href tone class="md:justify-self-start">{tr::sell::title(lang)}</LinkButton> }
        })
    };
    let is_today = Memo::new(move |_| day.with(|day| day.day == day.today));
    view! {
        <div class="grid gap-4">
            <div>
                <h1>{move || name(lang, &day.read())}</h1>
                <p class="text-muted mt-1">
                    {move || Some(count.get()).filter(|count| *count > 0).map(|count| tr::partner::departures_count(lang, count))}
                </p>
            </div>
            <DaySwitch lang day=day.get_untracked()/>
            <div aria-live="polite" class="grid gap-3 empty:hidden">
                {move || lost.get().then(|| view! { <Alert tone=AlertTone::Warn>{tr::partner::lost(lang)}</Alert> })}
            </div>
            {move || is_today.get().then(|| view! { <Look lang day attention/> })}
            {sell}
            {body}
        </div>
    }
    .into_any()
}

/// A card a departure; one that is there stays where it is.
#[component]
fn Cards(lang: Lang, day: RwSignal<Day>) -> impl IntoView {
    let card = move |first: DepartureRow| {
        let row = Memo::new(move |_| {
            let now = day.with(|day| day.departures.iter().find(|row| row.id == first.id).cloned());
            now.unwrap_or_else(|| first.clone())
        });
        view! { <DepartureCard lang row/> }
    };
    view! {
        <ul class="grid gap-3">
            <For each=move || day.read().departures.clone() key=|row| row.id children=card/>
        </ul>
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
