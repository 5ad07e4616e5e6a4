//! Takes a text along in the device's clipboard.
use crate::ui::{Glyph, Icon};
use leptos::{prelude::*, task::spawn_local};
use sapar_shared::{Lang, tr::order as words};
use wasm_bindgen_futures::JsFuture;

/// `name` says what is copied, where "copy" alone does not.
#[component]
pub fn CopyButton(lang: Lang, text: String, #[prop(optional)] name: Option<&'static str>) -> impl IntoView {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        if !has("clipboard") {
            return;
        }
        let written = window().navigator().clipboard().write_text(&text);
        spawn_local(async move {
            if JsFuture::from(written).await.is_ok() {
                copied.try_set(true);
            }
        });
    };
    let idle = name.unwrap_or_else(|| words::copy(lang));
    view! {
        <button type="button" class="btn needs-script" on:click=copy>
            {move || view! { <Icon name=if copied.get() { Glyph::Check } else { Glyph::Copy }/> }}
            <span aria-live="polite">{move || if copied.get() { words::copied(lang) } else { idle }}</span>
        </button>
    }
    .into_any()
}

/// Whether this browser's navigator can do a thing.
pub(super) fn has(name: &str) -> bool {
    let navigator = window().navigator();
    js_sys::Reflect::get(&navigator, &name.into()).is_ok_and(|value| !value.is_undefined() && !value.is_null())
}
