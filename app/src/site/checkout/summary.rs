//! What is being bought, until when it is held, and what cancelling costs.
use crate::{
    site::order::{cancel::free_until, contents::Contents},
    ui::{Countdown, Glyph, Icon},
};
use leptos::prelude::*;
use sapar_shared::{Lang, dto::order::OrderView, tr::checkout as words, when};

/// The hour, as a time for everybody and as a countdown where a script can run one.
#[component]
pub fn HoldClock(lang: Lang, order: OrderView, on_end: Callback<()>) -> impl IntoView {
    view! {
        <p class="hold-clock">
            <Icon name=Glyph::Clock/>
            <span class="numbers">{words::held_until(lang, when::clock(when::local(order.expires_at)))}</span>
            <span class="needs-script">
                <Countdown until=order.expires_at now=order.now label=words::held_left(lang) on_end/>
            </span>
        </p>
    }
    .into_any()
}

#[component]
pub fn Summary(lang: Lang, order: OrderView) -> impl IntoView {
    let free = free_until(&order).filter(|_| order.lines.iter().all(|line| line.free_cancel_hours > 0));
    let rule = match free {
        Some(until) if until > order.now => words::cancel_until(lang, when::moment_text(lang, until)),
        Some(until) => words::cancel_over(lang, when::moment_text(lang, until)),
        None => words::cancel_none(lang).to_owned(),
    };
    view! {
        <section class="card card-pad flex flex-col gap-4" aria-labelledby="summary-title">
            <h2 id="summary-title">{words::summary(lang)}</h2>
            <Contents lang lines=order.lines total=order.total total_label=words::total(lang) meeting=true/>
            <div>
                <h3 class="font-semibold">{words::cancel_title(lang)}</h3>
                <p class="field-help">{rule}</p>
            </div>
        </section>
    }
    .into_any()
}
