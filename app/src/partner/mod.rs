//! The cabinet: what a partner sees of its departures, and the gate. All of it is one lazy chunk, which a customer's phone
//! never loads; on the server it is code like any other.
pub mod api;
pub mod bound;
mod departure;
mod desk;
pub mod drafts;
pub mod form;
mod fresh;
mod head;
mod imports;
mod keys;
mod listings;
mod live;
pub mod logo;
pub mod map_picker;
mod members;
mod only_for;
mod orders;
pub mod organisation;
mod payout;
pub mod pictures;
mod scan;
mod sell;
mod send;
mod standing;
mod start;
mod ticket;
mod today;
mod told;
mod trouble;
pub mod words;

pub use start::nowhere;

use leptos::prelude::*;

/// What the chunk can draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Around all the others.
    Frame,
    /// The day's departures.
    Today,
    /// Its passengers.
    Departure,
    /// Becoming a partner.
    Start,
    /// The organisation's data.
    Organisation,
    /// Who belongs to it.
    Members,
    /// The organisation's orders.
    Orders,
    /// One of them.
    Order,
    /// The sale for cash.
    Sell,
    /// The camera.
    Scan,
    /// One ticket, by its code or by what its QR code says.
    Ticket,
    /// The form's answer without a script: leads to the ticket.
    FindTicket,
    /// The organisation's tours.
    Listings,
    /// The first four fields of a tour.
    NewListing,
    /// Everything else of it.
    Editor,
    /// Its dates.
    Departures,
    /// Its page as customers will see it.
    Preview,
    /// Tours from a file.
    Imports,
    /// One such file.
    Import,
}

/// The only way in.
#[lazy]
pub fn cabinet(screen: Screen) -> AnyView {
    match screen {
        Screen::Frame => view! { <crate::layout::cabinet::CabinetFrame/> }.into_any(),
        Screen::Today => view! { <today::TodayPage/> }.into_any(),
        Screen::Departure => view! { <departure::DeparturePage/> }.into_any(),
        Screen::Start => view! { <start::StartPage/> }.into_any(),
        Screen::Organisation => view! { <organisation::OrganisationPage/> }.into_any(),
        Screen::Members => view! { <members::MembersPage/> }.into_any(),
        Screen::Orders => view! { <orders::OrdersPage/> }.into_any(),
        Screen::Order => view! { <orders::OrderPage/> }.into_any(),
        Screen::Sell => view! { <sell::SellPage/> }.into_any(),
        Screen::Scan => view! { <scan::ScanPage/> }.into_any(),
        Screen::Ticket => view! { <ticket::TicketPage/> }.into_any(),
        Screen::FindTicket => view! { <ticket::FindTicket/> }.into_any(),
        Screen::Listings => view! { <listings::ListingsPage/> }.into_any(),
        Screen::NewListing => view! { <listings::NewListingPage/> }.into_any(),
        Screen::Editor => view! { <listings::EditorPage/> }.into_any(),
        Screen::Departures => view! { <listings::DeparturesPage/> }.into_any(),
        Screen::Preview => view! { <listings::PreviewPage/> }.into_any(),
        Screen::Imports => view! { <imports::ImportsPage/> }.into_any(),
        Screen::Import => view! { <imports::ImportPage/> }.into_any(),
    }
}
