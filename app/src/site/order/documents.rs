//! The tickets to take along: as a PDF, in the calendar.
use crate::ui::{Glyph, Icon};
use leptos::prelude::*;
use sapar_shared::{Lang, paths, tr::order as words};

#[component]
pub fn Documents(lang: Lang, token: String, ready: bool) -> impl IntoView {
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
        </section>
    }
    .into_any()
}
