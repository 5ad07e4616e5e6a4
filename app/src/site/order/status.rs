//! The order's state, big and in words; how long is left; what to do now.
use super::{
    actions::{Actions, PayForm},
    api::ToNewer,
    contents::tour_path,
    phase::Phase,
    reason::reason,
};
use crate::ui::{AlertTone, Countdown, Glyph, Icon, Tone};
use leptos::prelude::*;
use sapar_shared::{Lang, dto::order::OrderView, paths, tr::order as words, when};

const fn panel(tone: AlertTone) -> &'static str {
    match tone {
        AlertTone::Info => "status status-info",
        AlertTone::Good => "status status-good",
        AlertTone::Warn => "status status-warn",
        AlertTone::Bad => "status status-bad",
    }
}

#[component]
pub fn StatusPanel(lang: Lang, order: OrderView, actions: Actions, refresh: Callback<()>) -> impl IntoView {
    let phase = Phase::of(&order);
    let reason = order.failure.as_deref().filter(|_| phase == Phase::Declined).map(|said| reason(lang, said));
    view! {
        <section class=panel(phase.tone()) aria-labelledby="status-title">
            <div class="flex items-start gap-4">
                <span class="status-mark">
                    <Icon name=phase.glyph() class="icon icon-big"/>
                </span>
                <div class="min-w-0 flex flex-col gap-2">
                    <h1 id="status-title">{phase.title(lang)}</h1>
                    <p>{phase.text(lang, &order)}</p>
                    {reason.map(|reason| view! { <p class="font-semibold">{words::declined_reason(lang, reason)}</p> })}
                </div>
            </div>
            <Clock lang order=order.clone() phase refresh/>
            <Next lang order phase actions/>
        </section>
    }
    .into_any()
}

/// The end of the hold: as a time for everybody, as a countdown where a script can run one.
#[component]
fn Clock(lang: Lang, order: OrderView, phase: Phase, refresh: Callback<()>) -> impl IntoView {
    if !phase.is_open() {
        return ().into_any();
    }
    view! {
        <p class="hold-clock">
            <Icon name=Glyph::Clock/>
            <span class="numbers">{words::held_until(lang, when::clock(when::local(order.expires_at)))}</span>
            <span class="needs-script">
                <Countdown until=order.expires_at now=order.now label=words::left(lang) on_end=refresh/>
            </span>
        </p>
    }
    .into_any()
}

#[component]
fn Next(lang: Lang, order: OrderView, phase: Phase, actions: Actions) -> impl IntoView {
    if phase.can_pay() {
        return view! { <PayForm lang order phase actions/> }.into_any();
    }
    if phase == Phase::Held {
        return view! {
            <p>
                <a class=Tone::Action.class() href=paths::checkout_order(lang, &order.token)>{words::to_checkout(lang)}</a>
            </p>
        }
        .into_any();
    }
    if phase == Phase::Replaced {
        return view! { <Newer lang order/> }.into_any();
    }
    if phase.is_lost() {
        let verb = if phase == Phase::Late { words::other_dates(lang) } else { words::choose_again(lang) };
        return view! {
            <p>
                <a class=Tone::Plain.class() href=tour_path(lang, &order)>{verb}</a>
            </p>
        }
        .into_any();
    }
    ().into_any()
}

/// To what the cart holds instead; a form, for only the cart's own browser may be led there.
#[component]
fn Newer(lang: Lang, order: OrderView) -> impl IntoView {
    let action = ServerAction::<ToNewer>::new();
    let slug = order.lines.into_iter().next().map(|line| line.listing_slug).unwrap_or_default();
    view! {
        <ActionForm action>
            <input type="hidden" name="lang" value=lang.code()/>
            <input type="hidden" name="slug" value=slug/>
            <button class=Tone::Action.class()>{words::to_newer(lang)}</button>
        </ActionForm>
    }
    .into_any()
}
