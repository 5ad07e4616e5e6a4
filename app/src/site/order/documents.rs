//! The tickets to take along: as a PDF, in the calendar.
use crate::{
    browser,
    ui::{Glyph, Icon},
};
use jiff::Timestamp;
use leptos::prelude::*;
use sapar_shared::{Lang, dto::order::OrderView, paths, tr::order as words};

/// Keeps the page in the browser for when there is no connection; by its event it says that it has.
const KEEP: &str = "/scripts/keep.js";
const KEPT: &str = "saparkept";

/// Keeps the page again whenever the order has changed, as long as it has tickets, valid or not; true once it is kept.
#[must_use]
pub fn keep(order: RwSignal<OrderView>) -> Signal<bool> {
    let kept = RwSignal::new(false);
    let shown = Memo::new(move |_| OrderView { now: Timestamp::MIN, ..order.get() });
    Effect::new(move |_| {
        if shown.read().tickets.is_empty() {
            return;
        }
        let heard = window_event_listener_untyped(KEPT, move |_| {
            kept.try_set(true);
        });
        browser::run_script(KEEP, false);
        on_cleanup(move || heard.remove());
    });
    kept.into()
}

#[component]
pub fn Documents(lang: Lang, token: String, ready: bool, #[prop(into)] kept: Signal<bool>) -> impl IntoView {
    let pdf = if ready {
        view! {
            <a class="btn" href=paths::order_pdf(&token) rel="external" download="">
                <Icon name=Glyph::Download/>
                {words::pdf(lang)}
            </a>
        }
        .into_any()
    } else {
        view! {
            <p class="flex flex-col" role="status">
                <span class="flex items-center gap-2 font-semibold">
                    <Icon name=Glyph::Clock/>
                    {words::pdf_preparing(lang)}
                </span>
                <span class="field-help">{words::pdf_preparing_text(lang)}</span>
            </p>
        }
        .into_any()
    };
    view! {
        <section class="card card-pad flex flex-col gap-3">
            <h2>{words::documents(lang)}</h2>
            <div class="flex flex-wrap items-center gap-3">
                {pdf}
                <a class="btn" href=paths::order_calendar(&token) rel="external" download="">
                    <Icon name=Glyph::Calendar/>
                    {words::calendar(lang)}
                </a>
            </div>
            <p class="field-help needs-script" role="status">{move || kept.get().then(|| words::kept(lang))}</p>
        </section>
    }
    .into_any()
}
