//! Small labels. A state is never told by colour alone: `StatusChip` wants an icon and a word.
use super::{Glyph, Icon};
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tint {
    #[default]
    Plain,
    Sky,
    Apricot,
    Leaf,
    Amber,
    Poppy,
    Iris,
    /// Over a picture.
    Veil,
}

impl Tint {
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Plain => "chip",
            Self::Sky => "chip chip-sky",
            Self::Apricot => "chip chip-apricot",
            Self::Leaf => "chip chip-leaf",
            Self::Amber => "chip chip-amber",
            Self::Poppy => "chip chip-poppy",
            Self::Iris => "chip chip-iris",
            Self::Veil => "chip chip-veil",
        }
    }
}

/// A word or a count.
#[component]
pub fn Badge(#[prop(optional)] tint: Tint, children: Children) -> impl IntoView {
    view! { <span class=tint.class()>{children()}</span> }
}

/// A state: paid, waiting, failed.
#[component]
pub fn StatusChip(tint: Tint, icon: Glyph, #[prop(into)] word: String) -> impl IntoView {
    view! {
        <span class=tint.class()>
            <Icon name=icon class="icon icon-small"/>
            {word}
        </span>
    }
    .into_any()
}
