//! `/partner/sell`: which departure, how many, sold. What was sold is shown at once, with its QR codes.
use super::{api::load_counter, choice::Choice, sold::SoldView};
use crate::{
    layout::use_lang,
    partner::{
        desk::{inactive, who_is_in},
        head::Head,
        trouble::Trouble,
    },
    ui::{EmptyState, Skeleton},
    wire::page_data,
};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_query_map};
use sapar_shared::{
    Lang,
    dto::{desk::Counter, order::OrderView, organisation::OrganisationStatus},
    paths,
    tr::{partner as tr_partner, sell as words},
    when,
};
use wasm_bindgen::JsCast;

#[component]
pub fn SellPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let day = Memo::new(move |_| query.read().get("day").unwrap_or_default());
    let departure = Memo::new(move |_| query.read().get("departure").unwrap_or_default());
    let counter = page_data(move || (day.get(), departure.get()), move |(day, departure)| load_counter(lang, day, departure));
    let me = who_is_in();
    let sold = RwSignal::new(None::<OrderView>);
    let again = Callback::new(move |()| {
        sold.set(None);
        // What is free has changed.
        counter.refetch();
    });
    // What was sold begins at the top, and the button that sold it was at the bottom.
    Effect::new(move |_| {
        if sold.read().is_some() {
            request_animation_frame(|| window().scroll_to_with_x_and_y(0.0, 0.0));
        }
    });
    let body = move || {
        Suspend::new(async move {
            match counter.await.flatten() {
                Ok(counter) => match inactive(me).await {
                    // Said at once, before anything is chosen and typed.
                    Some(status) => view! { <NotNow lang status/> }.into_any(),
                    None => view! { <CounterView lang counter wanted=departure.get_untracked() sold/> }.into_any(),
                },
                Err(error) => view! { <Trouble lang error/> }.into_any(),
            }
        })
    };
    view! {
        <Head lang title=words::title(lang)/>
        <div class="grid gap-4 mt-2 max-w-xl">
            {move || sold.get().map(|order| view! { <SoldView lang order again/> })}
            <div class="grid gap-4" hidden=move || sold.read().is_some()>
                <h1>{words::title(lang)}</h1>
                <p class="without-script">{words::no_script(lang)}</p>
                <Transition fallback=CounterSkeleton>{body}</Transition>
            </div>
        </div>
    }
    .into_any()
}

/// What the moderator said, and the way to what can be done, stand in the frame's banner above.
#[component]
fn NotNow(lang: Lang, status: OrganisationStatus) -> impl IntoView {
    let text = match status {
        OrganisationStatus::Blocked => words::not_now_blocked(lang),
        _ => words::not_now_inactive(lang),
    };
    view! {
        <EmptyState title=words::not_now_title(lang) text>
            <a class="btn" href=paths::partner(lang)>{tr_partner::to_today(lang)}</a>
        </EmptyState>
    }
    .into_any()
}

#[component]
fn CounterView(lang: Lang, counter: Counter, wanted: String, sold: RwSignal<Option<OrderView>>) -> impl IntoView {
    let (day, today) = (counter.day, counter.today);
    let body = if counter.departures.is_empty() {
        view! { <EmptyState title=words::none_title(lang) text=words::none_text(lang)/> }.into_any()
    } else {
        view! { <Choice lang departures=counter.departures wanted sold/> }.into_any()
    };
    view! {
        <Days lang day today/>
        {body}
    }
    .into_any()
}

fn address(lang: Lang, day: Date) -> String {
    format!("{}?day={}", paths::partner_sell(lang), when::iso(day))
}

#[component]
fn Days(lang: Lang, day: Date, today: Date) -> impl IntoView {
    let pill = |to: Date, name: &'static str| {
        let current = (to == day).then_some("true");
        view! { <a class="pill" href=address(lang, to) aria-current=current>{name}</a> }
    };
    // A picked day needs no second tap.
    let pick = |event: leptos::ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(form) = input.filter(|input| !input.value().is_empty()).and_then(|input| input.form()) {
            let _ = form.request_submit();
        }
    };
    view! {
        <div class="flex flex-wrap items-center gap-2">
            {pill(today, words::today(lang))}
            {today.tomorrow().ok().map(|tomorrow| pill(tomorrow, words::tomorrow(lang)))}
            <Form method="get" action=paths::partner_sell(lang)>
                <label class="sr-only" for="sell-day">{words::other_day(lang)}</label>
                <input class="control w-40 numbers" id="sell-day" type="date" name="day" required value=when::iso(day) on:change=pick/>
            </Form>
        </div>
    }
    .into_any()
}

#[component]
fn CounterSkeleton() -> impl IntoView {
    view! {
        <div class="grid gap-3">
            <Skeleton class="h-11 w-72"/>
            <Skeleton class="h-20 w-full"/>
            <Skeleton class="h-20 w-full"/>
            <Skeleton class="h-20 w-full"/>
        </div>
    }
}
