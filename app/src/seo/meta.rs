//! Title, description, canonical address, the page's other languages, Open Graph.
use super::origin;
use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};
use sapar_shared::Lang;

/// `path` gives the page's address in a language, query included where it names another page. A page with `noindex` has no
/// canonical address and no alternates.
#[component]
pub fn PageMeta<F>(
    lang: Lang,
    #[prop(into)] title: String,
    #[prop(into)] description: String,
    path: F,
    /// Path of the picture that stands for the page.
    #[prop(optional, into)]
    image: Option<String>,
    #[prop(default = "website")] kind: &'static str,
    #[prop(optional)] noindex: bool,
) -> impl IntoView
where
    F: Fn(Lang) -> String,
{
    page_meta(lang, title, description, Lang::ALL.map(&path), image, kind, noindex)
}

fn page_meta(
    lang: Lang,
    title: String,
    description: String,
    paths: [String; 3],
    image: Option<String>,
    kind: &'static str,
    noindex: bool,
) -> AnyView {
    let origin = origin();
    let urls = paths.map(|path| format!("{origin}{path}"));
    let here = Lang::ALL.iter().position(|l| *l == lang).and_then(|index| urls.get(index)).cloned().unwrap_or_default();
    let image = format!("{origin}{}", image.as_deref().filter(|path| !path.is_empty()).unwrap_or("/art/share.png"));
    let full_title = if title.contains("Sapar") { title.clone() } else { format!("{title} · Sapar") };
    if noindex {
        return view! {
            <Title text=full_title/>
            <Meta name="description" content=description/>
            <Meta name="robots" content="noindex"/>
        }
        .into_any();
    }
    let default_url = urls[0].clone();
    let alternates = Lang::ALL
        .into_iter()
        .zip(urls)
        .map(|(lang, url)| view! { <Link rel="alternate" hreflang=lang.code() href=url/> })
        .collect_view();
    view! {
        <Title text=full_title/>
        <Meta name="description" content=description.clone()/>
        <Link rel="canonical" href=here.clone()/>
        {alternates}
        <Link rel="alternate" hreflang="x-default" href=default_url/>
        <Meta property="og:site_name" content="Sapar"/>
        <Meta property="og:type" content=kind/>
        <Meta property="og:locale" content=lang.og_locale()/>
        <Meta property="og:title" content=title/>
        <Meta property="og:description" content=description/>
        <Meta property="og:url" content=here/>
        <Meta property="og:image" content=image/>
        <Meta name="twitter:card" content="summary_large_image"/>
    }
    .into_any()
}
