//! The server functions of the listings' pages.
use crate::error::Tried;
use crate::wire::Wire;
use leptos::prelude::*;
use sapar_shared::{
    Lang,
    dto::{
        catalog::Tour,
        editor::{Affected, DeparturePage, Editor, ListingPage, Made, NewDepartures, NewTour, Saved, TicketTypeForm, TourDraft},
    },
    ids::{DepartureId, ListingId},
};

/// The organisation's listings, the last edited first.
#[server(prefix = "/fn", endpoint = "cabinet-listings", output = Wire)]
pub async fn load_listings(lang: Lang, status: String, q: String, cursor: String) -> Tried<ListingPage> {
    let _ = (lang, status, q, cursor);
    Err(crate::error::AppError::Unavailable)
}

/// Begins a tour.
#[server(prefix = "/fn", endpoint = "cabinet-listing-create", input = Wire, output = Wire)]
pub async fn create_listing(lang: Lang, new: NewTour) -> Tried<ListingId> {
    let _ = (lang, new);
    Err(crate::error::AppError::Unavailable)
}

/// Everything of one tour.
#[server(prefix = "/fn", endpoint = "cabinet-listing", output = Wire)]
pub async fn load_editor(lang: Lang, id: String) -> Tried<Editor> {
    let _ = (lang, id);
    Err(crate::error::AppError::Unavailable)
}

/// Keeps the content.
#[server(prefix = "/fn", endpoint = "cabinet-draft-save", input = Wire, output = Wire)]
pub async fn save_draft(lang: Lang, id: ListingId, base: i32, draft: TourDraft) -> Tried<Saved> {
    let _ = (lang, id, base, draft);
    Err(crate::error::AppError::Unavailable)
}

/// Moves a listing on; answers its new state.
#[server(prefix = "/fn", endpoint = "cabinet-listing-move", output = Wire)]
pub async fn move_listing(id: ListingId, to: String) -> Tried<String> {
    let _ = (id, to);
    Err(crate::error::AppError::Unavailable)
}

/// A new draft like this listing.
#[server(prefix = "/fn", endpoint = "cabinet-listing-copy", output = Wire)]
pub async fn copy_listing(id: ListingId) -> Tried<ListingId> {
    let _ = (id,);
    Err(crate::error::AppError::Unavailable)
}

/// Puts these ticket types in place of those that there are.
#[server(prefix = "/fn", endpoint = "cabinet-ticket-types", input = Wire, output = Wire)]
pub async fn save_ticket_types(id: ListingId, types: Vec<TicketTypeForm>) -> Tried<Vec<TicketTypeForm>> {
    let _ = (id, types);
    Err(crate::error::AppError::Unavailable)
}

/// Departures from a day on.
#[server(prefix = "/fn", endpoint = "cabinet-departures", output = Wire)]
pub async fn load_departures(id: ListingId, from: String, cursor: String) -> Tried<DeparturePage> {
    let _ = (id, from, cursor);
    Err(crate::error::AppError::Unavailable)
}

/// Makes departures by a rule.
#[server(prefix = "/fn", endpoint = "cabinet-departures-add", input = Wire, output = Wire)]
pub async fn add_departures(id: ListingId, new: NewDepartures) -> Tried<Made> {
    let _ = (id, new);
    Err(crate::error::AppError::Unavailable)
}

/// Makes the departures of `days` days from `from` again from `to` on.
#[server(prefix = "/fn", endpoint = "cabinet-departures-copy", output = Wire)]
pub async fn copy_departures(id: ListingId, from: String, days: i32, to: String) -> Tried<Made> {
    let _ = (id, from, days, to);
    Err(crate::error::AppError::Unavailable)
}

/// Moves one departure; `starts` as `2026-12-05T06:30` on Almaty's wall clock.
#[server(prefix = "/fn", endpoint = "cabinet-departure-move", output = Wire)]
pub async fn move_departure(id: DepartureId, starts: String) -> Tried<()> {
    let _ = (id, starts);
    Err(crate::error::AppError::Unavailable)
}

/// How many places each of them has.
#[server(prefix = "/fn", endpoint = "cabinet-capacity", input = Wire, output = Wire)]
pub async fn set_capacity(ids: Vec<DepartureId>, capacity: i32) -> Tried<()> {
    let _ = (ids, capacity);
    Err(crate::error::AppError::Unavailable)
}

/// Who bought of a departure.
#[server(prefix = "/fn", endpoint = "cabinet-departure-affected", output = Wire)]
pub async fn load_affected(id: DepartureId) -> Tried<Vec<Affected>> {
    let _ = (id,);
    Err(crate::error::AppError::Unavailable)
}

/// Calls a departure off.
#[server(prefix = "/fn", endpoint = "cabinet-departure-cancel", output = Wire)]
pub async fn cancel_departure(id: DepartureId) -> Tried<()> {
    let _ = (id,);
    Err(crate::error::AppError::Unavailable)
}

/// The tour's page as it would be.
#[server(prefix = "/fn", endpoint = "cabinet-preview", output = Wire)]
pub async fn load_preview(lang: Lang, id: ListingId) -> Tried<Tour> {
    let _ = (lang, id);
    Err(crate::error::AppError::Unavailable)
}
