//! The same file with what is wrong in it marked, ready to be mended and sent again.
use crate::look::{Look, heading, marked, shape};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use sapar_shared::{
    Lang,
    sheets::{CellError, CellErrorKind, Column, Raw, Table, Value, letters},
    tr::imports as tr,
};
use std::collections::{BTreeMap, HashSet};

/// A row's errors stand behind it, in a column of their own; columns that are missing are added. Rows keep their numbers, so
/// that an address means the same cell as before.
///
/// # Errors
/// Those of the writer: a text longer than a cell holds, more rows than a sheet has. What `read` has read is neither.
pub fn corrected(raw: &Raw, errors: &[CellError], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let look = Look::new();
    let mut book = Workbook::new();
    for table in &raw.tables {
        let of_table: Vec<&CellError> = errors.iter().filter(|error| error.sheet == table.sheet).collect();
        let page = book.add_worksheet();
        page.set_name(&table.name)?;
        write(page, &look, table, &of_table, lang)?;
    }
    book.save_to_buffer()
}

fn write(page: &mut Worksheet, look: &Look, table: &Table, errors: &[&CellError], lang: Lang) -> Result<(), XlsxError> {
    let wrong: HashSet<(u32, u16)> = errors.iter().map(|error| (error.row, error.place)).collect();
    let mut columns: Vec<(u16, Option<Column>)> = table.headings.iter().map(|found| (found.place, found.column)).collect();
    let beyond = table.rows.iter().filter_map(|row| row.cells.last()).map(|(place, _)| *place);
    let mut next = columns.iter().map(|(place, _)| *place).chain(beyond).max().map_or(0, |last| last + 1);
    for found in &table.headings {
        put(page, 0, found.place, &found.text, &look.heading, wrong.contains(&(1, found.place)))?;
    }
    for error in errors {
        if let CellErrorKind::MissingColumn(column) = error.kind {
            put(page, 0, next, &heading(column, lang), &look.heading, true)?;
            columns.push((next, Some(column)));
            next += 1;
        }
    }
    shape(page, look, &columns)?;
    page.set_column_width(next, 60)?;
    let notes = notes(errors, lang);
    let heading = match notes.get(&1) {
        Some(words) => format!("{}: {words}", tr::wrong_column(lang)),
        None => tr::wrong_column(lang).to_owned(),
    };
    page.write_string_with_format(0, next, heading, &look.note)?;
    for row in &table.rows {
        for (place, value) in &row.cells {
            let column = columns.iter().find(|(at, _)| at == place).and_then(|(_, column)| *column);
            cell(page, (row.number - 1, *place), value, column, look, wrong.contains(&(row.number, *place)))?;
        }
        // What is wrong with an empty cell is that it is empty.
        for (_, place) in wrong.iter().filter(|(number, place)| *number == row.number && row.at(*place).is_none()) {
            page.write_blank(row.number - 1, *place, &marked(&look.text))?;
        }
        if let Some(words) = notes.get(&row.number) {
            page.write_string_with_format(row.number - 1, next, words, &look.note)?;
        }
    }
    Ok(())
}

/// By the row: `C7: …`.
fn notes(errors: &[&CellError], lang: Lang) -> BTreeMap<u32, String> {
    let mut notes = BTreeMap::<u32, String>::new();
    for error in errors {
        let note = notes.entry(error.row).or_default();
        if !note.is_empty() {
            note.push(' ');
        }
        note.push_str(&format!("{}{}: {}", letters(error.place), error.row, error.kind.words(lang)));
    }
    notes
}

fn put(page: &mut Worksheet, row: u32, place: u16, text: &str, format: &Format, wrong: bool) -> Result<(), XlsxError> {
    if wrong {
        page.write_string_with_format(row, place, text, &marked(format))?;
    } else {
        page.write_string_with_format(row, place, text, format)?;
    }
    Ok(())
}

fn cell(
    page: &mut Worksheet,
    (row, place): (u32, u16),
    value: &Value,
    column: Option<Column>,
    look: &Look,
    wrong: bool,
) -> Result<(), XlsxError> {
    let plain = look.of(column);
    let format = if wrong { &marked(plain) } else { plain };
    match value {
        Value::Text(text) => {
            let number = column.filter(|column| column.is_number()).and_then(|_| text.parse::<f64>().ok());
            match number.filter(|number| number.is_finite()) {
                Some(number) => page.write_number_with_format(row, place, number, format)?,
                None => page.write_string_with_format(row, place, text, format)?,
            };
        }
        Value::Moment { date, minutes } if column == Some(Column::Time) => {
            let (hour, minute) = (u16::try_from(minutes / 60).unwrap_or(0), u8::try_from(minutes % 60).unwrap_or(0));
            match ExcelDateTime::from_hms(hour, minute, 0) {
                Ok(time) => page.write_datetime_with_format(row, place, time, format)?,
                Err(_) => page.write_string_with_format(row, place, date.to_string(), format)?,
            };
        }
        Value::Moment { date, .. } => {
            let (year, month, day) = (date.year(), date.month(), date.day());
            let written = (u16::try_from(year), u8::try_from(month), u8::try_from(day));
            match written {
                (Ok(year), Ok(month), Ok(day)) if year >= 1900 => page.write_datetime_with_format(
                    row,
                    place,
                    ExcelDateTime::from_ymd(year, month, day)?,
                    &dated(format, column),
                )?,
                _ => page.write_string_with_format(row, place, date.to_string(), format)?,
            };
        }
        Value::Error => {
            page.write_blank(row, place, format)?;
        }
    }
    Ok(())
}

/// A date in a column of something else still looks like a date.
fn dated(format: &Format, column: Option<Column>) -> Format {
    if column == Some(Column::Date) { format.clone() } else { format.clone().set_num_format("dd.mm.yyyy") }
}
