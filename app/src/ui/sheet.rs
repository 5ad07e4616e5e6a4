//! A sheet from below on a phone, a panel on a desk. It is the browser's popover: a button with `popovertarget` opens it,
//! Esc and a tap beside it close it, all without a script.
use super::{Glyph, Icon};
use leptos::prelude::*;

#[component]
pub fn Sheet(
    id: &'static str,
    #[prop(into)] title: String,
    #[prop(into)] close: String,
    #[prop(default = "sheet")] class: &'static str,
    children: Children,
) -> impl IntoView {
    let title_id = format!("{id}-title");
    let labelled = title_id.clone();
    view! {
        <div id=id class=class popover="auto" role="group" aria-labelledby=labelled>
            <div class="sheet-head">
                <h2 id=title_id class="text-lg font-bold">{title}</h2>
                <button type="button" class="btn btn-quiet btn-round" popovertarget=id popovertargetaction="hide" aria-label=close>
                    <Icon name=Glyph::Close/>
                </button>
            </div>
            <div class="sheet-body">{children()}</div>
        </div>
    }
}
