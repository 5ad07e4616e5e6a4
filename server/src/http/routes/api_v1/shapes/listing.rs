use super::Amount;
use jiff::Timestamp;
use sapar_domain::kernel::Ctx;
use sapar_shared::{
    Lang,
    dto::catalog::{DepartureView, ListingCard, ListingPage, Meeting, PartnerCard, Picture, TicketType, Tour},
    paths,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A page of listings.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(in super::super) struct Listings {
    items: Vec<ListingItem>,
    /// The `cursor` of the next page; null on the last one.
    next: Option<String>,
}

/// A listing in a list.
#[derive(Debug, Serialize, ToSchema)]
struct ListingItem {
    id: Uuid,
    #[schema(example = "kolsai-lakes-one-day")]
    slug: String,
    title: String,
    summary: String,
    /// The place's name.
    place: String,
    partner: String,
    /// The cheapest ticket.
    price_from: Amount,
    duration_minutes: i32,
    next_departure: Option<Timestamp>,
    /// Free places on the next departure.
    places_left: Option<i32>,
    /// The page where people buy it.
    url: String,
}

/// A listing with everything that it takes to sell it.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct Listing {
    id: Uuid,
    slug: String,
    title: String,
    summary: String,
    /// Paragraphs.
    description: Vec<String>,
    included: Vec<String>,
    excluded: Vec<String>,
    programme: Vec<Step>,
    /// `ru`, `kk`, `en`.
    guide_languages: Vec<String>,
    duration_minutes: i32,
    /// Cancelling is free until so many hours before the start.
    free_cancel_hours: i32,
    price_from: Amount,
    /// Addresses of its pictures in their largest width (WebP).
    pictures: Vec<String>,
    meeting: MeetingPoint,
    partner: Organisation,
    /// The next 90 days, the soonest first.
    departures: Vec<Departure>,
    url: String,
    updated_at: Timestamp,
}

/// A point of the programme.
#[derive(Debug, Serialize, ToSchema)]
struct Step {
    /// From 1.
    day: i32,
    #[schema(example = "06:30")]
    time: String,
    text: String,
}

/// Where people meet.
#[derive(Debug, Serialize, ToSchema)]
struct MeetingPoint {
    text: String,
    /// Degrees, WGS 84.
    #[schema(example = 43.238_1)]
    lat: f64,
    #[schema(example = 76.945_2)]
    lng: f64,
}

/// Who runs the tour.
#[derive(Debug, Serialize, ToSchema)]
struct Organisation {
    slug: String,
    name: String,
    /// E.164.
    #[schema(example = "+77011234567")]
    phone: String,
}

/// One dated run.
#[derive(Debug, Serialize, ToSchema)]
struct Departure {
    id: Uuid,
    starts_at: Timestamp,
    ends_at: Timestamp,
    places_left: i32,
    ticket_types: Vec<DepartureTicketType>,
}

/// What may be bought of a departure.
#[derive(Debug, Serialize, ToSchema)]
struct DepartureTicketType {
    id: Uuid,
    name: String,
    price: Amount,
    /// 0 also where its sale has closed.
    places_left: i32,
    min_per_order: i32,
    max_per_order: i32,
}

impl Listings {
    pub(in super::super) fn new(page: ListingPage, ctx: &Ctx, lang: Lang) -> Self {
        Self { items: page.items.into_iter().map(|card| ListingItem::new(card, ctx, lang)).collect(), next: page.next }
    }
}

impl ListingItem {
    fn new(card: ListingCard, ctx: &Ctx, lang: Lang) -> Self {
        Self {
            url: ctx.url(&paths::tour(lang, &card.slug)),
            id: card.id.0,
            slug: card.slug,
            title: card.title,
            summary: card.summary,
            place: card.place,
            partner: card.partner,
            price_from: card.price_from.into(),
            duration_minutes: card.duration_minutes,
            next_departure: card.next_departure,
            places_left: card.places_left,
        }
    }
}

impl Listing {
    pub(in super::super) fn new(tour: Tour, ctx: &Ctx, lang: Lang) -> Self {
        let types = tour.ticket_types;
        Self {
            url: ctx.url(&paths::tour(lang, &tour.slug)),
            id: tour.id.0,
            slug: tour.slug,
            title: tour.title,
            summary: tour.summary,
            description: tour.description,
            included: tour.included,
            excluded: tour.excluded,
            programme: tour.programme.into_iter().map(|s| Step { day: s.day, time: s.time, text: s.text }).collect(),
            guide_languages: tour.guide_languages,
            duration_minutes: tour.duration_minutes,
            free_cancel_hours: tour.free_cancel_hours,
            price_from: tour.price_from.into(),
            pictures: tour.pictures.iter().filter_map(|picture| largest(picture, ctx)).collect(),
            meeting: tour.meeting.into(),
            partner: tour.partner.into(),
            departures: tour.departures.into_iter().map(|departure| Departure::new(departure, &types)).collect(),
            updated_at: tour.updated_at,
        }
    }
}

fn largest(picture: &Picture, ctx: &Ctx) -> Option<String> {
    picture.widths.last().map(|width| ctx.url(&paths::picture(&picture.key, *width)))
}

impl From<Meeting> for MeetingPoint {
    fn from(meeting: Meeting) -> Self {
        let degrees = |e6: i32| f64::from(e6) / 1e6;
        Self { lat: degrees(meeting.lat_e6), lng: degrees(meeting.lng_e6), text: meeting.text }
    }
}

impl From<PartnerCard> for Organisation {
    fn from(partner: PartnerCard) -> Self {
        Self { slug: partner.slug, name: partner.name, phone: partner.phone }
    }
}

impl Departure {
    fn new(departure: DepartureView, types: &[TicketType]) -> Self {
        let left = departure.ticket_types_left.into_iter().chain(std::iter::repeat(0));
        let ticket_types = types.iter().zip(left).map(|(ticket_type, places_left)| DepartureTicketType {
            id: ticket_type.id.0,
            name: ticket_type.name.clone(),
            price: ticket_type.price.into(),
            places_left,
            min_per_order: ticket_type.min_per_order,
            max_per_order: ticket_type.max_per_order,
        });
        Self {
            id: departure.id.0,
            starts_at: departure.starts_at,
            ends_at: departure.ends_at,
            places_left: departure.places_left,
            ticket_types: ticket_types.collect(),
        }
    }
}
