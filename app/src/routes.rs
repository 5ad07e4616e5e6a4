//! The whole sitemap. A route is listed when its page works, not before.
use crate::{
    layout::{SiteLayout, frame::Lost},
    partner,
    site::{root::RootPage, sign_in::SignInPage},
};
use leptos::prelude::*;
use leptos_router::{
    Lazy, SsrMode,
    components::{ParentRoute, Route, Routes},
    path,
};

/// Pages are rendered whole before the first byte leaves (`Async`): that is what lets them answer 404 and what a crawler, a
/// browser without a script and a cache want alike.
///
/// Static files live below `/pkg`, `/fonts`, `/art` and `/files`: a single segment at the root is taken for a language.
#[component]
pub fn Sitemap() -> impl IntoView {
    view! {
        <Routes fallback=Lost>
            <Route path=path!("/") view=RootPage ssr=SsrMode::Async/>
            <ParentRoute path=path!("/:lang/partner") view=Lazy::<partner::Frame>::new() ssr=SsrMode::Async>
                <Route path=path!("") view=Lazy::<partner::Today>::new() ssr=SsrMode::Async/>
                <Route path=path!("departures/:id") view=Lazy::<partner::Departure>::new() ssr=SsrMode::Async/>
                <Route path=path!("scan") view=Lazy::<partner::Scan>::new() ssr=SsrMode::Async/>
                <Route path=path!("tickets") view=Lazy::<partner::FindTicket>::new() ssr=SsrMode::Async/>
                <Route path=path!("tickets/:code") view=Lazy::<partner::Ticket>::new() ssr=SsrMode::Async/>
            </ParentRoute>
            <ParentRoute path=path!("/:lang") view=SiteLayout ssr=SsrMode::Async>
                <Route path=path!("") view=|| () ssr=SsrMode::Async/>
                <Route path=path!("sign-in") view=SignInPage ssr=SsrMode::Async/>
            </ParentRoute>
        </Routes>
    }
}
