//! Light, dark, or what the device says.
use crate::browser;
use leptos::prelude::*;

/// The cookie that remembers the choice: the server must know it before it draws, or the page would flash.
pub const COOKIE: &str = "sapar_theme";

/// What may be chosen; `Device` forgets the choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    Device,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::Device, Self::Light, Self::Dark];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == word)
    }
}

/// Applies and remembers a choice in the browser.
pub fn choose(theme: Theme) {
    let chosen = (theme != Theme::Device).then(|| theme.as_str());
    browser::set_cookie(COOKIE, chosen);
    let Some(root) = document().document_element() else { return };
    let _ = match chosen {
        Some(word) => root.set_attribute("data-theme", word),
        None => root.remove_attribute("data-theme"),
    };
}
