//! The way out: a form, for leaving changes something.
use super::api;
use crate::{
    browser,
    partner::drafts,
    ui::{Glyph, Icon},
};
use leptos::prelude::*;
use sapar_shared::{Lang, tr};

/// `back`: the page to come back to; else one is led to the door.
#[component]
pub fn SignOut(lang: Lang, #[prop(optional, into)] back: String) -> impl IntoView {
    let action = ServerAction::<api::SignOut>::new();
    let page = back.clone();
    Effect::new(move |_| {
        if !page.is_empty() && matches!(action.value().get(), Some(Ok(()))) {
            browser::load(&page);
        }
    });
    view! {
        // What was typed and not saved is for nobody else to find.
        <ActionForm action on:submit=|_| drafts::forget_all()>
            <input type="hidden" name="lang" value=lang.code()/>
            <input type="hidden" name="next" value=back/>
            <button class="btn w-full">
                <Icon name=Glyph::SignOut class="icon icon-small"/>
                {tr::sign_in::sign_out(lang)}
            </button>
        </ActionForm>
    }
    .into_any()
}
