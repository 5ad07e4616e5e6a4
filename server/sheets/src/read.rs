//! From a file to rows.
use crate::{Refused, guard::guard};
use calamine::{Data, DataRef, Reader as _, Xlsx, XlsxError};
use jiff::civil::Date;
use sapar_shared::{
    Lang,
    sheets::{Heading, MAX_ROWS, Raw, Row, Sheet, Table, Value, letters, plain},
    tr::imports as tr,
};
use std::{collections::BTreeMap, io::Cursor, panic};

/// Columns beyond these are not looked at.
const MAX_COLUMNS: u32 = 60;
/// Formulas that are named; the others are counted.
const NAMED: usize = 20;
/// The longest text that a cell is taken with, in bytes; no column takes so much.
const LONGEST: usize = 32_000;
/// All texts together, in bytes: one text may stand in any number of cells.
const MAX_TEXT: usize = 32 * 1024 * 1024;

/// Reads the sheets that mean something to us.
///
/// # Errors
/// Whatever is no spreadsheet of ours, is too big or too long, holds formulas or macros, or is locked.
pub fn read(bytes: &[u8]) -> Result<Raw, Refused> {
    guard(bytes)?;
    // A file on which the parser stumbles is a broken one.
    panic::catch_unwind(|| parse(bytes)).unwrap_or(Err(Refused::Broken))
}

fn parse(bytes: &[u8]) -> Result<Raw, Refused> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let mut raw = Raw::default();
    let mut text = MAX_TEXT;
    for name in book.sheet_names() {
        if let Some(sheet) = Sheet::of_name(&name)
            && raw.table(sheet).is_none()
        {
            raw.tables.push(table(&mut book, sheet, name, &mut text)?);
        }
    }
    match raw {
        Raw { tables } if tables.is_empty() => Err(Refused::NoSheets),
        raw if raw.rows() == 0 => Err(Refused::Empty),
        raw => Ok(raw),
    }
}

fn broken(error: XlsxError) -> Refused {
    match error {
        XlsxError::Password => Refused::Locked,
        _ => Refused::Broken,
    }
}

/// The cells of a sheet, however they are ordered in the file.
fn table(book: &mut Xlsx<Cursor<&[u8]>>, sheet: Sheet, name: String, text: &mut usize) -> Result<Table, Refused> {
    let mut rows = BTreeMap::<u32, BTreeMap<u16, Value>>::new();
    let (mut formulas, mut more) = (Vec::new(), 0);
    let mut cells = book.worksheet_cells_reader(&name).map_err(broken)?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(broken)? {
        let (row, column) = cell.pos;
        let Some(place) = u16::try_from(column).ok().filter(|_| column < MAX_COLUMNS) else { continue };
        if cell.formula.is_some() {
            if formulas.len() < NAMED {
                formulas.push(format!("{name}!{}{}", letters(place), row.saturating_add(1)));
            } else {
                more += 1;
            }
            continue;
        }
        // Nothing of it will be taken: what is left of the sheet is only counted.
        if !formulas.is_empty() {
            continue;
        }
        let Some(value) = value(cell.value, text)? else { continue };
        if row > MAX_ROWS {
            return Err(Refused::TooManyRows(name));
        }
        rows.entry(row).or_default().insert(place, value);
    }
    if !formulas.is_empty() {
        return Err(Refused::Formulas { named: formulas, more });
    }
    Ok(without_notes(sheet, name, rows))
}

/// Without what was written for people: the notes that `corrected` makes, and the template's example.
fn without_notes(sheet: Sheet, name: String, mut rows: BTreeMap<u32, BTreeMap<u16, Value>>) -> Table {
    let mut headings = headings(sheet, rows.remove(&0).unwrap_or_default());
    let notes: Vec<u16> = headings.iter().filter(|heading| is_note(&heading.text)).map(|heading| heading.place).collect();
    headings.retain(|heading| !notes.contains(&heading.place));
    let mut table = Table { sheet, name, headings, rows: Vec::new() };
    let tour = table.place(sheet.tour_column());
    table.rows = rows
        .into_iter()
        .map(|(number, cells)| Row {
            number: number + 1,
            cells: cells.into_iter().filter(|(place, _)| !notes.contains(place)).collect(),
        })
        .filter(|row| !row.cells.is_empty() && !is_example(tour.and_then(|place| row.at(place))))
        .collect();
    table
}

fn headings(sheet: Sheet, cells: BTreeMap<u16, Value>) -> Vec<Heading> {
    let mut known = Vec::new();
    cells
        .into_iter()
        .filter_map(|(place, value)| match value {
            Value::Text(text) => Some((place, text)),
            Value::Moment { .. } | Value::Error => None,
        })
        .map(|(place, text)| {
            // The second of the same name says nothing.
            let column = sheet.column(&text).filter(|column| !known.contains(column));
            known.extend(column);
            Heading { place, column, text }
        })
        .collect()
}

/// The column that `corrected` adds.
fn is_note(heading: &str) -> bool {
    Lang::ALL.into_iter().any(|lang| plain(heading).starts_with(&plain(tr::wrong_column(lang))))
}

fn is_example(tour: Option<&Value>) -> bool {
    matches!(tour, Some(Value::Text(key)) if Lang::ALL.into_iter().any(|lang| plain(key) == plain(tr::example(lang))))
}

/// `None` of an empty one. `text` is how much more of all texts fits.
fn value(data: DataRef<'_>, text: &mut usize) -> Result<Option<Value>, Refused> {
    let mut take = |said: &str| {
        let said = said.trim();
        if said.is_empty() {
            return Ok(None);
        }
        let end = said.floor_char_boundary(LONGEST);
        *text = text.checked_sub(end).ok_or(Refused::TooBig)?;
        Ok(Some(Value::Text(said[..end].to_owned())))
    };
    match data {
        DataRef::Empty => Ok(None),
        DataRef::SharedString(said) => take(said),
        DataRef::String(said) | DataRef::DateTimeIso(said) | DataRef::DurationIso(said) => take(&said),
        DataRef::Float(number) => take(&decimal(number)),
        DataRef::DateTime(_) => Ok(Some(moment(data))),
        DataRef::Error(_) => Ok(Some(Value::Error)),
        // Whole numbers, truths.
        other => take(&Data::from(other).to_string()),
    }
}

/// `12500`, `1.5`: with the six places that no rounding of a spreadsheet reaches.
fn decimal(number: f64) -> String {
    let text = format!("{number:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// To the whole minute, for a time is a fraction of a day and 06:00 may be a hair less.
fn moment(data: DataRef<'_>) -> Value {
    let DataRef::DateTime(at) = data else { return Value::Error };
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let date = || Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    let minutes = i32::from(hour) * 60 + i32::from(minute) + i32::from(second >= 30);
    date().map_or(Value::Error, |date| Value::Moment { date, minutes })
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn numbers_are_written_as_people_do() {
        assert_eq!([12500.0, 1.5, 0.0, 12_500.000_000_000_002, -3.25].map(decimal), ["12500", "1.5", "0", "12500", "-3.25"]);
        assert_eq!(decimal(f64::INFINITY), "inf");
    }
}
