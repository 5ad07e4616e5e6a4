//! The workbook by which tours come in: its sheets and their columns, what stands in a cell, what may be wrong with it.
use crate::{Lang, number::Grouped, tr::imports as tr};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Rows of one sheet below its headings, at most.
pub const MAX_ROWS: u32 = 5_000;

/// A sheet that is read. The others are for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Sheet {
    Tours,
    TicketTypes,
    Departures,
}

/// What a column holds, whatever language its heading is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Column {
    /// By which the other sheets name a new tour.
    Key,
    Title(Lang),
    Place,
    FromPlace,
    Category,
    Hours,
    Languages,
    FreeCancelHours,
    Summary(Lang),
    Description(Lang),
    Meeting(Lang),
    MeetingPoint,
    Included(Lang),
    Excluded(Lang),
    /// The key of a new tour, or the slug of one that is there.
    Tour,
    Name(Lang),
    Price,
    Quota,
    MinPerOrder,
    MaxPerOrder,
    ClosesMinutes,
    Date,
    Time,
    Capacity,
}

use Column as C;
use Lang::{En, Kk, Ru};

const TOURS: &[Column] = &[
    C::Key,
    C::Title(Ru),
    C::Title(Kk),
    C::Title(En),
    C::Place,
    C::FromPlace,
    C::Category,
    C::Hours,
    C::Languages,
    C::FreeCancelHours,
    C::Summary(Ru),
    C::Summary(Kk),
    C::Summary(En),
    C::Description(Ru),
    C::Description(Kk),
    C::Description(En),
    C::Meeting(Ru),
    C::Meeting(Kk),
    C::Meeting(En),
    C::MeetingPoint,
    C::Included(Ru),
    C::Included(Kk),
    C::Included(En),
    C::Excluded(Ru),
    C::Excluded(Kk),
    C::Excluded(En),
];
const TICKET_TYPES: &[Column] =
    &[C::Tour, C::Name(Ru), C::Name(Kk), C::Name(En), C::Price, C::Quota, C::MinPerOrder, C::MaxPerOrder, C::ClosesMinutes];
const DEPARTURES: &[Column] = &[C::Tour, C::Date, C::Time, C::Capacity];

impl Sheet {
    pub const ALL: [Self; 3] = [Self::Tours, Self::TicketTypes, Self::Departures];

    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Tours => tr::sheet_tours(lang),
            Self::TicketTypes => tr::sheet_ticket_types(lang),
            Self::Departures => tr::sheet_departures(lang),
        }
    }

    /// By a name in any of the languages.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let wanted = plain(name);
        Self::ALL.into_iter().find(|sheet| Lang::ALL.into_iter().any(|lang| plain(sheet.name(lang)) == wanted))
    }

    /// In the order of the template.
    #[must_use]
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::Tours => TOURS,
            Self::TicketTypes => TICKET_TYPES,
            Self::Departures => DEPARTURES,
        }
    }

    /// By a heading in any of the languages; a star behind it says only that it must be filled in.
    #[must_use]
    pub fn column(self, heading: &str) -> Option<Column> {
        let wanted = plain(heading.trim().trim_end_matches('*'));
        self.columns().iter().copied().find(|column| Lang::ALL.into_iter().any(|lang| plain(&column.heading(lang)) == wanted))
    }

    /// Where a row says of which tour it is.
    #[must_use]
    pub const fn tour_column(self) -> Column {
        match self {
            Self::Tours => Column::Key,
            Self::TicketTypes | Self::Departures => Column::Tour,
        }
    }
}

