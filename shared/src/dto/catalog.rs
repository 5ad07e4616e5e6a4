//! The catalogue as a traveller sees it.
use crate::{
    Lang, Money,
    ids::{DepartureId, ListingId, TicketTypeId},
};
use jiff::{
    Timestamp,
    civil::{Date, Time},
};
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

impl ProgrammeStep {
    /// The programme as it falls on a departure that leaves at `leaves`, which is when its first step is: a tour that leaves
    /// in the morning and after lunch has one programme. One whose times do not read stays as it is written.
    #[must_use]
    pub fn leaving(steps: &[Self], leaves: Time) -> Vec<Self> {
        let mut first = None;
        let moved = steps.iter().map(|step| {
            let written = step.minutes()?;
            let at = written - *first.get_or_insert(written % DAY) + i32::from(leaves.hour()) * 60 + i32::from(leaves.minute());
            let time = format!("{:02}:{:02}", at % DAY / 60, at % 60);
            Some(Self { day: at / DAY + 1, time, text: step.text.clone() })
        });
        moved.collect::<Option<Vec<_>>>().unwrap_or_else(|| steps.to_vec())
    }

    /// From the first day's midnight.
    fn minutes(&self) -> Option<i32> {
        let (hour, minute) = self.time.split_once(':')?;
        Some((self.day - 1) * DAY + hour.parse::<i32>().ok()? * 60 + minute.parse::<i32>().ok()?)
    }
}

/// Minutes.
const DAY: i32 = 24 * 60;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    pub text: String,
    /// Degrees, WGS 84, in millionths.
    pub lat_e6: i32,
    pub lng_e6: i32,
}

impl Meeting {
    /// Latitude and longitude of a draft's point that was not chosen yet; no tour begins there, in the ocean.
    pub const NOWHERE: (i32, i32) = (0, 0);

    #[must_use]
    pub fn has_point(&self) -> bool {
        (self.lat_e6, self.lng_e6) != Self::NOWHERE
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerCard {
    pub slug: String,
    pub name: String,
    pub about: String,
    /// In which language they speak of themselves: not always in the page's.
    pub about_lang: Lang,
    pub city: String,
    /// E.164.
    pub phone: String,
    pub tours: i64,
    pub founded: Option<i32>,
    /// The address of the logo in its smallest size.
    pub logo: Option<String>,
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
    pub address: String,
    pub followers: i64,
    /// The most popular first.
    pub listings: Vec<ListingCard>,
    /// Where the page after this one begins.
    pub next: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::time;

    fn programme(steps: &[(i32, &str)]) -> Vec<ProgrammeStep> {
        steps.iter().map(|(day, time)| ProgrammeStep { day: *day, time: (*time).to_owned(), text: String::new() }).collect()
    }

    #[test]
    fn a_programme_goes_with_its_departure() {
        let usual = programme(&[(1, "13:00"), (1, "17:45"), (2, "01:30")]);
        assert_eq!(ProgrammeStep::leaving(&usual, time(13, 0, 0, 0)), usual);
        let early = programme(&[(1, "02:45"), (1, "07:30"), (1, "15:15")]);
        assert_eq!(ProgrammeStep::leaving(&usual, time(2, 45, 0, 0)), early);
        let late = programme(&[(1, "23:30"), (2, "04:15"), (2, "12:00")]);
        assert_eq!(ProgrammeStep::leaving(&usual, time(23, 30, 0, 0)), late);
    }

    #[test]
    fn a_programme_without_hours_stays_as_it_is() {
        let loose = programme(&[(1, "утром"), (1, "17:45")]);
        assert_eq!(ProgrammeStep::leaving(&loose, time(9, 0, 0, 0)), loose);
        assert!(ProgrammeStep::leaving(&[], time(9, 0, 0, 0)).is_empty());
    }
}
