//! The customer's pages in chunks, so that who lands on a tour does not load the search, and neither loads the till.
use crate::chunks::screens;
use leptos::prelude::*;

/// The page most visitors land on, alone.
#[lazy]
pub fn tour(screen: TourScreen) -> AnyView {
    match screen {
        TourScreen::Tour => view! { <super::tour::page::TourPage/> }.into_any(),
    }
}

screens! { tour(TourScreen), __preload_tour =>
    /// One tour, and its booking panel.
    Tour,
}

/// Pages that list tours.
#[lazy]
pub fn browse(screen: BrowseScreen) -> AnyView {
    match screen {
        BrowseScreen::Home => view! { <super::home::page::HomePage/> }.into_any(),
        BrowseScreen::Search => view! { <super::search::page::SearchPage/> }.into_any(),
        BrowseScreen::Partner => view! { <super::partner_page::page::PartnerPage/> }.into_any(),
        BrowseScreen::Saved => view! { <super::saved::page::SavedPage/> }.into_any(),
    }
}

screens! { browse(BrowseScreen), __preload_browse =>
    /// The front door.
    Home,
    /// Results and filters.
    Search,
    /// A partner's public page.
    Partner,
    /// The tours kept in this browser.
    Saved,
}

/// From the held places to the tickets.
#[lazy]
pub fn buy(screen: BuyScreen) -> AnyView {
    match screen {
        BuyScreen::Checkout => view! { <super::checkout::CheckoutPage/> }.into_any(),
        BuyScreen::Order => view! { <super::order::OrderPage/> }.into_any(),
    }
}

screens! { buy(BuyScreen), __preload_buy =>
    /// Who the tickets are for.
    Checkout,
    /// An order and its tickets.
    Order,
}

/// The visitor's own corner.
#[lazy]
pub fn mine(screen: MineScreen) -> AnyView {
    match screen {
        MineScreen::Tickets => view! { <super::tickets::page::TicketsPage/> }.into_any(),
        MineScreen::Me => view! { <super::me::page::MePage/> }.into_any(),
        MineScreen::SignIn => view! { <super::sign_in::SignInPage/> }.into_any(),
    }
}

screens! { mine(MineScreen), __preload_mine =>
    /// Orders made in this browser.
    Tickets,
    /// Language, theme, and the way into the cabinet.
    Me,
    /// The cabinet's door.
    SignIn,
}
