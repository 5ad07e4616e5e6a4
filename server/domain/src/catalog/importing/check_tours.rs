//! The sheet of new tours.
use super::{
    cells,
    check::{Cells, Errors, Keys},
    known::Known,
    names::{Meaning, Names},
};
use crate::catalog::editing::FREE_CANCEL_HOURS;
use sapar_shared::{
    Lang,
    dto::editor::{MapPoint, TourDraft, Tri},
    forms::draft::{
        DESCRIPTION_MAX, ITEM_MAX, MAX_CANCEL_HOURS, MAX_ITEMS, MAX_MINUTES, MEETING_MAX, SUMMARY_MAX, TITLE_MAX, TITLE_MIN, line,
    },
    sheets::{CellErrorKind, Column, Table, plain},
};
use std::collections::HashMap;

/// Letters of a key.
const KEY: usize = 120;

pub(super) fn check_tours(table: &Table, known: &Known, errors: &mut Errors) -> (Vec<TourDraft>, Keys) {
    let (mut drafts, mut keys) = (Vec::new(), Keys::new());
    let mut addresses = HashMap::new();
    let mut titles = HashMap::new();
    for row in &table.rows {
        let mut cells = Cells { table, row, errors: &mut *errors };
        if let Some(key) = cells.required_text(Column::Key) {
            let (address, key) = (cells.address(Column::Key), plain(&key));
            if key.chars().count() > KEY {
                cells.wrong(Column::Key, too_long(KEY));
            } else if let Some(first) = addresses.get(&key) {
                cells.wrong(Column::Key, CellErrorKind::Twice { address: String::clone(first) });
            } else if known.tour(&key).is_some() {
                cells.wrong(Column::Key, CellErrorKind::ThereBefore);
            }
            keys.entry(key.clone()).or_insert(drafts.len());
            addresses.entry(key).or_insert(address);
        }
        let title = title(&mut cells, known, &mut titles);
        drafts.push(draft(&mut cells, known, title));
    }
    (drafts, keys)
}

/// In at least one language, and none that the file or the organisation has already. `seen` has the rows and addresses.
fn title(cells: &mut Cells<'_>, known: &Known, seen: &mut HashMap<String, (u32, String)>) -> Tri {
    let mut title = Tri::default();
    let mut named = false;
    for lang in Lang::ALL {
        let column = Column::Title(lang);
        let text = cells.line(column, TITLE_MAX);
        if text.is_empty() {
            continue;
        }
        named = true;
        if text.chars().count() < TITLE_MIN {
            cells.wrong(column, CellErrorKind::TooShort(u32::try_from(TITLE_MIN).unwrap_or(0)));
        }
        let (number, address) = (cells.row.number, cells.address(column));
        match seen.get(&plain(&text)) {
            Some((row, first)) if *row != number => {
                let address = first.clone();
                cells.wrong(column, CellErrorKind::Twice { address });
            }
            _ if known.titles.contains(&plain(&text)) => cells.wrong(column, CellErrorKind::ThereBefore),
            _ => {}
        }
        seen.entry(plain(&text)).or_insert((number, address));
        *title.get_mut(lang) = text;
    }
    let first = Lang::ALL.into_iter().map(Column::Title).find(|column| cells.table.place(*column).is_some());
    if let Some(column) = first.filter(|_| !named) {
        cells.wrong(column, CellErrorKind::Missing);
    }
    title
}

fn draft(cells: &mut Cells<'_>, known: &Known, title: Tri) -> TourDraft {
    let to_place = cells.required_text(Column::Place).and_then(|name| place(cells, Column::Place, &known.places, &name));
    let from_place = cells.text(Column::FromPlace).and_then(|name| place(cells, Column::FromPlace, &known.places, &name));
    let of_category = cells.required_text(Column::Category).and_then(|name| category(cells, &known.categories, &name));
    TourDraft {
        title,
        summary: tri(|lang| cells.line(Column::Summary(lang), SUMMARY_MAX)),
        description: tri(|lang| cells.block(Column::Description(lang), DESCRIPTION_MAX)),
        included: items(cells, Column::Included),
        excluded: items(cells, Column::Excluded),
        meeting: tri(|lang| cells.block(Column::Meeting(lang), MEETING_MAX)),
        meeting_point: meeting_point(cells),
        place: to_place.unwrap_or_default(),
        from_place: from_place.unwrap_or_default(),
        category: of_category.unwrap_or_default(),
        guide_languages: languages(cells),
        duration_minutes: minutes(cells),
        free_cancel_hours: cells.number(Column::FreeCancelHours, (0, MAX_CANCEL_HOURS), FREE_CANCEL_HOURS),
        ..TourDraft::default()
    }
}

