//! What a checked file brings, as rows: a statement a table, however many there are.
use super::{
    ImportError, Step,
    known::Known,
    plan::{Of, Plan},
    queries_write::{self as queries, Items, ListingRow, TypeRow},
};
use crate::{
    catalog::{editing::NAMELESS, queries_write::insert_departures, refresh_listings, rules},
    inventory,
    kernel::Ctx,
};
use sapar_shared::{
    Lang, Money,
    dto::editor::TourDraft,
    ids::{DepartureId, ImportId, ListingId, OrganisationId, TicketTypeId},
    slug::slug,
};
use sqlx::PgConnection;
use std::collections::{BTreeSet, HashMap, HashSet};
use tokio::sync::watch;
use uuid::Uuid;

/// Tours of one title that are told apart by a number.
const NUMBERED: usize = 20;

/// The import, the organisation, and who sent the file.
type Whose = (ImportId, OrganisationId, Option<Uuid>);

pub(super) async fn write(
    conn: &mut PgConnection,
    ctx: &Ctx,
    (id, organisation, by): Whose,
    plan: &Plan,
    known: &Known,
    told: &watch::Sender<Step>,
) -> Result<(), ImportError> {
    told.send_replace(Step::Tours);
    let listings: Vec<Uuid> = plan.tours.iter().map(|_| ctx.id()).collect();
    let slugs = free_slugs(&mut *conn, ctx, &plan.tours).await?;
    let rows: Vec<ListingRow<'_>> =
        plan.tours.iter().zip(&listings).zip(&slugs).map(|((draft, id), slug)| ListingRow { id: *id, slug, draft }).collect();
    queries::insert_listings(&mut *conn, organisation.0, &rows, by, ctx.now()).await?;
    let listing = |of: Of| match of {
        Of::New(at) => listings[at],
        Of::Known(id) => id,
    };

    told.send_replace(Step::TicketTypes);
    let types = ticket_types(ctx, plan, known, listing);
    queries::insert_ticket_types(&mut *conn, &types).await?;

    told.send_replace(Step::Departures);
    let departures = departures(ctx, organisation, plan, known, &types, listing);
    if insert_departures(&mut *conn, &departures).await? != departures.len() as u64 {
        return Err(ImportError::Changed);
    }
    // New ticket types are counted on the departures that were there, too.
    let before: Vec<(DepartureId, TicketTypeId, i32)> = types
        .iter()
        .filter_map(|new| Some((new, new.quota?, known.by_id(new.listing)?)))
        .flat_map(|(new, quota, tour)| tour.departures.iter().map(move |at| ((*at).into(), new.id.into(), quota)))
        .collect();
    inventory::add_quotas(&mut *conn, ctx, &before).await?;

    told.send_replace(Step::Refresh);
    let items = Items {
        listings: &listings,
        ticket_types: &types.iter().map(|new| new.id).collect::<Vec<_>>(),
        departures: &departures.iter().map(|new| new.id).collect::<Vec<_>>(),
    };
    queries::insert_items(&mut *conn, id.0, &items).await?;
    let touched = types.iter().map(|new| new.listing).chain(departures.iter().map(|new| new.listing));
    let changed: BTreeSet<Uuid> = listings.iter().copied().chain(touched).collect();
    refresh_listings(conn, ctx, &changed.into_iter().map(ListingId).collect::<Vec<_>>()).await?;
    Ok(())
}

/// An address made of each title that no listing and no other tour of the file has.
async fn free_slugs(conn: &mut PgConnection, ctx: &Ctx, tours: &[TourDraft]) -> sqlx::Result<Vec<String>> {
    let bases: Vec<String> = tours
        .iter()
        .map(|draft| slug(draft.title.best(Lang::Ru)))
        .map(|made| if made.len() < 2 { NAMELESS.to_owned() } else { made })
        .collect();
    let numbered = |base: &str| (2..NUMBERED).map(|number| format!("{base}-{number}")).collect::<Vec<_>>();
    let different: BTreeSet<&String> = bases.iter().collect();
    let candidates: Vec<String> =
        different.iter().flat_map(|base| std::iter::once((*base).clone()).chain(numbered(base))).collect();
    let different: Vec<String> = different.into_iter().cloned().collect();
    let mut taken: HashSet<String> = queries::taken_slugs(conn, &different, &candidates).await?.into_iter().collect();
    Ok(bases
        .into_iter()
        .map(|base| {
            let free = std::iter::once(base.clone()).chain(numbered(&base)).find(|candidate| !taken.contains(candidate));
            let slug = free.unwrap_or_else(|| format!("{base}-{}", ctx.code(8).to_lowercase()));
            taken.insert(slug.clone());
            slug
        })
        .collect())
}

/// Behind those that their listings have.
fn ticket_types<'a>(ctx: &Ctx, plan: &'a Plan, known: &Known, listing: impl Fn(Of) -> Uuid) -> Vec<TypeRow<'a>> {
    let mut last = HashMap::<Uuid, i32>::new();
    plan.ticket_types
        .iter()
        .map(|new| {
            let id = listing(new.of);
            let there = || known.by_id(id).and_then(|tour| tour.ticket_types.iter().map(|known| known.position).max());
            let position = last.entry(id).or_insert_with(|| there().unwrap_or(0));
            *position += 1;
            TypeRow {
                id: ctx.id(),
                listing: id,
                position: *position,
                ru: &new.form.name.ru,
                kk: &new.form.name.kk,
                en: &new.form.name.en,
                price: new.form.price.map(Money::tiyn),
                quota: new.form.quota,
                min_per_order: new.form.min_per_order,
                max_per_order: new.form.max_per_order,
                closes_minutes_before: new.form.closes_minutes_before,
            }
        })
        .collect()
}

/// With a counter for each ticket type that has a quota, new or not.
fn departures(
    ctx: &Ctx,
    organisation: OrganisationId,
    plan: &Plan,
    known: &Known,
    types: &[TypeRow<'_>],
    listing: impl Fn(Of) -> Uuid,
) -> Vec<rules::Planned> {
    let mut quotas = HashMap::<Uuid, Vec<(TicketTypeId, i32)>>::new();
    for tour in &known.tours {
        let there = tour.ticket_types.iter().filter_map(|known| Some((known.id.into(), known.quota?)));
        quotas.entry(tour.id).or_default().extend(there);
    }
    for new in types {
        quotas.entry(new.listing).or_default().extend(new.quota.map(|quota| (new.id.into(), quota)));
    }
    plan.departures
        .iter()
        .map(|new| {
            let id = listing(new.of);
            let minutes = match new.of {
                Of::New(at) => plan.tours[at].duration_minutes,
                Of::Known(id) => known.by_id(id).map_or(1, |tour| tour.duration_minutes),
            };
            let quotas = quotas.get(&id).map(Vec::as_slice).unwrap_or_default();
            rules::once(ctx, id.into(), organisation, new.starts_at, minutes, new.capacity, quotas)
        })
        .collect()
}
