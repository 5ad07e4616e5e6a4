//! The parts of the wasm that come only when a page needs them; on the server they are code like any other. A chunk is
//! whatever only its one function reaches; what several reach lies in the main file, or in a chunk that they share.
use crate::{
    layout::SiteLayout,
    partner,
    site::{chunks as site, root::RootPage, tour::page::TourPage},
    texts,
};
use leptos::prelude::*;
use leptos_router::ChooseView;

/// All that a route can show. One type, for leptos makes some 900 bytes of wasm of each type that a route is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// What stands at `/`.
    Root,
    /// The frame around the customer's pages.
    Site,
    /// A tour: in the main file, for most visitors land on it.
    Tour,
    /// Another of the customer's pages.
    Customers(site::Screen),
    /// The cabinet's frame, or a page of it.
    Cabinet(partner::Screen),
}

impl ChooseView for Screen {
    async fn choose(self) -> AnyView {
        match self {
            Self::Root => view! { <RootPage/> }.into_any(),
            Self::Site => view! { <SiteLayout/> }.into_any(),
            Self::Tour => view! { <TourPage/> }.into_any(),
            Self::Customers(screen) => {
                texts::others().await;
                site::site(screen).await
            }
            Self::Cabinet(screen) => {
                futures::join!(texts::others(), crate::layout::sheet::cabinets());
                partner::cabinet(screen).await
            }
        }
    }

    async fn preload(&self) {
        #[cfg(target_arch = "wasm32")]
        match self {
            Self::Root | Self::Site | Self::Tour => {}
            Self::Customers(_) => {
                futures::join!(site::__preload_site(), texts::others());
            }
            Self::Cabinet(_) => {
                futures::join!(partner::__preload_cabinet(), texts::others(), crate::layout::sheet::cabinets());
            }
        }
    }
}