fn too_long(most: usize) -> CellErrorKind {
    CellErrorKind::TooLong(u32::try_from(most).unwrap_or(u32::MAX))
}

fn tri(mut text: impl FnMut(Lang) -> String) -> Tri {
    Tri { ru: text(Lang::Ru), kk: text(Lang::Kk), en: text(Lang::En) }
}

fn place(cells: &mut Cells<'_>, column: Column, places: &Names, name: &str) -> Option<String> {
    match places.meaning(name) {
        Meaning::One(slug) => return Some(slug),
        Meaning::Several => cells.wrong(column, CellErrorKind::AmbiguousPlace),
        Meaning::Nothing => cells.wrong(column, CellErrorKind::UnknownPlace),
    }
    None
}

fn category(cells: &mut Cells<'_>, categories: &Names, name: &str) -> Option<String> {
    match categories.meaning(name) {
        Meaning::One(slug) => Some(slug),
        Meaning::Several | Meaning::Nothing => {
            cells.wrong(Column::Category, CellErrorKind::UnknownCategory);
            None
        }
    }
}

fn minutes(cells: &mut Cells<'_>) -> i32 {
    let Some(text) = cells.required_text(Column::Hours) else { return 0 };
    let minutes = cells::hours(&text).and_then(|minutes| i32::try_from(minutes).ok());
    match minutes.filter(|minutes| (1..=MAX_MINUTES).contains(minutes)) {
        Some(minutes) => minutes,
        None => {
            cells.wrong(Column::Hours, CellErrorKind::OutOf { from: 1, to: i64::from(MAX_MINUTES / 60) });
            0
        }
    }
}

fn languages(cells: &mut Cells<'_>) -> Vec<Lang> {
    let Some(text) = cells.text(Column::Languages) else { return vec![Lang::Ru] };
    let words = text.split([',', ';', ' ', '\n']).map(|word| word.trim().to_lowercase()).filter(|word| !word.is_empty());
    let read: Option<Vec<Lang>> = words.map(|word| word.parse().ok()).collect();
    if read.as_ref().is_none_or(Vec::is_empty) {
        cells.wrong(Column::Languages, CellErrorKind::NotALanguage);
    }
    let read = read.unwrap_or_default();
    Lang::ALL.into_iter().filter(|lang| read.contains(lang)).collect()
}

fn meeting_point(cells: &mut Cells<'_>) -> Option<MapPoint> {
    let text = cells.text(Column::MeetingPoint)?;
    let point = cells::point(&text);
    if point.is_none() {
        cells.wrong(Column::MeetingPoint, CellErrorKind::NotAPoint);
    }
    point
}

/// Lines, or what semicolons part; the first of each language is one item, and so on.
fn items(cells: &mut Cells<'_>, column: fn(Lang) -> Column) -> Vec<Tri> {
    let mut items: Vec<Tri> = Vec::new();
    for lang in Lang::ALL {
        let Some(text) = cells.text(column(lang)) else { continue };
        let lines: Vec<String> =
            text.split(['\n', ';']).map(|item| line(item).trim().to_owned()).filter(|item| !item.is_empty()).collect();
        if lines.len() > MAX_ITEMS {
            cells.wrong(column(lang), CellErrorKind::TooMany(u32::try_from(MAX_ITEMS).unwrap_or(u32::MAX)));
        } else if lines.iter().any(|item| item.chars().count() > ITEM_MAX) {
            cells.wrong(column(lang), too_long(ITEM_MAX));
        }
        for (at, item) in lines.into_iter().take(MAX_ITEMS).enumerate() {
            if items.len() <= at {
                items.push(Tri::default());
            }
            *items[at].get_mut(lang) = item;
        }
    }
    items
}
