//! The catalogue as a traveller sees it.
use crate::{
    Money,
    ids::{DepartureId, ListingId, TicketTypeId},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// A picture with its stored widths and a colour to stand in for it while it loads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Storage key without width and extension; see `paths::picture`.
    pub key: String,
    /// Stored widths in pixels, ascending.
    pub widths: Vec<u32>,
    /// Of the largest width.
    pub width: u32,
    pub height: u32,
    /// `#rrggbb`.
    pub color: String,
    pub alt: String,
}

/// A name and the slug that its pages and filters go by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub slug: String,
    pub name: String,
}

/// One card in a list of tours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListingCard {
    pub id: ListingId,
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub place: String,
    pub category: Named,
    pub partner: String,
    /// The cheapest ticket type.
    pub price_from: Money,
    pub duration_minutes: i32,
    pub guide_languages: Vec<String>,
    pub cover: Option<Picture>,
    #[serde(with = "crate::packed")]
    pub next_departure: Option<Timestamp>,
    /// Free places on `next_departure`.
    pub places_left: Option<i32>,
}

/// One page of results and how to get the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListingPage {
    pub items: Vec<ListingCard>,
    /// Opaque; `None` on the last page.
    pub next: Option<String>,
    /// Matches in all, counted no further than `COUNT_LIMIT`.
    pub found: i64,
}

/// Counting stops here: "300+" answers a traveller as well as the exact number would.
pub const COUNT_LIMIT: i64 = 300;

/// What the home page shows besides the search box.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    pub categories: Vec<CategoryTile>,
    pub soonest: Vec<ListingCard>,
    pub popular: Vec<ListingCard>,
    pub places: Vec<PlaceTile>,
    pub tours: i64,
    pub partners: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryTile {
    pub slug: String,
    pub name: String,
    /// One of lake, mountain, canyon, steppe, city, history, family, snow, boot.
    pub icon: String,
    pub tours: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceTile {
    pub slug: String,
    pub name: String,
    pub tours: i64,
    pub cover: Option<Picture>,
}

/// What the filters of the results page offer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilterOptions {
    pub places: Vec<PlaceOption>,
    pub categories: Vec<Named>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceOption {
    pub slug: String,
    pub name: String,
    /// 0 for a country, 1 for what lies in it, and so on.
    pub depth: u8,
}

/// Everything on a tour's page but its departures, which change by the minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tour {
    pub id: ListingId,
    pub slug: String,
    pub title: String,
    pub summary: String,
    /// Paragraphs.
    pub description: Vec<String>,
    pub programme: Vec<ProgrammeStep>,
    pub included: Vec<String>,
    pub excluded: Vec<String>,
    pub guide_languages: Vec<String>,
    pub duration_minutes: i32,
    /// Hours before the start until which cancelling is free.
    pub free_cancel_hours: i32,
    pub price_from: Money,
    pub pictures: Vec<Picture>,
    pub meeting: Meeting,
    /// From the country down to the place itself.
    pub places: Vec<Named>,
    pub category: Named,
    pub partner: PartnerCard,
    pub ticket_types: Vec<TicketType>,
    pub departures: Vec<DepartureView>,
    pub similar: Vec<ListingCard>,
    /// For `<lastmod>` and caches.
    #[serde(with = "crate::packed")]
    pub updated_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeStep {
    /// From 1; shown only when the tour has several days.
    pub day: i32,
    /// `HH:MM`.
    pub time: String,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Meeting {
    pub text: String,
    /// Degrees, WGS 84, in millionths.
    pub lat_e6: i32,
    pub lng_e6: i32,
}

impl Eq for Meeting {}

impl Meeting {
    /// Degrees with six places, as map links want them.
    #[must_use]
    pub fn lat_lng(&self) -> (String, String) {
        (degrees(self.lat_e6), degrees(self.lng_e6))
    }
}

fn degrees(e6: i32) -> String {
    let sign = if e6 < 0 { "-" } else { "" };
    let e6 = e6.unsigned_abs();
    format!("{sign}{}.{:06}", e6 / 1_000_000, e6 % 1_000_000)
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerCard {
    pub slug: String,
    pub name: String,
    pub about: String,
    pub city: String,
    /// E.164.
    pub phone: String,
    pub tours: i64,
    pub founded: Option<i32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketType {
    pub id: TicketTypeId,
    pub name: String,
    pub price: Money,
    pub min_per_order: i32,
    pub max_per_order: i32,
}

/// One dated run with what is left of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartureView {
    pub id: DepartureId,
    #[serde(with = "crate::packed")]
    pub starts_at: Timestamp,
    #[serde(with = "crate::packed")]
    pub ends_at: Timestamp,
    /// In Almaty.
    #[serde(with = "crate::packed")]
    pub day: Date,
    pub places_left: i32,
    /// In the order of `Tour::ticket_types`; already capped by `places_left`.
    pub ticket_types_left: Vec<i32>,
}

/// A partner's public page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerPage {
    pub partner: PartnerCard,
    pub email: String,
    pub listings: Vec<ListingCard>,
}
