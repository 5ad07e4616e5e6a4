//! Structured data. Only crawlers read it, so only the server writes it: in the browser the same element stays as it came.
use leptos::prelude::*;

/// JSON that cannot end the script element it stands in, nor open a comment there.
#[must_use]
pub fn escape(json: &str) -> String {
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// `json` is empty in the browser; see `seo::schema` for who makes it. No nonce: it is data, which no browser runs, and a page
/// is compressed in pieces between its nonces.
#[component]
pub fn JsonLd(json: String) -> impl IntoView {
    view! { <script type="application/ld+json" inner_html=escape(&json)></script> }.into_any()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_title_cannot_leave_the_script() {
        let json = super::escape(r#"{"name":"</script><script>alert(1)</script><!--"}"#);
        assert!(!json.contains('<') && !json.contains('>'));
        assert!(json.contains("\\u003c/script\\u003e"));
    }
}
