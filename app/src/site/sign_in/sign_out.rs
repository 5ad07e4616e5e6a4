//! The way out: a form, for leaving changes something.
use super::api;
use crate::{
    partner::drafts,
    ui::{Glyph, Icon},
};
use leptos::prelude::*;
use sapar_shared::{Lang, tr};

#[component]
pub fn SignOut(lang: Lang) -> impl IntoView {
    let action = ServerAction::<api::SignOut>::new();
    view! {
        // What was typed and not saved is for nobody else to find.
        <ActionForm action on:submit=|_| drafts::forget_all()>
            <input type="hidden" name="lang" value=lang.code()/>
            <button class="btn w-full">
                <Icon name=Glyph::SignOut class="icon icon-small"/>
                {tr::sign_in::sign_out(lang)}
            </button>
        </ActionForm>
    }
    .into_any()
}
