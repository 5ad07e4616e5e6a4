//! What happened, what is safe, what next.
use super::{Glyph, Icon};
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AlertTone {
    #[default]
    Info,
    Good,
    Warn,
    Bad,
}

impl AlertTone {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "alert alert-info",
            Self::Good => "alert alert-good",
            Self::Warn => "alert alert-warn",
            Self::Bad => "alert alert-bad",
        }
    }

    const fn glyph(self) -> Glyph {
        match self {
            Self::Info => Glyph::Info,
            Self::Good => Glyph::Check,
            Self::Warn | Self::Bad => Glyph::Warning,
        }
    }
}

#[component]
pub fn Alert(#[prop(optional)] tone: AlertTone, children: Children) -> impl IntoView {
    let role = if tone == AlertTone::Bad { "alert" } else { "status" };
    view! {
        <div class=tone.class() role=role>
            <Icon name=tone.glyph()/>
            <div class="min-w-0">{children()}</div>
        </div>
    }
    .into_any()
}
