//! `/`: to the visitor's own language, the one chosen before or the best of the browser's.
use leptos::prelude::*;
use sapar_shared::{Lang, paths};

/// Sends on with a redirect; whoever reads the answer's body finds the three doors.
#[component]
pub fn RootPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    {
        use crate::{layout::frame::LANG_COOKIE, request};
        let chosen = request::cookie(LANG_COOKIE).and_then(|code| code.parse().ok());
        let lang = chosen.unwrap_or_else(|| Lang::negotiate(&request::header(http::header::ACCEPT_LANGUAGE).unwrap_or_default()));
        request::append_header(http::header::VARY, "Accept-Language, Cookie");
        // Not `leptos_axum::redirect`: that one redirects only those who ask for HTML by name.
        request::set_status(302);
        request::append_header(http::header::LOCATION, &paths::home(lang));
    }
    let doors = Lang::ALL
        .map(|lang| view! { <a class="btn" href=paths::home(lang) lang=lang.code() rel="external">{lang.own_name()}</a> })
        .collect_view();
    view! {
        <main class="empty">
            <h1>"Sapar"</h1>
            {doors}
        </main>
    }
    .into_any()
}
