//! The demo catalogue, written into an empty database.
mod chance;
pub mod data;
mod queries;
mod queries_sales;
mod sales;
mod today;

use super::{
    queries_write::{count_sales, insert_departures},
    refresh_all,
    rules::{Planned, Rule},
};
use crate::kernel::Ctx;
pub use data::{DemoData, plan};
use jiff::{
    ToSpan as _,
    civil::{Date, Time},
};
use queries::{CategoryRow, ListingRow, OrganisationRow, PictureRow, PlaceRow, RuleRow, TextRow, TicketTypeRow};
use sales::{Kind, Sales};
use sapar_shared::{
    ids::{ListingId, OrganisationId, TicketTypeId},
    when,
};
use sqlx::PgConnection;
use std::collections::HashMap;
pub use today::{LeavesToday, keep_today};
use uuid::Uuid;

/// Departures are made so far ahead.
const DAYS: i32 = 92;
/// Within so many days some places are already taken.
const BUSY_DAYS: i32 = 24;

/// A picture that was drawn and stored.
#[derive(Clone, Debug)]
pub struct StoredPicture {
    pub key: String,
    pub widths: Vec<i32>,
    /// Of the largest width.
    pub width: i32,
    pub height: i32,
    /// `#rrggbb`.
    pub color: String,
}

/// The pictures of the demo by tour slug and position from 0; a tour's missing ones are left out.
pub type PictureSet = HashMap<(String, usize), StoredPicture>;

/// Fills an empty database; does nothing where there are organisations already. Wants a transaction, for it is all or
/// nothing.
pub async fn write(conn: &mut PgConnection, ctx: &Ctx, demo: &DemoData, pictures: &PictureSet) -> sqlx::Result<()> {
    if !queries::begin(conn).await? {
        return Ok(());
    }
    let places = write_places(conn, ctx, demo).await?;
    let categories = write_categories(conn, ctx, demo).await?;
    let partners = write_partners(conn, ctx, demo, &places).await?;
    let mut rows = Rows::default();
    for tour in &demo.tours {
        let known = Known {
            place: find(&places, &tour.place)?,
            from: find(&places, &tour.from)?,
            category: *find(&categories, &tour.category)?,
            partner: *find(&partners, &tour.partner)?,
        };
        rows.add(ctx, tour, &known, pictures);
    }
    queries::listings(conn, &rows.listings).await?;
    queries::texts(conn, &rows.texts).await?;
    queries::pictures(conn, &rows.pictures).await?;
    queries::ticket_types(conn, &rows.ticket_types).await?;
    queries::rules(conn, &rows.rules).await?;
    insert_departures(conn, &rows.departures).await?;
    queries_sales::sales(conn, &rows.sales).await?;
    count_sales(conn, None).await?;
    refresh_all(conn, ctx).await
}

fn find<'a, T>(known: &'a HashMap<String, T>, slug: &str) -> sqlx::Result<&'a T> {
    known.get(slug).ok_or_else(|| sqlx::Error::Configuration(format!("the demo speaks of unknown “{slug}”").into()))
}

/// Millionths of a degree.
#[allow(clippy::cast_possible_truncation)]
fn e6(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}

/// Returns each place's path by slug. The cities of Kazakhstan are in every database: these are the demo's, too.
async fn write_places(conn: &mut PgConnection, ctx: &Ctx, demo: &DemoData) -> sqlx::Result<HashMap<String, Vec<Uuid>>> {
    let mut paths = queries::paths(&mut *conn).await?;
    let mut rows = Vec::new();
    for place in &demo.places {
        if paths.contains_key(&place.slug) {
            continue;
        }
        let id = ctx.id();
        let mut path = match &place.parent {
            Some(parent) => find(&paths, parent)?.clone(),
            None => Vec::new(),
        };
        let parent_id = path.last().copied();
        path.push(id);
        rows.push(PlaceRow {
            id,
            parent_id,
            kind: &place.kind,
            slug: &place.slug,
            name: (&place.name).into(),
            lat_e6: e6(place.lat),
            lng_e6: e6(place.lng),
            path: path.clone(),
        });
        paths.insert(place.slug.clone(), path);
    }
    queries::places(conn, &rows).await?;
    Ok(paths)
}

async fn write_categories(conn: &mut PgConnection, ctx: &Ctx, demo: &DemoData) -> sqlx::Result<HashMap<String, Uuid>> {
    let ids: HashMap<String, Uuid> = demo.categories.iter().map(|category| (category.slug.clone(), ctx.id())).collect();
    let rows: Vec<_> = demo
        .categories
        .iter()
        .zip(1..)
        .map(|(category, position)| CategoryRow {
            id: ids[&category.slug],
            slug: &category.slug,
            icon: &category.icon,
            position,
            name: (&category.name).into(),
        })
        .collect();
    queries::categories(conn, &rows).await?;
    Ok(ids)
}

