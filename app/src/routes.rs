//! The whole sitemap. A route is listed when its page works, not before.
use crate::{
    layout::{SiteLayout, frame::Lost},
    partner,
    site::{chunks as site, root::RootPage, tour::page::TourPage},
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
/// What the router of the server serves itself (`server/src/http/router.rs`) never comes here; any other single segment at the
/// root is taken for a language.
#[component]
pub fn Sitemap() -> impl IntoView {
    view! {
        <Routes fallback=Lost>
            <Route path=path!("/") view=RootPage ssr=SsrMode::Async/>
            <ParentRoute path=path!("/:lang/partner") view={Lazy::<partner::Frame>::new()} ssr=SsrMode::Async>
                <Route path=path!("") view={Lazy::<partner::Today>::new()} ssr=SsrMode::Async/>
                <Route path=path!("departures/:id") view={Lazy::<partner::Departure>::new()} ssr=SsrMode::Async/>
                <Route path=path!("orders") view={Lazy::<partner::Orders>::new()} ssr=SsrMode::Async/>
                <Route path=path!("orders/:id") view={Lazy::<partner::Order>::new()} ssr=SsrMode::Async/>
                <Route path=path!("sell") view={Lazy::<partner::Sell>::new()} ssr=SsrMode::Async/>
                <Route path=path!("scan") view={Lazy::<partner::Scan>::new()} ssr=SsrMode::Async/>
                <Route path=path!("start") view={Lazy::<partner::Start>::new()} ssr=SsrMode::Async/>
                <Route path=path!("organisation") view={Lazy::<partner::Organisation>::new()} ssr=SsrMode::Async/>
                <Route path=path!("members") view={Lazy::<partner::Members>::new()} ssr=SsrMode::Async/>
                <Route path=path!("tickets") view={Lazy::<partner::FindTicket>::new()} ssr=SsrMode::Async/>
                <Route path=path!("tickets/:code") view={Lazy::<partner::Ticket>::new()} ssr=SsrMode::Async/>
                <Route path=path!("listings") view={Lazy::<partner::Listings>::new()} ssr=SsrMode::Async/>
                <Route path=path!("listings/new") view={Lazy::<partner::NewListing>::new()} ssr=SsrMode::Async/>
                <Route path=path!("listings/:id") view={Lazy::<partner::Editor>::new()} ssr=SsrMode::Async/>
                <Route path=path!("listings/:id/departures") view={Lazy::<partner::Departures>::new()} ssr=SsrMode::Async/>
                <Route path=path!("listings/:id/preview") view={Lazy::<partner::Preview>::new()} ssr=SsrMode::Async/>
                <Route path=path!("import") view={Lazy::<partner::Imports>::new()} ssr=SsrMode::Async/>
                <Route path=path!("import/:id") view={Lazy::<partner::Import>::new()} ssr=SsrMode::Async/>
            </ParentRoute>
            <ParentRoute path=path!("/:lang") view=SiteLayout ssr=SsrMode::Async>
                <Route path=path!("") view={Lazy::<site::Home>::new()} ssr=SsrMode::Async/>
                <Route path=path!("tours") view={Lazy::<site::Search>::new()} ssr=SsrMode::Async/>
                <Route path=path!("tours/:slug") view=TourPage ssr=SsrMode::Async/>
                <Route path=path!("checkout/:token") view={Lazy::<site::Checkout>::new()} ssr=SsrMode::Async/>
                <Route path=path!("orders/:token") view={Lazy::<site::Order>::new()} ssr=SsrMode::Async/>
                <Route path=path!("partners/:slug") view={Lazy::<site::Partner>::new()} ssr=SsrMode::Async/>
                <Route path=path!("saved") view={Lazy::<site::Saved>::new()} ssr=SsrMode::Async/>
                <Route path=path!("tickets") view={Lazy::<site::Tickets>::new()} ssr=SsrMode::Async/>
                <Route path=path!("me") view={Lazy::<site::Me>::new()} ssr=SsrMode::Async/>
                <Route path=path!("me/orders") view={Lazy::<site::MyOrders>::new()} ssr=SsrMode::Async/>
                <Route path=path!("me/profile") view={Lazy::<site::MyProfile>::new()} ssr=SsrMode::Async/>
                <Route path=path!("me/security") view={Lazy::<site::MySecurity>::new()} ssr=SsrMode::Async/>
                <Route path=path!("me/data") view={Lazy::<site::MyData>::new()} ssr=SsrMode::Async/>
                <Route path=path!("invitation/:token") view={Lazy::<site::Invitation>::new()} ssr=SsrMode::Async/>
                <Route path=path!("sign-in") view={Lazy::<site::SignIn>::new()} ssr=SsrMode::Async/>
                <Route path=path!("sign-in/code") view={Lazy::<site::SignInCode>::new()} ssr=SsrMode::Async/>
                <Route path=path!("sign-in/step") view={Lazy::<site::SignInStep>::new()} ssr=SsrMode::Async/>
                <Route path=path!("sign-up") view={Lazy::<site::SignUp>::new()} ssr=SsrMode::Async/>
                <Route path=path!("confirm/:token") view={Lazy::<site::Confirm>::new()} ssr=SsrMode::Async/>
                <Route path=path!("reset") view={Lazy::<site::Reset>::new()} ssr=SsrMode::Async/>
                <Route path=path!("reset/:token") view={Lazy::<site::ResetTo>::new()} ssr=SsrMode::Async/>
            </ParentRoute>
        </Routes>
    }
}
