//! Every row looked at before anything is written: what is wrong with which cell, and, where nothing is, what shall be made.
use super::{
    check_departures::check_departures,
    check_ticket_types::check_ticket_types,
    check_tours::check_tours,
    known::Known,
    plan::{Of, Plan},
};
use jiff::Timestamp;
use sapar_shared::{
    Lang,
    dto::import::MAX_ERRORS,
    forms::draft,
    sheets::{CellError, CellErrorKind, Column, Raw, Row, Sheet, Table, Value, plain},
};
use std::collections::{BTreeSet, HashMap};

/// Letters of a value that are repeated beside its error.
const SHOWN: usize = 60;

/// What is wrong, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Errors {
    /// The first `MAX_ERRORS`.
    pub list: Vec<CellError>,
    pub count: usize,
}

impl Errors {
    fn add(&mut self, table: &Table, row: u32, place: u16, kind: CellErrorKind, value: &str) {
        self.count += 1;
        if self.list.len() < MAX_ERRORS {
            let address = table.address(place, row);
            self.list.push(CellError {
                sheet: table.sheet,
                row,
                place,
                address,
                kind,
                value: value.chars().take(SHOWN).collect(),
            });
        }
    }
}

/// New tours by their keys, as `plain` makes them.
pub(super) type Keys = HashMap<String, usize>;

/// The plan is whole only where there are no errors.
pub(super) fn check(raw: &Raw, known: &Known, now: Timestamp) -> (Plan, Errors) {
    let (mut plan, mut errors, mut keys) = (Plan::default(), Errors::default(), Keys::new());
    for sheet in Sheet::ALL {
        let Some(table) = raw.table(sheet).filter(|table| !table.rows.is_empty()) else { continue };
        headings(table, &mut errors);
        match sheet {
            Sheet::Tours => (plan.tours, keys) = check_tours(table, known, &mut errors),
            Sheet::TicketTypes => plan.ticket_types = check_ticket_types(table, known, &keys, &mut errors),
            Sheet::Departures => plan.departures = check_departures(table, known, &keys, now, &mut errors),
        }
    }
    (plan, errors)
}

/// Columns that must be there, and those in which something stands that nobody would read.
fn headings(table: &Table, errors: &mut Errors) {
    let used: BTreeSet<u16> = table.rows.iter().flat_map(|row| row.cells.iter().map(|(place, _)| *place)).collect();
    for place in &used {
        let heading = table.headings.iter().find(|heading| heading.place == *place);
        if heading.is_none_or(|heading| heading.column.is_none()) {
            errors.add(table, 1, *place, CellErrorKind::UnknownColumn, heading.map_or("", |heading| &heading.text));
        }
    }
    let beyond = table.headings.iter().map(|heading| heading.place).chain(used).max().map_or(0, |last| last + 1);
    let named = |of: fn(Lang) -> Column| Lang::ALL.into_iter().all(|lang| table.place(of(lang)).is_none()).then(|| of(Lang::Ru));
    let unnamed = match table.sheet {
        Sheet::Tours => named(Column::Title),
        Sheet::TicketTypes => named(Column::Name),
        Sheet::Departures => None,
    };
    let required = table.sheet.columns().iter().copied().filter(|column| column.required() && table.place(*column).is_none());
    for (column, place) in required.chain(unnamed).zip(beyond..) {
        errors.add(table, 1, place, CellErrorKind::MissingColumn(column), "");
    }
}

/// One row, read cell by cell. What is wrong is noted, and read as if nothing stood there.
pub(super) struct Cells<'a> {
    pub table: &'a Table,
    pub row: &'a Row,
    pub errors: &'a mut Errors,
}

