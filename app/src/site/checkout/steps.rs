//! Which of the three steps this is.
use crate::ui::{Glyph, Icon};
use leptos::prelude::*;
use sapar_shared::{Lang, tr::checkout as words};

/// `back` is where step 1 can still be changed.
#[component]
pub fn Steps(lang: Lang, back: String) -> impl IntoView {
    view! {
        <nav aria-label=words::steps(lang)>
            <ol class="steps">
                <li class="step step-done">
                    <a href=back>
                        <span class="step-mark">
                            <Icon name=Glyph::Check class="icon icon-small"/>
                        </span>
                        <span>{words::step_tickets(lang)}</span>
                        <span class="sr-only">{format!(" ({}, {})", words::step_done(lang), words::step_back(lang))}</span>
                    </a>
                </li>
                <li class="step step-now" aria-current="step">
                    <span class="step-mark numbers" aria-hidden="true">"2"</span>
                    <span>{words::step_contact(lang)}</span>
                </li>
                <li class="step">
                    <span class="step-mark numbers" aria-hidden="true">"3"</span>
                    <span>{words::step_payment(lang)}</span>
                </li>
            </ol>
        </nav>
    }
    .into_any()
}
