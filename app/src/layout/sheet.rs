//! The cabinet's style sheet (`style/cabinet.css`). Every page names it, and only the cabinet's load it: a browser leaves a
//! sheet alone that is marked `disabled`. Who comes to the cabinet by a link takes that mark away and waits.

/// The element that names it.
#[cfg(any(feature = "ssr", target_arch = "wasm32"))]
const ELEMENT: &str = "cabinet-sheet";

/// Goes into the head of every page.
#[cfg(feature = "ssr")]
#[leptos::component]
pub fn CabinetSheet(
    /// Where the site's files are.
    root: String,
) -> impl leptos::IntoView {
    use crate::request;
    use leptos::prelude::*;
    use sapar_shared::paths;
    let path = request::path();
    let below = request::path_lang().and_then(|lang| path.strip_prefix(&paths::partner(lang)));
    let elsewhere = !below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    address(&root).map(|href| view! { <link rel="stylesheet" id=ELEMENT href=href disabled=elsewhere/> })
}

/// Its name holds a digest of what it says, for it is kept for ever. Nothing before `tools/style.sh` has made it, as in tests.
#[cfg(feature = "ssr")]
fn address(root: &str) -> Option<String> {
    let files = std::fs::read_dir(format!("{root}/styles")).ok()?;
    let mut names = files.flatten().filter_map(|file| file.file_name().into_string().ok());
    names.find(|name| name.ends_with(".css")).map(|name| format!("/styles/{name}"))
}

/// Ready when the cabinet may be drawn. A sheet that does not come holds nothing up: words are better than nothing.
pub async fn cabinets() {
    #[cfg(all(feature = "hydrate", target_arch = "wasm32"))]
    {
        use leptos::prelude::document;
        use wasm_bindgen_futures::JsFuture;
        let Some(link) = document().get_element_by_id(ELEMENT).filter(|link| link.has_attribute("disabled")) else { return };
        let loaded = js_sys::Promise::new(&mut |done, _| {
            for event in ["load", "error"] {
                let _ = link.add_event_listener_with_callback(event, &done);
            }
            let _ = link.remove_attribute("disabled");
        });
        let _ = JsFuture::from(loaded).await;
    }
}
