//! Recovery codes, shown once: to be copied, saved as a file or written down before they go.
use crate::{
    browser,
    site::order::copy::CopyButton,
    ui::{Alert, AlertTone},
};
use leptos::prelude::*;
use sapar_shared::{Lang, tr::me as words};
use std::time::Duration;
use wasm_bindgen::JsCast as _;

const BOX: &str = "recovery";
const FILE: &str = "sapar-codes.txt";
/// The browser has begun to read the file by then.
const READ: Duration = Duration::from_secs(60);

/// Those of a form's answer. They stand outside of what is drawn anew after the form, and come into sight by themselves.
#[component]
pub(super) fn FreshCodes(lang: Lang, codes: RwSignal<Vec<String>>) -> impl IntoView {
    Effect::new(move |_| {
        if !codes.read().is_empty() {
            // They are drawn after this.
            request_animation_frame(|| {
                browser::reveal(BOX);
                browser::focus(BOX);
            });
        }
    });
    move || {
        let fresh = codes.get();
        (!fresh.is_empty()).then(|| view! { <Codes lang codes=fresh kept=codes/> })
    }
}

/// With `kept` they can be closed.
#[component]
pub(super) fn Codes(lang: Lang, codes: Vec<String>, #[prop(optional)] kept: Option<RwSignal<Vec<String>>>) -> impl IntoView {
    let codes: Vec<String> = codes.iter().map(|code| spaced(code)).collect();
    let file = format!("{}\r\n\r\n{}\r\n", words::recovery_file(lang), codes.join("\r\n"));
    let text = codes.join("\n");
    let items =
        codes.into_iter().map(|code| view! { <li class="numbers font-semibold whitespace-nowrap">{code}</li> }).collect_view();
    let close = kept.map(|kept| {
        let close = move |_| {
            kept.set(Vec::new());
            browser::focus("step-title");
        };
        view! {
            <button type="button" class="btn btn-action needs-script" on:click=close>
                {words::recovery_kept(lang)}
            </button>
        }
    });
    view! {
        <div id=BOX tabindex="-1" role="group" aria-labelledby="recovery-title">
            <Alert tone=AlertTone::Warn>
                <p class="font-semibold" id="recovery-title">{words::recovery_title(lang)}</p>
                <p>{words::recovery_text(lang)}</p>
                <ul class="grid sm:grid-cols-2 gap-x-6 gap-y-1 py-3" translate="no">{items}</ul>
                <div class="flex flex-wrap gap-2">
                    <CopyButton lang text/>
                    <button type="button" class="btn needs-script" on:click=move |_| save(&file)>
                        {words::recovery_save(lang)}
                    </button>
                    {close}
                </div>
            </Alert>
        </div>
    }
    .into_any()
}

/// `ABCDE-FGHJK`.
fn spaced(code: &str) -> String {
    let (head, tail) = code.split_at_checked(code.len() / 2).unwrap_or((code, ""));
    format!("{head}-{tail}")
}

/// Hands a text over to the browser as a file.
fn save(text: &str) {
    let Some((url, link)) = link_to(text) else { return };
    link.click();
    set_timeout(
        move || {
            let _ = web_sys::Url::revoke_object_url(&url);
        },
        READ,
    );
}

fn link_to(text: &str) -> Option<(String, web_sys::HtmlElement)> {
    let parts = js_sys::Array::new();
    parts.push(&text.into());
    let blob = web_sys::Blob::new_with_str_sequence(&parts).ok()?;
    let url = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
    let link = document().create_element("a").ok()?;
    link.set_attribute("href", &url).ok()?;
    link.set_attribute("download", FILE).ok()?;
    Some((url, link.dyn_into().ok()?))
}
