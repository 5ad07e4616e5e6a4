//! All steps of the sign-up: what is done, where one is, and the way back to what was passed.
use super::Step;
use crate::ui::{Glyph, Icon};
use leptos::prelude::*;
use sapar_shared::{Lang, tr::organisation as tr};

/// `filled`: the steps that need nothing more, also those that were never shown, for the account knew enough.
#[component]
pub(super) fn Walk(lang: Lang, now: Step, filled: [bool; 4]) -> impl IntoView {
    let steps = Step::ALL.into_iter().map(|step| one(lang, step, now, filled)).collect_view();
    view! {
        <nav aria-label=tr::steps(lang)>
            <ol class="walk">{steps}</ol>
        </nav>
    }
    .into_any()
}

fn one(lang: Lang, step: Step, now: Step, filled: [bool; 4]) -> AnyView {
    let here = step == now;
    let done = step.is_done(filled);
    let mark = if done && !here {
        view! { <Icon name=Glyph::Check class="icon icon-small"/> }.into_any()
    } else {
        view! { <span aria-hidden="true">{step.number()}</span> }.into_any()
    };
    let words = view! {
        <span class="walk-mark numbers">{mark}</span>
        <span class="walk-word">{step.title(lang)}</span>
        {(done && !here).then(|| view! { <span class="sr-only">{format!(" ({})", tr::done(lang))}</span> })}
    };
    let content = if !here && step.is_open(filled) {
        view! { <a class="walk-step" href=step.address(lang)>{words}</a> }.into_any()
    } else {
        view! { <span class="walk-step">{words}</span> }.into_any()
    };
    let class = match (done, here) {
        (true, true) => "walk-done walk-now",
        (true, false) => "walk-done",
        (false, true) => "walk-now",
        (false, false) => "",
    };
    view! { <li class=class aria-current=here.then_some("step")>{content}</li> }.into_any()
}
