//! A departure's passengers on paper, to be ticked off where there is no phone.
use crate::{DocumentError, clean::for_print, press};
use jiff::Timestamp;
use sapar_shared::{Lang, tr::ticket as tr, when};
use serde::Serialize;

/// Rows of a page, about: only the cache's housekeeping asks.
const ROWS: usize = 30;

/// What is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    pub lang: Lang,
    pub title: String,
    pub starts_at: Timestamp,
    pub made_at: Timestamp,
    /// In the order of the list.
    pub people: Vec<Person>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub phone: String,
    pub ticket_type: String,
    pub order: String,
    /// In groups of four.
    pub code: String,
    /// Has come already.
    pub here: bool,
}

/// A4, as many pages as it takes.
///
/// # Errors
/// When typst refuses the data (see [`DocumentError`]).
pub fn pdf(manifest: &Manifest) -> Result<Vec<u8>, DocumentError> {
    press::list_pdf(&List::of(manifest), manifest.made_at)
}

/// The list in the words of its language, as the template wants it.
#[derive(Serialize)]
pub(crate) struct List {
    lang: &'static str,
    title: String,
    starts: String,
    made: String,
    count: String,
    columns: [&'static str; 5],
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    name: String,
    phone: String,
    ticket_type: String,
    order: String,
    code: String,
    here: bool,
}

impl List {
    fn of(manifest: &Manifest) -> Self {
        let lang = manifest.lang;
        let row = |person: &Person| Row {
            name: for_print(&person.name),
            phone: for_print(&person.phone),
            ticket_type: for_print(&person.ticket_type),
            order: for_print(&person.order),
            code: for_print(&person.code),
            here: person.here,
        };
        Self {
            lang: lang.code(),
            title: for_print(&manifest.title),
            starts: when::moment_text(lang, manifest.starts_at),
            made: tr::list_made(lang, when::moment_text(lang, manifest.made_at)),
            count: tr::list_count(lang, i64::try_from(manifest.people.len()).unwrap_or(i64::MAX)),
            columns: [tr::holder(lang), tr::list_phone(lang), tr::ticket_type(lang), tr::order(lang), tr::list_code(lang)],
            rows: manifest.people.iter().map(row).collect(),
        }
    }

    pub(crate) const fn pages(&self) -> usize {
        self.rows.len() / ROWS + 1
    }
}
