//! The draft as the customer will see it.
use super::{
    EditError, check,
    draft::{self, Draft, Listing},
    queries::{self, UploadRow},
};
use crate::{
    accounts::Actor,
    catalog::{
        cards::PictureRow,
        partner_card::partner_card,
        queries_tour::{self, TourRow},
        tour,
    },
    kernel::{
        Ctx,
        db::{Ts, ts},
    },
};
use sapar_shared::{
    Lang,
    dto::{
        catalog::{Meeting, ProgrammeStep, Tour},
        editor::{DraftStep, TourDraft, Tri},
    },
    ids::ListingId,
};
use sqlx::{PgConnection, types::Json};
use std::collections::HashMap;
use uuid::Uuid;

/// In the shape of the tour's page; without its neighbours, and with what there is of pictures that are still being made.
pub async fn preview(conn: &mut PgConnection, ctx: &Ctx, actor: &Actor, lang: Lang, id: ListingId) -> Result<Tour, EditError> {
    let listing = draft::find(&mut *conn, actor, id).await?;
    let content = Draft::of(&mut *conn, &listing).await?.content;
    let uploads = check::uploads(&mut *conn, &listing, &content).await?;
    let frame = queries::frame(&mut *conn, lang.code(), id.0, &content.place, &content.category).await?;
    let types = queries_tour::ticket_types(&mut *conn, lang.code(), id.0).await?;
    let first = frame.next_departure_at.map_or(ctx.now(), Ts::to_jiff).max(ctx.now());
    let departures = queries_tour::departures(&mut *conn, id.0, ts(ctx.now()), ts(first + tour::AHEAD)).await?;
    let partner = partner_card(conn, lang, listing.organisation.0).await?;
    let pictures = pictures(&content, uploads, lang);
    Ok(tour::assemble(row(listing, content, frame, lang), partner, pictures, types, departures, Vec::new()))
}

fn row(listing: Listing, content: TourDraft, frame: queries::FrameRow, lang: Lang) -> TourRow {
    let (meeting_lat_e6, meeting_lng_e6) = content.meeting_point.map_or(Meeting::NOWHERE, |point| (point.lat_e6, point.lng_e6));
    let written = |text: &&Tri| !text.best(lang).trim().is_empty();
    let items = |items: &[Tri]| items.iter().filter(written).map(|item| item.best(lang).to_owned()).collect();
    let step = |step: &DraftStep| ProgrammeStep { day: step.day, time: step.time.clone(), text: step.text.best(lang).to_owned() };
    TourRow {
        id: listing.id.0,
        organisation_id: listing.organisation.0,
        slug: listing.slug,
        title: content.title.best(lang).to_owned(),
        summary: content.summary.best(lang).to_owned(),
        description: content.description.best(lang).to_owned(),
        programme: Json(content.programme.iter().map(step).collect()),
        included: items(&content.included),
        excluded: items(&content.excluded),
        guide_languages: content.guide_languages.iter().map(|lang| lang.code().to_owned()).collect(),
        duration_minutes: content.duration_minutes,
        free_cancel_hours: content.free_cancel_hours,
        price_from: frame.price_from,
        meeting: content.meeting.best(lang).to_owned(),
        meeting_lat_e6,
        meeting_lng_e6,
        updated_at: frame.updated_at,
        next_departure_at: frame.next_departure_at,
        place_slugs: frame.place_slugs,
        place_names: frame.place_names,
        category_slug: content.category,
        category: frame.category,
        similar: Vec::new(),
    }
}

/// In the draft's order; one that was never made has no key, and `assemble` leaves it out.
fn pictures(content: &TourDraft, uploads: Vec<UploadRow>, lang: Lang) -> Vec<PictureRow> {
    let made: HashMap<Uuid, UploadRow> = uploads.into_iter().map(|upload| (upload.id, upload)).collect();
    let shown = content.pictures.iter().filter_map(|picture| {
        let upload = made.get(&picture.upload.0)?;
        Some(PictureRow {
            key: upload.key.clone(),
            widths: upload.widths.clone(),
            width: upload.width,
            height: upload.height,
            color: upload.color.clone(),
            alt: Some(picture.alt.best(lang).to_owned()),
        })
    });
    shown.collect()
}
