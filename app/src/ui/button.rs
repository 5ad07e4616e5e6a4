//! Buttons. `Tone::Action` is the apricot one: buy, publish, activate; one a screen.
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    Action,
    #[default]
    Plain,
    Quiet,
    Danger,
}

impl Tone {
    /// The classes, for what must look like a button and is something else.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Action => "btn btn-action",
            Self::Plain => "btn",
            Self::Quiet => "btn btn-quiet",
            Self::Danger => "btn btn-danger",
        }
    }
}

fn classes(tone: Tone, extra: &'static str) -> String {
    if extra.is_empty() { tone.class().to_owned() } else { format!("{} {extra}", tone.class()) }
}

/// A button of a form, or, with `kind="button"`, of a script.
#[component]
pub fn Button(
    #[prop(optional)] tone: Tone,
    #[prop(default = "submit")] kind: &'static str,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional)] class: &'static str,
    children: Children,
) -> impl IntoView {
    view! { <button type=kind class=classes(tone, class) disabled=move || disabled.get()>{children()}</button> }
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    #[prop(optional)] tone: Tone,
    #[prop(optional)] class: &'static str,
    children: Children,
) -> impl IntoView {
    view! { <a href=href class=classes(tone, class)>{children()}</a> }
}
