//! Why a file or a button came to nothing.
use crate::{
    partner::trouble::SignInAgain,
    ui::{Alert, AlertTone},
};
use leptos::prelude::*;
use sapar_shared::Lang;

/// What is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub words: String,
    /// The session has ended: there is a way in, and from there back to this page.
    pub ended: bool,
}

impl Refusal {
    #[must_use]
    pub fn of(words: impl Into<String>) -> Self {
        Self { words: words.into(), ended: false }
    }
}

/// `id` is what the focus may move to.
#[component]
pub fn Refused(lang: Lang, refusal: Refusal, #[prop(optional)] id: &'static str) -> impl IntoView {
    let Refusal { words, ended } = refusal;
    let way_in = ended.then(|| view! { <p class="mt-2"><SignInAgain lang/></p> });
    view! {
        <Alert tone=AlertTone::Bad>
            <p id=(!id.is_empty()).then_some(id) tabindex="-1">{words}</p>
            {way_in}
        </Alert>
    }
    .into_any()
}
