//! A month of departures, as the page has it.
use super::super::api::{load_departures, load_editor};
use crate::error::{AppError, Tried};
use jiff::civil::Date;
use sapar_shared::{Lang, dto::editor::PlannedDeparture, ids::ListingId, when};
use serde::{Deserialize, Serialize};

/// So many pages of a month are asked for; no tour has more.
const MOST_PAGES: usize = 30;

/// The tour's name and standing, which no month changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tour {
    pub id: ListingId,
    pub title: String,
    pub has_ticket_types: bool,
    /// When the programme begins, `06:00`; empty where it does not say.
    pub begins: String,
    /// Not sent to review yet.
    pub draft: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Month {
    /// Its first day.
    #[serde(with = "sapar_shared::packed")]
    pub first: Date,
    #[serde(with = "sapar_shared::packed")]
    pub today: Date,
    pub rows: Vec<PlannedDeparture>,
}

/// Today in Almaty, by the server's clock where it makes the page and by the device's later on.
fn today() -> Date {
    #[cfg(feature = "ssr")]
    return crate::request::services().map(|services| services.ctx.today()).unwrap_or_default();
    #[cfg(not(feature = "ssr"))]
    when::local(crate::browser::now()).date()
}

pub async fn tour(lang: Lang, id: String) -> Tried<Tour> {
    let editor = load_editor(lang, id).await?;
    Ok(editor.map(|editor| Tour {
        id: editor.id,
        title: editor.draft.title.best(lang).to_owned(),
        has_ticket_types: !editor.ticket_types.is_empty(),
        begins: editor.draft.programme.first().map(|step| step.time.clone()).unwrap_or_default(),
        draft: matches!(editor.status.as_str(), "draft" | "rejected"),
    }))
}

/// The departures of a month, `2026-12`; of this one where it does not read.
pub async fn month(id: String, month: String) -> Tried<Month> {
    let today = today();
    let first = when::of_iso(&format!("{month}-01")).unwrap_or(today.first_of_month());
    let Ok(id) = id.parse::<ListingId>() else { return Ok(Err(AppError::NotFound)) };
    let mut rows = Vec::new();
    let mut cursor = String::new();
    for _ in 0..MOST_PAGES {
        let page = match load_departures(id, when::iso(first), cursor).await? {
            Ok(page) => page,
            Err(error) => return Ok(Err(error)),
        };
        rows.extend(page.rows);
        let passed = rows.last().is_some_and(|row| day_of(row).first_of_month() > first);
        match page.next_cursor {
            Some(next) if !passed => cursor = next,
            _ => break,
        }
    }
    rows.retain(|row| day_of(row).first_of_month() == first);
    Ok(Ok(Month { first, today, rows }))
}

/// The day on which it leaves.
#[must_use]
pub fn day_of(departure: &PlannedDeparture) -> Date {
    when::local(departure.starts_at).date()
}
