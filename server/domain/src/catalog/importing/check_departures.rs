//! The sheet of departures.
use super::{
    cells,
    check::{Cells, Errors, Keys},
    known::Known,
    plan::{NewDeparture, Of},
};
use crate::catalog::departures::MAX_SPAN;
use jiff::{SignedDuration, Timestamp};
use sapar_shared::{
    dto::editor::MAX_CAPACITY,
    sheets::{CellErrorKind, Column, Table},
    when,
};
use std::collections::HashMap;

pub(super) fn check_departures(
    table: &Table,
    known: &Known,
    keys: &Keys,
    now: Timestamp,
    errors: &mut Errors,
) -> Vec<NewDeparture> {
    let mut departures = Vec::new();
    let mut starts = HashMap::new();
    for row in &table.rows {
        let mut cells = Cells { table, row, errors: &mut *errors };
        let of = cells.tour(known, keys);
        let starts_at = starts_at(&mut cells, now);
        let capacity = cells.required_number(Column::Capacity, (1, MAX_CAPACITY));
        let (Some(of), Some(starts_at)) = (of, starts_at) else { continue };
        let address = cells.address(Column::Date);
        let there = matches!(of, Of::Known(id) if known.by_id(id).is_some_and(|tour| tour.starts.contains(&starts_at)));
        if let Some(first) = starts.get(&(of, starts_at)) {
            cells.wrong(Column::Date, CellErrorKind::Twice { address: String::clone(first) });
        } else if there {
            cells.wrong(Column::Date, CellErrorKind::ThereBefore);
        }
        starts.entry((of, starts_at)).or_insert(address);
        departures.push(NewDeparture { of, starts_at, capacity: capacity.unwrap_or(1) });
    }
    departures
}

/// On Almaty's wall clock, and still to come.
fn starts_at(cells: &mut Cells<'_>, now: Timestamp) -> Option<Timestamp> {
    let date = cells.required(Column::Date).map(|value| cells::date(&value));
    if date == Some(None) {
        cells.wrong(Column::Date, CellErrorKind::NotADate);
    }
    let time = cells.required(Column::Time).map(|value| cells::time(&value));
    if time == Some(None) {
        cells.wrong(Column::Time, CellErrorKind::NotATime);
    }
    let starts_at = when::moment(date??.to_datetime(time??))?;
    if starts_at <= now {
        cells.wrong(Column::Date, CellErrorKind::Past);
        return None;
    }
    if starts_at > now + SignedDuration::from_hours(24 * i64::from(MAX_SPAN)) {
        cells.wrong(Column::Date, CellErrorKind::TooFar);
        return None;
    }
    Some(starts_at)
}