impl Cells<'_> {
    pub(super) fn address(&self, column: Column) -> String {
        self.table.address(self.table.place(column).unwrap_or(0), self.row.number)
    }

    pub(super) fn wrong(&mut self, column: Column, kind: CellErrorKind) {
        let place = self.table.place(column).unwrap_or(0);
        let said = self.row.at(place).map(|value| shown(column, value)).unwrap_or_default();
        self.errors.add(self.table, self.row.number, place, kind, &said);
    }

    pub(super) fn value(&mut self, column: Column) -> Option<Value> {
        match self.table.place(column).and_then(|place| self.row.at(place)) {
            Some(Value::Error) => {
                self.wrong(column, CellErrorKind::Broken);
                None
            }
            found => found.cloned(),
        }
    }

    /// Notes where nothing stands; a column that is missing as a whole was noted once.
    pub(super) fn required(&mut self, column: Column) -> Option<Value> {
        let place = self.table.place(column)?;
        if self.row.at(place).is_none() {
            self.wrong(column, CellErrorKind::Missing);
        }
        self.value(column)
    }

    pub(super) fn text(&mut self, column: Column) -> Option<String> {
        self.value(column).map(written)
    }

    pub(super) fn required_text(&mut self, column: Column) -> Option<String> {
        self.required(column).map(written)
    }

    /// A text of one line; empty where nothing stands.
    pub(super) fn line(&mut self, column: Column, longest: usize) -> String {
        let text = self.text(column).map(|text| draft::line(&text).trim().to_owned()).unwrap_or_default();
        self.short(column, text, longest)
    }

    /// A text of paragraphs.
    pub(super) fn block(&mut self, column: Column, longest: usize) -> String {
        let text = self.text(column).map(|text| draft::block(&text).trim().to_owned()).unwrap_or_default();
        self.short(column, text, longest)
    }

    fn short(&mut self, column: Column, text: String, longest: usize) -> String {
        if text.chars().count() > longest {
            self.wrong(column, CellErrorKind::TooLong(u32::try_from(longest).unwrap_or(u32::MAX)));
        }
        text
    }

    /// A whole number within bounds, or `other` where nothing stands.
    pub(super) fn number(&mut self, column: Column, bounds: (i32, i32), other: i32) -> i32 {
        self.optional_number(column, bounds).unwrap_or(other)
    }

    pub(super) fn optional_number(&mut self, column: Column, bounds: (i32, i32)) -> Option<i32> {
        let text = self.text(column)?;
        self.whole(column, &text, bounds)
    }

    pub(super) fn required_number(&mut self, column: Column, bounds: (i32, i32)) -> Option<i32> {
        let text = self.required_text(column)?;
        self.whole(column, &text, bounds)
    }

    fn whole(&mut self, column: Column, text: &str, (from, to): (i32, i32)) -> Option<i32> {
        let Some(number) = super::cells::whole(text) else {
            self.wrong(column, CellErrorKind::NotANumber);
            return None;
        };
        let fits = i32::try_from(number).ok().filter(|number| (from..=to).contains(number));
        if fits.is_none() {
            self.wrong(column, CellErrorKind::OutOf { from: from.into(), to: to.into() });
        }
        fits
    }

    /// Of which tour the row is.
    pub(super) fn tour(&mut self, known: &Known, keys: &Keys) -> Option<Of> {
        let text = self.required_text(Column::Tour)?;
        if let Some(at) = keys.get(&plain(&text)) {
            return Some(Of::New(*at));
        }
        match known.tour(&text) {
            Some(tour) if tour.archived => {
                self.wrong(Column::Tour, CellErrorKind::ClosedTour);
                None
            }
            Some(tour) => Some(Of::Known(tour.id)),
            None => {
                self.wrong(Column::Tour, CellErrorKind::UnknownTour);
                None
            }
        }
    }
}

fn written(value: Value) -> String {
    match value {
        Value::Text(text) => text,
        Value::Moment { date, .. } => date.to_string(),
        Value::Error => String::new(),
    }
}

/// What stands in a cell, as a spreadsheet shows it.
fn shown(column: Column, value: &Value) -> String {
    /// Of a time alone the day is the spreadsheet's first.
    const NO_DAY: i16 = 1899;
    match value {
        Value::Text(text) => text.clone(),
        Value::Moment { date, minutes } => {
            let day = format!("{:02}.{:02}.{:04}", date.day(), date.month(), date.year());
            let time = format!("{:02}:{:02}", minutes / 60, minutes % 60);
            match (column, minutes) {
                (Column::Time, _) => time,
                _ if date.year() <= NO_DAY => time,
                (_, 0) => day,
                _ => format!("{day} {time}"),
            }
        }
        Value::Error => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_date_of_the_spreadsheet_is_shown_as_it_shows_it() {
        let moment = |date, minutes| Value::Moment { date, minutes };
        assert_eq!(shown(Column::Date, &moment(date(2026, 12, 5), 0)), "05.12.2026");
        assert_eq!(shown(Column::Date, &moment(date(2026, 12, 5), 390)), "05.12.2026 06:30");
        assert_eq!(shown(Column::Time, &moment(date(2026, 12, 5), 390)), "06:30");
        assert_eq!(shown(Column::Capacity, &moment(date(1899, 12, 31), 60)), "01:00");
        assert_eq!(shown(Column::Date, &Value::Text("завтра".into())), "завтра");
        assert_eq!(shown(Column::Date, &Value::Error), "");
    }
}
