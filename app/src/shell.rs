//! The document around the pages. It exists on the server only: the browser takes over what is inside `<body>`.
use crate::{App, layout::sheet::CabinetSheet, request, texts::TextsInPage};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::{HashedStylesheet, MetaTags};

/// The browser's own bars take paper's colour; a meta element cannot read a CSS variable.
const PAPER_LIGHT: &str = "#fcfaf6";
const PAPER_DARK: &str = "#0e151d";

/// On a slow line people type before the program has come. It hears of that as soon as it listens: `awake` is its word.
const HEAR_EARLY_TYPING: &str = "{const typed=new Set,note=e=>typed.add(e.target);addEventListener('input',note,true);\
addEventListener('awake',()=>{removeEventListener('input',note,true);\
for(const field of typed)for(const kind of['input','change'])field.dispatchEvent(new Event(kind,{bubbles:true}))},{once:true})}";

/// The whole document of a page, for `leptos_axum`.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let lang = request::page_lang();
    let paper = match request::theme() {
        Some("light") => [PAPER_LIGHT, PAPER_LIGHT],
        Some("dark") => [PAPER_DARK, PAPER_DARK],
        _ => [PAPER_LIGHT, PAPER_DARK],
    };
    view! {
        <!DOCTYPE html>
        <html lang=lang.code() data-theme=request::theme()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                {theme_color("(prefers-color-scheme: light)", paper[0])}
                {theme_color("(prefers-color-scheme: dark)", paper[1])}
                <meta name="format-detection" content="telephone=no"/>
                <link rel="preload" href="/fonts/onest.woff2" r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
                <link rel="icon" href="/favicon.ico" sizes="32x32"/>
                <link rel="icon" href="/art/icon.svg" r#type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <HashedStylesheet options=options.clone() id="leptos"/>
                <CabinetSheet root=options.site_root.to_string()/>
                <script nonce=use_nonce() inner_html=HEAR_EARLY_TYPING></script>
                <AutoReload options=options.clone()/>
                <HydrationScripts options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
                <TextsInPage lang/>
            </body>
        </html>
    }
}

fn theme_color(media: &'static str, color: &'static str) -> impl IntoView {
    leptos::html::meta().name("theme-color").content(color).attr("media", media)
}