async fn write_partners(
    conn: &mut PgConnection,
    ctx: &Ctx,
    demo: &DemoData,
    places: &HashMap<String, Vec<Uuid>>,
) -> sqlx::Result<HashMap<String, Uuid>> {
    let ids: HashMap<String, Uuid> = demo.partners.iter().map(|partner| (partner.slug.clone(), ctx.id())).collect();
    let rows: Vec<_> = demo
        .partners
        .iter()
        .map(|partner| OrganisationRow {
            id: ids[&partner.slug],
            slug: &partner.slug,
            name: &partner.name,
            about: (&partner.about).into(),
            city_id: places.get(&partner.city).and_then(|path| path.last()).copied(),
            phone: &partner.phone,
            email: &partner.email,
            founded: partner.founded,
            bin: partner.bin.as_str(),
            iban: partner.iban.as_str(),
            contact_person: &partner.contact_person,
            address: &partner.address,
        })
        .collect();
    queries::organisations(conn, &rows, ctx.now()).await?;
    Ok(ids)
}

/// What a tour refers to.
struct Known<'a> {
    place: &'a [Uuid],
    from: &'a [Uuid],
    category: Uuid,
    partner: Uuid,
}

/// All rows of all tours, so that each table is written at once.
#[derive(Default)]
struct Rows<'a> {
    listings: Vec<ListingRow<'a>>,
    texts: Vec<TextRow<'a>>,
    pictures: Vec<PictureRow<'a>>,
    ticket_types: Vec<TicketTypeRow<'a>>,
    rules: Vec<RuleRow<'a>>,
    departures: Vec<Planned>,
    sales: Sales,
}

impl<'a> Rows<'a> {
    fn add(&mut self, ctx: &Ctx, tour: &'a data::Tour, known: &Known<'_>, pictures: &'a PictureSet) {
        let id = ctx.id();
        let mut place_path = known.place.to_vec();
        place_path.extend(known.from.iter().filter(|id| !known.place.contains(id)));
        self.listings.push(ListingRow {
            id,
            organisation_id: known.partner,
            slug: &tour.slug,
            place_id: known.place.last().copied(),
            from_place_id: known.from.last().copied(),
            place_path,
            category_id: known.category,
            guide_languages: &tour.guide_languages,
            duration_minutes: tour.duration_minutes,
            free_cancel_hours: tour.free_cancel_hours,
            meeting_lat_e6: e6(tour.meeting.lat),
            meeting_lng_e6: e6(tour.meeting.lng),
            at: ctx.now(),
        });
        self.add_texts(id, tour);
        for (position, (picture, number)) in tour.pictures.iter().zip(0_i32..).enumerate() {
            if let Some(stored) = pictures.get(&(tour.slug.clone(), position)) {
                self.pictures.push(PictureRow::new(ctx.id(), id, number, stored, &picture.alt));
            }
        }
        let kinds = self.add_ticket_types(ctx, id, tour);
        self.add_departures(ctx, id, tour, known.partner, &kinds);
    }

    fn add_texts(&mut self, listing: Uuid, tour: &'a data::Tour) {
        let (included, excluded) = (tour.included.each(), tour.excluded.each());
        let (summaries, descriptions, meetings) = (tour.summary.each(), tour.description.each(), tour.meeting.text.each());
        for (at, (lang, title)) in tour.title.each().into_iter().enumerate() {
            self.texts.push(TextRow {
                listing_id: listing,
                lang,
                title,
                summary: summaries[at].1,
                description: descriptions[at].1,
                included: included[at].1,
                excluded: excluded[at].1,
                programme: tour.steps(lang),
                meeting: meetings[at].1,
            });
        }
    }

    fn add_ticket_types(&mut self, ctx: &Ctx, listing: Uuid, tour: &'a data::Tour) -> Vec<Kind> {
        let mut kinds = Vec::new();
        for (ticket_type, position) in tour.ticket_types.iter().zip(0..) {
            let (id, price) = (ctx.id(), ticket_type.price * 100);
            kinds.push(Kind { id: TicketTypeId(id), price, quota: ticket_type.quota, max: ticket_type.max });
            self.ticket_types.push(TicketTypeRow {
                id,
                listing_id: listing,
                position,
                name: (&ticket_type.name).into(),
                price,
                quota: ticket_type.quota,
                max_per_order: ticket_type.max,
                closes_minutes_before: if today::TOURS.contains(&tour.slug.as_str()) { 0 } else { 60 },
            });
        }
        kinds
    }

    fn add_departures(&mut self, ctx: &Ctx, listing: Uuid, tour: &'a data::Tour, partner: Uuid, kinds: &[Kind]) {
        let today = ctx.today();
        let (first_day, end) = tour.schedule.season(today).unwrap_or((today, Date::MAX));
        let first_day = first_day.max(today);
        let rule = Rule {
            id: ctx.id(),
            listing: ListingId(listing),
            organisation: OrganisationId(partner),
            weekdays: tour.schedule.weekdays.clone(),
            start: tour.schedule.time.parse().unwrap_or(Time::midnight()),
            first_day,
            last_day: first_day.saturating_add(DAYS.days()).min(end),
            except: Vec::new(),
            capacity: tour.capacity,
            duration_minutes: tour.duration_minutes,
            quotas: kinds.iter().filter_map(|kind| Some((kind.id, kind.quota?))).collect(),
        };
        let busy_until = today.saturating_add(BUSY_DAYS.days());
        let mut planned = rule.plan(ctx, rule.last_day);
        for departure in planned.iter_mut().filter(|d| when::local(d.starts_at).date() <= busy_until) {
            self.sales.season(ctx, &tour.slug, departure, kinds);
        }
        self.departures.extend(planned);
        self.rules.push(RuleRow::new(&rule, &tour.schedule.time));
    }
}
