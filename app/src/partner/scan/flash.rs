//! The whole screen in the colour of what a code is worth, for a moment: read at arm's length, without touching the phone.
use crate::{
    partner::ticket::verdict::Verdict,
    ui::{Glyph, Icon},
};
use leptos::prelude::*;
use sapar_shared::{Lang, tr};
use std::time::Duration;

/// How long it stays, unless a tap ends it.
pub const SHOWN: Duration = Duration::from_millis(1200);

/// What is flashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flash {
    Known(Verdict),
    /// No answer: the ticket may or may not have been let on.
    Failed(String),
}

impl Flash {
    const fn class(&self) -> &'static str {
        match self {
            Self::Known(verdict) => verdict.flash(),
            Self::Failed(_) => "scan-flash scan-flash-bad",
        }
    }
}

#[component]
pub fn FlashScreen(lang: Lang, flash: Flash, close: Callback<()>) -> impl IntoView {
    let class = flash.class();
    let (glyph, word, why) = match flash {
        Flash::Known(verdict) => {
            // Who it is comes before when it was.
            let person = verdict.ticket.as_ref().map(|ticket| ticket.name.clone()).filter(|name| !name.is_empty());
            let more = verdict.ticket.as_ref().filter(|_| verdict.is_on_board()).map_or(0, |ticket| ticket.order_open);
            let rest = (more > 0).then(|| tr::gate::whole_rest(lang, i64::from(more)));
            let why = if verdict.is_on_board() { rest } else { verdict.why(lang) };
            let lines: Vec<String> = [person, why].into_iter().flatten().collect();
            (verdict.glyph(), verdict.word(lang), lines)
        }
        Flash::Failed(text) => (Glyph::Warning, tr::gate::flash_failed(lang).to_owned(), vec![text]),
    };
    let lines = why.into_iter().map(|line| view! { <span class="scan-flash-line">{line}</span> }).collect_view();
    view! {
        <button type="button" class=class on:click=move |_| close.run(())>
            <Icon name=glyph class="icon scan-flash-icon"/>
            <span class="scan-flash-word">{word}</span>
            {lines}
            <span class="sr-only">{tr::gate::flash_close(lang)}</span>
        </button>
    }
    .into_any()
}
