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
    use leptos::{html::link, prelude::*};
    let elsewhere = !in_cabinet(&crate::request::path());
    address(&root).map(|href| link().rel("stylesheet").id(ELEMENT).href(href).attr("disabled", elsewhere))
}

#[cfg(feature = "ssr")]
fn in_cabinet(path: &str) -> bool {
    let lang = super::lang::of_path(path);
    let below = lang.and_then(|lang| path.strip_prefix(&sapar_shared::paths::partner(lang)));
    below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
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

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn only_the_cabinets_own_pages_load_it() {
        for (path, own) in [
            ("/ru/partner", true),
            ("/kk/partner/", true),
            ("/en/partner/listings/7", true),
            ("/ru/partners/nomad-trails", false),
            ("/ru/me", false),
            ("/partner", false),
            ("/", false),
        ] {
            assert_eq!(in_cabinet(path), own, "{path}");
        }
    }

    #[test]
    fn its_address_is_the_file_that_was_made() {
        let root = std::env::temp_dir().join(format!("sapar-sheet-{}", std::process::id()));
        let root = root.to_str().expect("a path");
        assert_eq!(address(root), None);
        std::fs::create_dir_all(format!("{root}/styles")).expect("a folder");
        for name in ["cabinet.0123.css.br", "cabinet.0123.css", "cabinet.0123.css.gz"] {
            std::fs::write(format!("{root}/styles/{name}"), "").expect("a file");
        }
        assert_eq!(address(root).as_deref(), Some("/styles/cabinet.0123.css"));
        std::fs::remove_dir_all(root).expect("the folder");
    }
}
