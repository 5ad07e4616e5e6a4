//! The sheet of ticket types.
use super::{
    cells,
    check::{Cells, Errors, Keys},
    known::Known,
    plan::{NewType, Of},
};
use crate::catalog::editing::{CLOSES, DEAREST, NAME};
use sapar_shared::{
    Lang,
    dto::editor::{MAX_CAPACITY, MAX_TICKET_TYPES, TicketTypeForm, Tri},
    forms::checkout::MAX_QUANTITY,
    sheets::{CellErrorKind, Column, Table, plain},
};
use std::collections::HashMap;

/// Of one kind in one order, until the partner says otherwise.
const MAX_PER_ORDER: i32 = 10;

pub(super) fn check_ticket_types(table: &Table, known: &Known, keys: &Keys, errors: &mut Errors) -> Vec<NewType> {
    let mut types = Vec::new();
    let mut counts = HashMap::<Of, usize>::new();
    let mut names = HashMap::new();
    for row in &table.rows {
        let mut cells = Cells { table, row, errors: &mut *errors };
        let of = cells.tour(known, keys);
        let name = name(&mut cells);
        let form = form(&mut cells, name);
        let Some(of) = of else { continue };
        let there = match of {
            Of::Known(id) => known.by_id(id).map(|tour| tour.ticket_types.as_slice()).unwrap_or_default(),
            Of::New(_) => &[],
        };
        let count = counts.entry(of).or_insert(there.len());
        *count += 1;
        if *count == MAX_TICKET_TYPES + 1 {
            cells.wrong(Column::Tour, CellErrorKind::TooMany(u32::try_from(MAX_TICKET_TYPES).unwrap_or(u32::MAX)));
        }
        if !form.name.ru.is_empty() {
            let column = column_of_name(&cells);
            let called = plain(&form.name.ru);
            let address = cells.address(column);
            if let Some(first) = names.get(&(of, called.clone())) {
                cells.wrong(column, CellErrorKind::Twice { address: String::clone(first) });
            } else if there.iter().any(|known| plain(&known.name) == called) {
                cells.wrong(column, CellErrorKind::ThereBefore);
            }
            names.entry((of, called)).or_insert(address);
        }
        types.push(NewType { of, form });
    }
    types
}

/// The first column of names in which something stands, or could.
fn column_of_name(cells: &Cells<'_>) -> Column {
    let columns = || Lang::ALL.into_iter().map(Column::Name).filter(|column| cells.table.place(*column).is_some());
    let filled = columns().find(|column| cells.table.place(*column).is_some_and(|place| cells.row.at(place).is_some()));
    filled.or_else(|| columns().next()).unwrap_or(Column::Name(Lang::Ru))
}

/// In every language: one that has none has another's, for tickets are printed from these.
fn name(cells: &mut Cells<'_>) -> Tri {
    let name = Tri {
        ru: cells.line(Column::Name(Lang::Ru), NAME),
        kk: cells.line(Column::Name(Lang::Kk), NAME),
        en: cells.line(Column::Name(Lang::En), NAME),
    };
    let column = column_of_name(cells);
    if name.best(Lang::Ru).is_empty() && cells.table.place(column).is_some() {
        cells.wrong(column, CellErrorKind::Missing);
    }
    let best = |lang| name.best(lang).to_owned();
    Tri { ru: best(Lang::Ru), kk: best(Lang::Kk), en: best(Lang::En) }
}

fn form(cells: &mut Cells<'_>, name: Tri) -> TicketTypeForm {
    let price = cells.required_text(Column::Price).map(|text| cells::price(&text));
    match price {
        Some(None) => cells.wrong(Column::Price, CellErrorKind::NotAPrice),
        Some(Some(price)) if price > DEAREST => {
            cells.wrong(Column::Price, CellErrorKind::OutOf { from: 0, to: DEAREST.tiyn() / 100 });
        }
        Some(Some(_)) | None => {}
    }
    let min_per_order = cells.number(Column::MinPerOrder, (1, MAX_QUANTITY), 1);
    let max_per_order = cells.number(Column::MaxPerOrder, (1, MAX_QUANTITY), MAX_PER_ORDER.max(min_per_order));
    if min_per_order > max_per_order {
        cells.wrong(Column::MinPerOrder, CellErrorKind::MinOverMax);
    }
    TicketTypeForm {
        id: None,
        name,
        price: price.flatten(),
        quota: cells.optional_number(Column::Quota, (0, MAX_CAPACITY)),
        min_per_order,
        max_per_order,
        closes_minutes_before: cells.number(Column::ClosesMinutes, (0, CLOSES), 0),
    }
}
