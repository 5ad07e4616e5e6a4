//! A tour's page.
use super::{
    cards::{PictureRow, cards},
    partner_card::partner_card,
    queries_tour::{self as queries, DepartureRow, TicketTypeRow, TourRow},
};
use crate::kernel::{
    Ctx,
    db::{Ts, ts},
};
use jiff::SignedDuration;
use sapar_shared::{
    Lang, Money,
    dto::catalog::{DepartureView, ListingCard, Meeting, Named, PartnerCard, TicketType, Tour},
    ids::{DepartureId, ListingId, TicketTypeId},
    when,
};
use sqlx::PgConnection;

/// The calendar shows so far ahead of the next departure.
pub(super) const AHEAD: SignedDuration = SignedDuration::from_hours(90 * 24);
const SIMILAR: i64 = 4;

pub async fn tour(conn: &mut PgConnection, ctx: &Ctx, lang: Lang, slug: &str) -> sqlx::Result<Option<Tour>> {
    if slug.contains('\0') {
        return Ok(None);
    }
    let Some(row) = queries::tour(conn, lang.code(), slug, SIMILAR).await? else {
        return Ok(None);
    };
    let pictures = queries::pictures(conn, lang.code(), row.id).await?;
    let types = queries::ticket_types(conn, lang.code(), row.id).await?;
    // A summer's tour shows its summer, however far it is.
    let first = row.next_departure_at.map_or(ctx.now(), Ts::to_jiff).max(ctx.now());
    let departures = queries::departures(conn, row.id, ts(ctx.now()), ts(first + AHEAD)).await?;
    let similar = cards(conn, lang, &row.similar, None).await?;
    let partner = partner_card(conn, lang, row.organisation_id).await?;
    Ok(Some(assemble(row, partner, pictures, types, departures, similar)))
}

pub(super) fn assemble(
    row: TourRow,
    partner: PartnerCard,
    pictures: Vec<PictureRow>,
    types: Vec<TicketTypeRow>,
    departures: Vec<DepartureRow>,
    similar: Vec<ListingCard>,
) -> Tour {
    Tour {
        id: ListingId(row.id),
        slug: row.slug,
        title: row.title,
        summary: row.summary,
        description: row.description.split("\n\n").map(str::trim).filter(|p| !p.is_empty()).map(str::to_owned).collect(),
        programme: row.programme.0,
        included: row.included,
        excluded: row.excluded,
        guide_languages: row.guide_languages,
        duration_minutes: row.duration_minutes,
        free_cancel_hours: row.free_cancel_hours,
        price_from: Money::from_tiyn(row.price_from),
        pictures: pictures.into_iter().filter_map(PictureRow::picture).collect(),
        meeting: Meeting { text: row.meeting, lat_e6: row.meeting_lat_e6, lng_e6: row.meeting_lng_e6 },
        places: row.place_slugs.into_iter().zip(row.place_names).map(|(slug, name)| Named { slug, name }).collect(),
        category: Named { slug: row.category_slug, name: row.category },
        partner,
        ticket_types: types.into_iter().map(ticket_type).collect(),
        departures: departures.into_iter().map(departure).collect(),
        similar,
        updated_at: Ts::to_jiff(row.updated_at),
    }
}

fn ticket_type(row: TicketTypeRow) -> TicketType {
    TicketType {
        id: TicketTypeId(row.id),
        name: row.name,
        price: Money::from_tiyn(row.price),
        min_per_order: row.min_per_order,
        max_per_order: row.max_per_order,
    }
}

fn departure(row: DepartureRow) -> DepartureView {
    let starts_at = Ts::to_jiff(row.starts_at);
    DepartureView {
        id: DepartureId(row.id),
        starts_at,
        ends_at: Ts::to_jiff(row.ends_at),
        day: when::local(starts_at).date(),
        // Free places that no ticket type may be sold for any more are no help to anybody.
        places_left: row.places_left.min(row.types_left.iter().sum()),
        ticket_types_left: row.types_left,
    }
}