impl Column {
    /// A sheet without it is not read. Of titles and names one language is enough.
    #[must_use]
    pub const fn required(self) -> bool {
        matches!(self, C::Key | C::Place | C::Category | C::Hours | C::Tour | C::Price | C::Date | C::Time | C::Capacity)
    }

    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(
            self,
            C::Hours
                | C::FreeCancelHours
                | C::Price
                | C::Quota
                | C::MinPerOrder
                | C::MaxPerOrder
                | C::ClosesMinutes
                | C::Capacity
        )
    }

    #[must_use]
    pub fn heading(self, lang: Lang) -> String {
        let name = match self {
            C::Key => tr::column_key(lang),
            C::Title(_) => tr::column_title(lang),
            C::Place => tr::column_place(lang),
            C::FromPlace => tr::column_from_place(lang),
            C::Category => tr::column_category(lang),
            C::Hours => tr::column_hours(lang),
            C::Languages => tr::column_languages(lang),
            C::FreeCancelHours => tr::column_free_cancel(lang),
            C::Summary(_) => tr::column_summary(lang),
            C::Description(_) => tr::column_description(lang),
            C::Meeting(_) => tr::column_meeting(lang),
            C::MeetingPoint => tr::column_meeting_point(lang),
            C::Included(_) => tr::column_included(lang),
            C::Excluded(_) => tr::column_excluded(lang),
            C::Tour => tr::column_tour(lang),
            C::Name(_) => tr::column_name(lang),
            C::Price => tr::column_price(lang),
            C::Quota => tr::column_quota(lang),
            C::MinPerOrder => tr::column_min(lang),
            C::MaxPerOrder => tr::column_max(lang),
            C::ClosesMinutes => tr::column_closes(lang),
            C::Date => tr::column_date(lang),
            C::Time => tr::column_time(lang),
            C::Capacity => tr::column_capacity(lang),
        };
        match self.language() {
            Some(Ru) => tr::in_russian(lang, name),
            Some(Kk) => tr::in_kazakh(lang, name),
            Some(En) => tr::in_english(lang, name),
            None => name.to_owned(),
        }
    }

    /// The language of the text in it, where it holds a text.
    #[must_use]
    pub const fn language(self) -> Option<Lang> {
        match self {
            C::Title(lang)
            | C::Summary(lang)
            | C::Description(lang)
            | C::Meeting(lang)
            | C::Included(lang)
            | C::Excluded(lang)
            | C::Name(lang) => Some(lang),
            _ => None,
        }
    }
}

/// How headings and names are compared: without capitals, and with one space for any number of them.
#[must_use]
pub fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase().replace('ё', "е")
}

/// What stands in a cell. Numbers are texts, as `12500` or `1.5`: nobody calculates with what a spreadsheet rounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    /// A date, a time of the day in minutes, or both: the spreadsheet keeps them as one number.
    Moment {
        date: Date,
        minutes: i32,
    },
    /// `#REF!` and the like.
    Error,
}

/// A row as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As the spreadsheet numbers it: the headings are row 1.
    pub number: u32,
    /// By the column's place from 0, in that order; empty ones are left out.
    pub cells: Vec<(u16, Value)>,
}

impl Row {
    #[must_use]
    pub fn at(&self, place: u16) -> Option<&Value> {
        self.cells.binary_search_by_key(&place, |(at, _)| *at).ok().map(|found| &self.cells[found].1)
    }
}

/// A heading as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub place: u16,
    /// `None`: nobody knows what it means.
    pub column: Option<Column>,
    pub text: String,
}

/// One sheet of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub sheet: Sheet,
    /// As it is called in the file.
    pub name: String,
    pub headings: Vec<Heading>,
    pub rows: Vec<Row>,
}

impl Table {
    #[must_use]
    pub fn place(&self, column: Column) -> Option<u16> {
        self.headings.iter().find(|heading| heading.column == Some(column)).map(|heading| heading.place)
    }

    /// `Туры!C7`.
    #[must_use]
    pub fn address(&self, place: u16, row: u32) -> String {
        format!("{}!{}{row}", self.name, letters(place))
    }
}

/// A file that could be read; what its cells mean is not looked at yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Raw {
    pub tables: Vec<Table>,
}

impl Raw {
    #[must_use]
    pub fn table(&self, sheet: Sheet) -> Option<&Table> {
        self.tables.iter().find(|table| table.sheet == sheet)
    }

    /// Rows of all sheets.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.tables.iter().map(|table| table.rows.len()).sum()
    }
}

