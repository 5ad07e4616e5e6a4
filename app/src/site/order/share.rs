//! The order's link, to be sent to whoever travels along. The field alone serves those without a script.
use super::copy::{CopyButton, has};
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
    // Known only in the browser, and only there is the button of any use.
    let (can_share, set_can_share) = signal(false);
    Effect::new(move |_| set_can_share.set(has("share")));
    let kept = StoredValue::new(url.clone());
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
            <input class="control" type="text" readonly aria-labelledby="share-title" aria-describedby="share-text" value=url.clone()/>
            <div class="flex flex-wrap gap-2 needs-script">
                <CopyButton lang text=url/>
                <button type="button" class="btn" hidden=move || !can_share.get() on:click=share>
                    <Icon name=Glyph::People/>
                    {words::share(lang)}
                </button>
            </div>
        </section>
    }
    .into_any()
}
