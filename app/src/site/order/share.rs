//! The order's link, to be sent to whoever travels along. The field alone serves those without a script.
use crate::{
    seo,
    ui::{Glyph, Icon},
};
use leptos::{prelude::*, task::spawn_local};
use sapar_shared::{Lang, paths, tr::order as words};
use wasm_bindgen_futures::JsFuture;
use web_sys::ShareData;

#[component]
pub fn Share(lang: Lang, token: String, #[prop(into)] title: String) -> impl IntoView {
    let url = format!("{}{}", seo::origin(), paths::order(lang, &token));
    let (copied, set_copied) = signal(false);
    // Known only in the browser, and only there is the button of any use.
    let (can_share, set_can_share) = signal(false);
    Effect::new(move |_| set_can_share.set(has("share")));
    let kept = StoredValue::new(url.clone());
    let copy = move |_| {
        if !has("clipboard") {
            return;
        }
        let written = kept.with_value(|url| window().navigator().clipboard().write_text(url));
        spawn_local(async move {
            if JsFuture::from(written).await.is_ok() {
                set_copied.try_set(true);
            }
        });
    };
    let share = move |_| {
        let data = ShareData::new();
        data.set_title(&title);
        kept.with_value(|url| data.set_url(url));
        let shared = window().navigator().share_with_data(&data);
        // Closing the phone's sheet is no error.
        spawn_local(async move { drop(JsFuture::from(shared).await) });
    };
    view! {
        <section class="card card-pad flex flex-col gap-3">
            <h2 id="share-title">{words::share_title(lang)}</h2>
            <p id="share-text" class="field-help">{words::share_text(lang)}</p>
            <input class="control" type="text" readonly aria-labelledby="share-title" aria-describedby="share-text" value=url/>
            <div class="flex flex-wrap gap-2 needs-script">
                <button type="button" class="btn" on:click=copy>
                    {move || view! { <Icon name=if copied.get() { Glyph::Check } else { Glyph::Copy }/> }}
                    <span aria-live="polite">{move || if copied.get() { words::copied(lang) } else { words::copy(lang) }}</span>
                </button>
                <button type="button" class="btn" hidden=move || !can_share.get() on:click=share>
                    <Icon name=Glyph::People/>
                    {words::share(lang)}
                </button>
            </div>
        </section>
    }
    .into_any()
}

fn has(name: &str) -> bool {
    let navigator = window().navigator();
    js_sys::Reflect::get(&navigator, &name.into()).is_ok_and(|value| !value.is_undefined() && !value.is_null())
}