/// The letters of a column by its place from 0: `A`, `Z`, `AA`.
#[must_use]
pub fn letters(place: u16) -> String {
    let mut rest = u32::from(place) + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters.into_iter().rev().collect()
}

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellError {
    pub sheet: Sheet,
    /// As the spreadsheet numbers it; 1 is the headings'.
    pub row: u32,
    /// From 0.
    pub place: u16,
    /// `Туры!C7`.
    pub address: String,
    pub kind: CellErrorKind,
    /// What stands there, or its beginning.
    pub value: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CellErrorKind {
    Missing,
    /// A column that must be there is not.
    MissingColumn(Column),
    UnknownColumn,
    /// `#REF!` and the like.
    Broken,
    TooShort(u32),
    TooLong(u32),
    TooMany(u32),
    UnknownPlace,
    /// Several places are called so.
    AmbiguousPlace,
    UnknownCategory,
    /// No tour of this file has the key, and no listing of the organisation the slug.
    UnknownTour,
    /// It lies in the archive.
    ClosedTour,
    NotADate,
    NotATime,
    /// The departure would have left already.
    Past,
    /// Further ahead than departures are planned.
    TooFar,
    NotANumber,
    OutOf {
        from: i64,
        to: i64,
    },
    NotAPrice,
    NotALanguage,
    NotAPoint,
    /// More at least than at most.
    MinOverMax,
    /// The same stands in another cell of the file.
    Twice {
        address: String,
    },
    /// The organisation has it already.
    ThereBefore,
}

impl CellErrorKind {
    /// What to do about it.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Self::Missing => tr::wrong_missing(lang).to_owned(),
            Self::MissingColumn(column) => tr::wrong_missing_column(lang, column.heading(lang)),
            Self::UnknownColumn => tr::wrong_unknown_column(lang).to_owned(),
            Self::Broken => tr::wrong_broken(lang).to_owned(),
            Self::TooShort(least) => tr::wrong_too_short(lang, i64::from(*least)),
            Self::TooLong(most) => tr::wrong_too_long(lang, i64::from(*most)),
            Self::TooMany(most) => tr::wrong_too_many(lang, Grouped((*most).into())),
            Self::UnknownPlace => tr::wrong_unknown_place(lang).to_owned(),
            Self::AmbiguousPlace => tr::wrong_ambiguous_place(lang).to_owned(),
            Self::UnknownCategory => tr::wrong_unknown_category(lang).to_owned(),
            Self::UnknownTour => tr::wrong_unknown_tour(lang).to_owned(),
            Self::ClosedTour => tr::wrong_closed_tour(lang).to_owned(),
            Self::NotADate => tr::wrong_date(lang).to_owned(),
            Self::NotATime => tr::wrong_time(lang).to_owned(),
            Self::Past => tr::wrong_past(lang).to_owned(),
            Self::TooFar => tr::wrong_too_far(lang).to_owned(),
            Self::NotANumber => tr::wrong_number(lang).to_owned(),
            Self::OutOf { from, to } => tr::wrong_out_of(lang, Grouped(*from), Grouped(*to)),
            Self::NotAPrice => tr::wrong_price(lang).to_owned(),
            Self::NotALanguage => tr::wrong_language(lang).to_owned(),
            Self::NotAPoint => tr::wrong_point(lang).to_owned(),
            Self::MinOverMax => tr::wrong_min_over_max(lang).to_owned(),
            Self::Twice { address } => tr::wrong_twice(lang, address),
            Self::ThereBefore => tr::wrong_there_before(lang).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_is_known_in_every_language_and_means_one_column() {
        for sheet in Sheet::ALL {
            for lang in Lang::ALL {
                assert_eq!(Sheet::of_name(sheet.name(lang)), Some(sheet));
                for column in sheet.columns() {
                    assert_eq!(sheet.column(&column.heading(lang)), Some(*column), "{lang}");
                    assert_eq!(sheet.column(&format!(" {} *", column.heading(lang).to_uppercase())), Some(*column));
                }
            }
            assert_eq!(sheet.column("Скидка"), None);
        }
    }

    #[test]
    fn columns_are_called_as_spreadsheets_call_them() {
        assert_eq!([0, 25, 26, 27, 701, 702].map(letters), ["A", "Z", "AA", "AB", "ZZ", "AAA"]);
    }
}
