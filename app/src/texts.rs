//! The browser's way to the texts of its language: what every page may say stands in the page, the rest comes with the first
//! page that is not in the wasm's main file. See `sapar_shared::texts`.
use crate::{error::AppError, wire::Wire};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use sapar_shared::Lang;

/// The texts that are not in every page. Another `version` than the server's own would put words in wrong places.
#[server(prefix = "/fn", endpoint = "texts", input = GetUrl, output = Wire)]
pub async fn load_texts(lang: Lang, version: String) -> Result<String, AppError> {
    use sapar_shared::{
        texts::{Part, lines},
        tr,
    };
    if version != tr::VERSION {
        return Err(AppError::NotFound);
    }
    crate::request::append_header(http::header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    Ok(lines(lang, Part::Apart))
}

/// Goes into every page, behind everything that is to be seen: no browser runs a script of this type. Its id says of which
/// version it is.
#[cfg(feature = "ssr")]
#[component]
pub fn TextsInPage(lang: Lang) -> impl IntoView {
    use sapar_shared::{
        texts::{Part, lines},
        tr::MARK,
    };
    view! { <script id=MARK type="text/plain" inner_html=lines(lang, Part::InPage)></script> }
}

/// Called before anything is hydrated. `false` where the page was made with other texts than this file: then it had better stay
/// as it is.
#[cfg(all(feature = "hydrate", target_arch = "wasm32"))]
#[must_use]
pub fn take_from_page() -> bool {
    use sapar_shared::{
        texts::{Part, bring},
        tr::MARK,
    };
    let lines = document().get_element_by_id(MARK).and_then(|element| element.text_content());
    lines.map(|lines| bring(Part::InPage, lines)).is_some()
}

/// Ready when the texts of the other files are here. Where they do not come, the page stays as the server wrote it, and links
/// lead on as they do without a script.
pub async fn others() {
    #[cfg(all(feature = "hydrate", target_arch = "wasm32"))]
    {
        use sapar_shared::{
            texts::{Part, bring, has},
            tr,
        };
        if has(Part::Apart) {
            return;
        }
        let lang = document().document_element().and_then(|root| root.get_attribute("lang"));
        let lang = lang.and_then(|code| code.parse().ok()).unwrap_or_default();
        match load_texts(lang, tr::VERSION.to_owned()).await {
            Ok(lines) => bring(Part::Apart, lines),
            Err(_) => std::future::pending().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    /// Areas in every page; `IN_PAGE` of shared/build.rs.
    const IN_PAGE: [&str; 5] = ["dates", "errors", "nav", "tour", "ui"];
    /// What the wasm's main file is made of, without the cabinet's frame.
    const MAIN_FILE: [&str; 7] = ["layout", "seo", "ui", "site/parts", "site/tour", "site/not_found.rs", "site/page_error.rs"];

    fn visit(path: &Path, found: &mut Vec<String>) {
        if path.is_dir() {
            for entry in fs::read_dir(path).expect("a folder").flatten() {
                visit(&entry.path(), found);
            }
        } else if !path.ends_with("layout/cabinet.rs") && !path.ends_with("seo/schema.rs") {
            let code = fs::read_to_string(path).expect("a source file");
            for (at, word) in code.match_indices("tr::") {
                // `str::` ends so, too.
                if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                    continue;
                }
                let area = code[at + word.len()..].split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
                if !IN_PAGE.contains(&area) {
                    found.push(format!("{}: tr::{area}", path.display()));
                }
            }
        }
    }

    #[test]
    fn the_main_file_says_only_what_is_in_every_page() {
        let mut found = Vec::new();
        for part in MAIN_FILE {
            visit(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(part), &mut found);
        }
        assert!(found.is_empty(), "texts that come too late: {found:?}");
    }
}
