//! What a file's rows are compared with: places, categories, and what the organisation has.
use super::{names::Names, queries_known as queries};
use crate::kernel::Ctx;
use jiff::Timestamp;
use sapar_shared::{
    ids::OrganisationId,
    sheets::{Column, Raw, Sheet, Value, plain},
};
use sqlx::PgConnection;
use std::collections::{BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// A listing that the file names.
#[derive(Debug)]
pub(super) struct KnownTour {
    pub id: Uuid,
    pub title: String,
    pub archived: bool,
    pub duration_minutes: i32,
    /// Those on sale.
    pub ticket_types: Vec<KnownType>,
    /// Coming departures, called off or not.
    pub starts: HashSet<Timestamp>,
    /// Coming departures that are to run.
    pub departures: Vec<Uuid>,
}

#[derive(Debug)]
pub(super) struct KnownType {
    pub id: Uuid,
    /// In Russian.
    pub name: String,
    pub quota: Option<i32>,
    pub position: i32,
}

#[derive(Debug, Default)]
pub(super) struct Known {
    pub places: Names,
    pub categories: Names,
    /// Of the organisation's listings that are not archived, in all languages, as `plain` makes them.
    pub titles: HashSet<String>,
    pub tours: Vec<KnownTour>,
    pub by_slug: HashMap<String, usize>,
}

impl Known {
    /// By its slug, or by its page's address.
    pub(super) fn tour(&self, typed: &str) -> Option<&KnownTour> {
        self.by_slug.get(&slug(typed)).map(|at| &self.tours[*at])
    }

    pub(super) fn by_id(&self, id: Uuid) -> Option<&KnownTour> {
        self.tours.iter().find(|tour| tour.id == id)
    }
}

fn slug(typed: &str) -> String {
    let path = typed.trim().split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    path.rsplit('/').next().unwrap_or_default().to_lowercase()
}

/// What the file may mean by its tours' names: keys of its own, or slugs.
fn slugs(raw: &Raw) -> BTreeSet<String> {
    let named = |sheet: Sheet, column: Column| {
        let table = raw.table(sheet);
        let place = table.and_then(|table| table.place(column));
        let rows = table.into_iter().flat_map(|table| &table.rows);
        rows.filter_map(move |row| match row.at(place?)? {
            Value::Text(text) => Some(slug(text)),
            Value::Moment { .. } | Value::Error => None,
        })
    };
    Sheet::ALL.into_iter().flat_map(|sheet| named(sheet, sheet.tour_column())).collect()
}

/// `lock`: nobody else edits these listings until the transaction ends.
pub(super) async fn known(
    conn: &mut PgConnection,
    ctx: &Ctx,
    organisation: OrganisationId,
    raw: &Raw,
    lock: bool,
) -> sqlx::Result<Known> {
    let slugs: Vec<String> = slugs(raw).into_iter().collect();
    if lock {
        queries::lock(&mut *conn, organisation.0, &slugs).await?;
    }
    let rows = queries::listings(&mut *conn, organisation.0, &slugs).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let by_slug = rows.iter().enumerate().map(|(at, row)| (row.slug.clone(), at)).collect();
    let places_of: HashMap<Uuid, usize> = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut tours: Vec<KnownTour> = rows
        .into_iter()
        .map(|row| KnownTour {
            id: row.id,
            title: row.title,
            archived: row.archived,
            duration_minutes: row.duration_minutes,
            ticket_types: Vec::new(),
            starts: HashSet::new(),
            departures: Vec::new(),
        })
        .collect();
    for row in queries::ticket_types(&mut *conn, &ids).await? {
        if let Some(at) = places_of.get(&row.listing_id) {
            let known = KnownType { id: row.id, name: row.name_ru, quota: row.quota, position: row.position };
            tours[*at].ticket_types.push(known);
        }
    }
    for row in queries::departures(&mut *conn, &ids, ctx.now()).await? {
        if let Some(at) = places_of.get(&row.listing_id) {
            tours[*at].starts.insert(row.starts_at.to_jiff());
            tours[*at].departures.extend(row.scheduled.then_some(row.id));
        }
    }
    let titles = queries::titles(&mut *conn, organisation.0).await?;
    Ok(Known {
        places: Names::of(queries::places(&mut *conn).await?),
        categories: Names::of(queries::categories(conn).await?),
        titles: titles.iter().map(|title| plain(title)).collect(),
        tours,
        by_slug,
    })
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_page_s_address_is_as_good_as_its_slug() {
        for typed in [" kolsai-lakes ", "https://sapar.kz/ru/tours/kolsai-lakes", "/kk/tours/Kolsai-Lakes/?day=2026-12-05"] {
            assert_eq!(slug(typed), "kolsai-lakes");
        }
        assert_eq!(slug("//"), "");
    }
}
