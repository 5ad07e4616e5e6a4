//! The cabinet: what a partner sees of its departures, and the gate. All of it is one lazy chunk, which a customer's phone
//! never loads; on the server it is code like any other.
pub mod api;
mod departure;
mod desk;
mod head;
mod live;
mod orders;
mod scan;
mod sell;
mod ticket;
mod today;
mod trouble;

use crate::chunks::screens;
use leptos::prelude::*;

/// The only way in.
#[lazy]
pub fn cabinet(screen: Screen) -> AnyView {
    match screen {
        Screen::Frame => view! { <crate::layout::cabinet::CabinetFrame/> }.into_any(),
        Screen::Today => view! { <today::TodayPage/> }.into_any(),
        Screen::Departure => view! { <departure::DeparturePage/> }.into_any(),
        Screen::Orders => view! { <orders::OrdersPage/> }.into_any(),
        Screen::Order => view! { <orders::OrderPage/> }.into_any(),
        Screen::Sell => view! { <sell::SellPage/> }.into_any(),
        Screen::Scan => view! { <scan::ScanPage/> }.into_any(),
        Screen::Ticket => view! { <ticket::TicketPage/> }.into_any(),
        Screen::FindTicket => view! { <ticket::FindTicket/> }.into_any(),
    }
}

screens! { cabinet(Screen), __preload_cabinet =>
    /// Around all the others.
    Frame,
    /// The day's departures.
    Today,
    /// Its passengers.
    Departure,
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
}
